import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { names, nullableLevel } from '#server/contract/level.contract.ts';
import {
  basisParam,
  cursorParam,
  limitParam,
  regionCode,
  uuid,
} from '#server/contract/params.contract.ts';
import { REGISTER_FAULT_KINDS } from '#server/domain/register-faults.ts';

const kind = z.enum(REGISTER_FAULT_KINDS).describe('What is wrong or missing');

export const registerFault = z
  .object({
    kind,
    subject: z
      .object({
        kind: z.enum(['enterprise', 'risk_point']).describe('What it is'),
        id: z.string().describe('Identifier'),
        names,
      })
      .describe('The row to put right'),
    enterprise: z
      .object({ id: z.string().describe('Identifier'), names })
      .nullable()
      .describe('Enterprise of the subject, or the subject itself; null for a public place'),
    regionPath: z
      .array(z.object({ code: z.string().describe('Code'), names }))
      .describe('From the root down to the region'),
    level: nullableLevel.describe('Assessed level of the subject'),
    text: names.describe('The fault in words'),
  })
  .meta({ id: 'RegisterFault' });

export const listRegisterFaults = defineEndpoint({
  method: 'get',
  path: '/api/v1/register-faults',
  operationId: 'listRegisterFaults',
  summary: 'What is wrong or missing in the register, kind by kind, the gravest first',
  tags: ['register faults'],
  access: needs('register.read'),
  query: z.strictObject({
    region: regionCode.optional(),
    enterprise: uuid.optional().describe('Enterprise: its own faults and those of its points'),
    kind: z
      .string()
      .max(400)
      .transform((raw) => [...new Set(raw.split(','))])
      .pipe(z.array(z.enum(REGISTER_FAULT_KINDS)).min(1).max(REGISTER_FAULT_KINDS.length))
      .optional()
      .describe('Kinds, comma separated'),
    basis: basisParam,
    limit: limitParam,
    cursor: cursorParam,
  }),
  response: z.object({
    items: z.array(registerFault).describe('Faults'),
    counts: z
      .array(z.object({ kind, n: z.int().describe('How many; 10,000 stands for as many or more') }))
      .optional()
      .describe('Of each kind asked for; on the first page only'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request'],
});

export const registerFaultEndpoints = [listRegisterFaults];

export type RegisterFault = z.output<typeof registerFault>;
