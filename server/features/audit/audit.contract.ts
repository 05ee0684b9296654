import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { ruleText } from '#server/contract/rule-text.ts';
import { cursorParam, limitParam, text, uuid } from '#server/contract/params.contract.ts';

const instant = z.iso.datetime({ offset: true });
/** Years that every database takes, whatever the offset. */
const bound = instant.refine(
  (value) =>
    /^(?:19|20|21)/.test(value) &&
    !Number.isNaN(Date.parse(value)) &&
    !/[+-](?:1[5-9]|2)/.test(value.slice(19)),
  ruleText('应为 1900 至 2199 年间的时刻', 'Must be an instant of the years 1900 to 2199'),
);
const values = z.record(z.string(), z.unknown()).nullable();

const event = z
  .object({
    seq: z.int().describe('Place in the chain, from 1 without a gap'),
    at: instant.describe('When it happened'),
    account: z
      .object({
        id: uuid.describe('Id of the account'),
        name: z.string().nullable().describe('Name typed at sign-in; null: the account is gone'),
      })
      .nullable()
      .describe('Who; null: the service itself, or whoever tried to sign in'),
    keyId: uuid.nullable().describe('The key that was used; null: a session'),
    address: z.string().nullable().describe('From where, as far as the connection tells'),
    requestId: z.string().nullable().describe('X-Request-Id of the request'),
    action: z.string().describe('add, change, read, export, sign-in, sign-in-refused, sign-out …'),
    subjectKind: z.string().nullable().describe('Table or kind of what it was done to'),
    subjectId: z.string().nullable().describe('Id of what it was done to'),
    before: values.describe('What was changed, as it was'),
    after: values.describe('As it is since, or what else there is to say'),
    hash: z.string().describe('SHA-256 over the hash of the event before it and this event, hex'),
  })
  .meta({ id: 'AuditEvent' });

/** What events are chosen by: the list and the file are the same. */
const chosen = {
  account: uuid.optional().describe('Only what this account did'),
  subject: text(100)
    .optional()
    .describe('Only what was done to this id, or to one that ends with these 12 characters'),
  action: text(40).optional().describe('Only this action'),
  from: bound.optional().describe('Not before this instant'),
  to: bound.optional().describe('Before this instant'),
};

export const listAudit = defineEndpoint({
  method: 'get',
  path: '/api/v1/audit',
  operationId: 'listAudit',
  summary: 'Who did what, when and from where, newest first',
  tags: ['audit'],
  access: needs('audit.read'),
  query: z.strictObject({
    ...chosen,
    limit: limitParam,
    cursor: cursorParam,
  }),
  response: z.object({
    items: z.array(event).describe('Events'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: [],
});

export const listAuditAccounts = defineEndpoint({
  method: 'get',
  path: '/api/v1/audit/accounts',
  operationId: 'listAuditAccounts',
  summary: 'Accounts of which the audit tells something, by name; at most 1,000',
  tags: ['audit'],
  access: needs('audit.read'),
  response: z.object({
    items: z
      .array(
        z.object({
          id: uuid.describe('Id of the account'),
          name: z.string().nullable().describe('Name typed at sign-in; null: the account is gone'),
        }),
      )
      .describe('Accounts'),
  }),
  problems: [],
});

export const getAuditFile = defineEndpoint({
  method: 'get',
  path: '/api/v1/audit/file',
  operationId: 'getAuditFile',
  summary: 'The audit as a CSV, newest first, streamed',
  tags: ['audit'],
  access: needs('audit.read'),
  audited: { action: 'export', subject: 'audit' },
  query: z.strictObject({
    ...chosen,
    language: z
      .enum(['zh', 'en'])
      .optional()
      .describe('Language of headers, titles and words; default: the language of the request'),
  }),
  response: z.unknown().describe('CSV in UTF-8 with a byte order mark'),
  mediaType: 'text/csv',
  problems: ['overloaded'],
});

export const auditEndpoints = [listAudit, listAuditAccounts, getAuditFile];
