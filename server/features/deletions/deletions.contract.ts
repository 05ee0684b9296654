import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { names } from '#server/contract/level.contract.ts';
import { cursorParam, limitParam, regionCode } from '#server/contract/params.contract.ts';

const named = z.object({ id: z.string().describe('Identifier'), names });

export const deletedRecord = z
  .object({
    id: z.string().describe('Identifier of the act of deletion'),
    kind: z
      .enum(['enterprise', 'risk_point', 'hazard_source', 'control_measure'])
      .describe('What was deleted'),
    rowId: z.string().describe('Identifier of the row; its `restore` brings it back'),
    names: names.describe('Name of the row; of a measure its text'),
    riskPoint: named.nullable().describe('Risk point of a hazard source or measure; else null'),
    enterprise: named
      .nullable()
      .describe('Enterprise that it belongs to; null for a public place and an enterprise itself'),
    regionPath: z
      .array(z.object({ code: z.string().describe('Code'), names }))
      .describe('From the root down to the region'),
    reason: z.string().describe('Reason as given'),
    at: z.string().describe('When (RFC 3339)'),
    restoreFirst: z
      .object({
        kind: z.enum(['enterprise', 'risk_point', 'hazard_source']).describe('What it is'),
        names,
      })
      .nullable()
      .describe('What it belongs to and what is deleted too: it comes back before this one can'),
  })
  .meta({ id: 'DeletedRecord' });

export const listDeletions = defineEndpoint({
  method: 'get',
  path: '/api/v1/deletions',
  operationId: 'listDeletions',
  summary: 'What was deleted and not restored, the newest first; without what went along',
  tags: ['deletions'],
  access: needs('register.read'),
  query: z.strictObject({
    region: regionCode.optional(),
    limit: limitParam,
    cursor: cursorParam,
  }),
  response: z.object({
    items: z.array(deletedRecord).describe('Acts of deletion'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request'],
});

export const deletionEndpoints = [listDeletions];

export type DeletedRecord = z.output<typeof deletedRecord>;
