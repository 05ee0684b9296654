import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { uuid } from '#server/contract/params.contract.ts';
import { kindParam, words } from './import-report.contract.ts';

export const getFaultyRows = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports/{id}/faulty-rows',
  operationId: 'getFaultyRows',
  summary: 'The faulty rows as a file of the same form, with a column of reasons',
  tags: ['imports'],
  access: needs('imports.write'),
  audited: { action: 'export', subject: 'imports' },
  params: z.object({ id: uuid }),
  query: z.strictObject({
    language: z.enum(['zh', 'en']).default('zh').describe('Language of the reasons'),
  }),
  response: z.unknown().describe('CSV, XLSX or GeoJSON'),
  mediaType: 'application/octet-stream',
  problems: ['invalid-request', 'not-found'],
});

export const getImportTemplate = defineEndpoint({
  method: 'get',
  path: '/api/v1/import-templates/{kind}',
  operationId: 'getImportTemplate',
  summary: 'An empty spreadsheet with headers, an example and value lists',
  tags: ['imports'],
  access: needs('imports.write'),
  params: z.object({ kind: kindParam }),
  query: z.strictObject({
    language: z.enum(['zh', 'en']).default('zh').describe('Language of the headers'),
    format: z.enum(['xlsx', 'csv']).default('xlsx').describe('Form of the file'),
  }),
  response: z.unknown().describe('XLSX or CSV'),
  mediaType: 'application/octet-stream',
  problems: ['invalid-request', 'not-found'],
});

export const listImportFields = defineEndpoint({
  method: 'get',
  path: '/api/v1/import-fields/{kind}',
  operationId: 'listImportFields',
  summary: 'Fields that a column may fill, and the headers they are known by',
  tags: ['imports'],
  access: needs('imports.write'),
  params: z.object({ kind: kindParam }),
  response: z.object({
    items: z
      .array(
        z.object({
          field: z.string().describe('Field'),
          names: words.describe('In words'),
          required: z.boolean().describe('Every row needs it'),
          headers: z.array(z.string()).describe('Headers it is known by'),
        }),
      )
      .describe('Fields'),
  }),
  problems: ['invalid-request', 'not-found'],
});

export const importFileEndpoints = [getFaultyRows, getImportTemplate, listImportFields];
