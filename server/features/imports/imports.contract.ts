import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { position } from '#server/contract/geojson.contract.ts';
import { names } from '#server/contract/level.contract.ts';
import {
  cursorParam,
  integerText,
  limitParam,
  regionCode,
  text,
  uuid,
} from '#server/contract/params.contract.ts';
import { TOLD_LIMITS } from '#server/domain/import/file-limits.ts';
import { ROW_STATUSES } from '#server/domain/import/row-status.ts';
import { importFileEndpoints } from './import-files.contract.ts';
import { importReport, importRow, kindParam } from './import-report.contract.ts';

export const UPLOAD_TYPES = [
  'text/csv',
  'text/plain',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/geo+json',
  'application/octet-stream',
];

const LIMITS =
  `At most ${TOLD_LIMITS.megabytes} MB, ${TOLD_LIMITS.rows} rows, ${TOLD_LIMITS.columns} columns, ` +
  `${TOLD_LIMITS.cells} cells, ${TOLD_LIMITS.cellChars} characters in a cell, ` +
  `${TOLD_LIMITS.unpackedMegabytes} MB unpacked (XLSX) and ${TOLD_LIMITS.minutes} minutes of reading; ` +
  'a file beyond one of these is refused whole.';

const crsParam = text(20).describe(
  'auto, wgs84, cgcs2000, gcj02, bd09, webmercator or EPSG:n: how the coordinates are to be read',
);

const importParams = z.object({ id: uuid });
const stateProblems = ['invalid-request', 'not-found', 'conflict'] as const;

export const createImport = defineEndpoint({
  method: 'post',
  path: '/api/v1/imports',
  operationId: 'createImport',
  summary: 'Read a file, compare it with the register, write nothing yet',
  description: LIMITS,
  tags: ['imports'],
  access: needs('imports.write'),
  query: z.strictObject({
    kind: kindParam,
    crs: crsParam.default('auto'),
    map: text(20_000).optional().describe('Identifier of a saved mapping, or JSON {header: field}'),
    region: regionCode.optional().describe('Region the file is said to be of'),
    sheet: text(100).optional().describe('Sheet of an XLSX; default the first'),
    fileName: text(200).optional().describe('Name of the file, for people'),
  }),
  upload: UPLOAD_TYPES,
  response: importReport,
  status: 201,
  problems: ['invalid-request', 'rule-violation', 'overloaded'],
});

export const listImports = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports',
  operationId: 'listImports',
  summary: 'Imports, the newest first',
  tags: ['imports'],
  access: needs('imports.write'),
  query: z.strictObject({ limit: limitParam, cursor: cursorParam }),
  response: z.object({
    items: z.array(importReport).describe('Imports'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request'],
});

export const getImport = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports/{id}',
  operationId: 'getImport',
  summary: 'One import: where it stands and what was found',
  tags: ['imports'],
  access: needs('imports.write'),
  params: importParams,
  response: importReport,
  problems: ['invalid-request', 'not-found'],
});

export const changeImport = defineEndpoint({
  method: 'patch',
  path: '/api/v1/imports/{id}',
  operationId: 'changeImport',
  summary: 'Read the rows again another way: other coordinates, other columns',
  tags: ['imports'],
  access: needs('imports.write'),
  params: importParams,
  body: z.strictObject({
    crs: crsParam.optional(),
    swapped: z.boolean().optional().describe('Read latitude and longitude the other way round'),
    map: z
      .record(text(500), text(100).nullable())
      .optional()
      .describe('Header → field; null = attribute'),
    region: regionCode.nullable().optional().describe('Region the file is said to be of'),
  }),
  response: importReport,
  problems: [...stateProblems, 'rule-violation'],
});

export const cancelImport = defineEndpoint({
  method: 'delete',
  path: '/api/v1/imports/{id}',
  operationId: 'cancelImport',
  summary: 'Drop an import that was not written',
  tags: ['imports'],
  access: needs('imports.write'),
  params: importParams,
  response: importReport,
  problems: [...stateProblems],
});

export const listImportRows = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports/{id}/rows',
  operationId: 'listImportRows',
  summary: 'Rows of an import, in the order of the file',
  tags: ['imports'],
  access: needs('imports.write'),
  params: importParams,
  query: z.strictObject({
    status: z
      .enum([...ROW_STATUSES, 'warned'])
      .optional()
      .describe('Only such rows'),
    limit: limitParam,
    cursor: cursorParam,
  }),
  response: z.object({
    items: z.array(importRow).describe('Rows'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request', 'not-found'],
});

export const fixImportRow = defineEndpoint({
  method: 'patch',
  path: '/api/v1/imports/{id}/rows/{row}',
  operationId: 'fixImportRow',
  summary: 'Correct cells of one row; the row is judged again',
  tags: ['imports'],
  access: needs('imports.write'),
  params: importParams.extend({
    row: integerText(1, 2_000_000).describe('Row of the file'),
  }),
  body: z.strictObject({
    cells: z.record(text(500), z.string().max(32_767).nullable()).describe('Header → new content'),
  }),
  response: importRow,
  problems: [...stateProblems, 'rule-violation'],
});

export const listImportPlaces = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports/{id}/places',
  operationId: 'listImportPlaces',
  summary: 'Where the rows lie, and where another reading would put them',
  tags: ['imports'],
  access: needs('imports.write'),
  params: importParams,
  query: z.strictObject({
    crs: crsParam.optional().describe('Another reading to compare with'),
    swapped: z.enum(['true', 'false']).optional().describe('Whether that reading is swapped'),
  }),
  response: z.object({
    items: z
      .array(
        z.object({
          row: z.int().describe('Row of the file'),
          status: z.enum(ROW_STATUSES).describe('What a commit would do with it'),
          position: position.describe('WGS 84, as it is read'),
          other: position.nullable().describe('WGS 84, by the other reading'),
          isWarned: z.boolean().describe('Has a warning about its place'),
        }),
      )
      .describe('At most 2,000 rows spread over the file, and up to 300 that were corrected here'),
    offsetMetres: z.number().nullable().describe('Median distance between the two readings'),
    region: regionCode
      .nullable()
      .describe('The smallest region that holds every row with a place that can be written'),
  }),
  problems: ['invalid-request', 'not-found'],
});

export const listMissingRows = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports/{id}/missing',
  operationId: 'listMissingRows',
  summary: 'Records of the same source that the file leaves out; they stay',
  tags: ['imports'],
  access: needs('imports.write'),
  params: importParams,
  query: z.strictObject({ limit: limitParam, cursor: cursorParam }),
  response: z.object({
    items: z
      .array(
        z.object({
          id: z.string().describe('Record in the register'),
          subject: z.enum(['enterprise', 'risk_point', 'hazard_source']).describe('Kind'),
          names,
        }),
      )
      .describe('Records'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request', 'not-found'],
});

export const commitImport = defineEndpoint({
  method: 'post',
  path: '/api/v1/imports/{id}/commit',
  operationId: 'commitImport',
  summary: 'Write the rows in one transaction',
  tags: ['imports'],
  access: needs('imports.write'),
  params: importParams,
  body: z.strictObject({
    skipFaulty: z.boolean().default(false).describe('Write the good rows and leave the faulty out'),
  }),
  response: importReport,
  problems: [...stateProblems, 'rule-violation'],
});

export const importEndpoints = [
  createImport,
  listImports,
  getImport,
  changeImport,
  cancelImport,
  listImportRows,
  fixImportRow,
  listImportPlaces,
  listMissingRows,
  commitImport,
  ...importFileEndpoints,
];
