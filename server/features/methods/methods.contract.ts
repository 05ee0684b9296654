import { z } from 'zod';
import { OPEN } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { names, nullableLevel } from '#server/contract/level.contract.ts';
import { text } from '#server/contract/params.contract.ts';
import { explanation } from '#server/features/assessments/assessments.contract.ts';

const factor = z
  .object({
    id: z.string().describe('Factor symbol'),
    name: names,
    scale: z
      .array(
        z.object({
          value: z.number().describe('Value'),
          text: names.describe('What it means'),
          verified: z.boolean().describe('Checked against the official text'),
        }),
      )
      .describe('Allowed values, worst first'),
  })
  .meta({ id: 'MethodFactor' });

const methodVersion = z
  .object({
    method: z.string().describe('Method id'),
    version: z.string().describe('variant@revision'),
    variant: z.string().describe('Parallel profile'),
    revision: z.int().describe('Revision of the variant'),
    isDefault: z.boolean().describe('Used when no version is named'),
    kind: z.string().describe('Formula kind: product or matrix'),
    name: names,
    description: names,
    formula: z.string().describe('Formula in symbols'),
    factors: z.array(factor).describe('Factors in the order of the formula'),
    bands: z
      .array(
        z.object({
          level: nullableLevel,
          label: names,
          range: z.string().describe('Scores it covers'),
          verified: z.boolean().describe('Checked against the official text'),
        }),
      )
      .describe('Bands, worst first'),
    clause: names,
    source: z.string().describe('Where the figures come from'),
    verified: z.boolean().describe('Every figure checked against the official text'),
    validFrom: z.string().describe('In force from (date)'),
    validTo: z.string().nullable().describe('In force until (date, exclusive)'),
  })
  .meta({ id: 'MethodVersion' });

const method = z
  .object({
    id: z.string().describe('Method id'),
    names,
    description: names,
    versions: z.array(methodVersion).describe('Variants and revisions, the default first'),
  })
  .meta({ id: 'Method' });

const idParams = z.object({ id: text(40).describe('Method id') });

export const listMethods = defineEndpoint({
  method: 'get',
  path: '/api/v1/methods',
  operationId: 'listMethods',
  summary: 'Assessment methods',
  tags: ['methods'],
  access: OPEN,
  query: z.strictObject({}),
  response: z.object({
    items: z.array(method).describe('Methods'),
    next: z.null().describe('Always null'),
  }),
  problems: ['invalid-request'],
});

export const getMethod = defineEndpoint({
  method: 'get',
  path: '/api/v1/methods/{id}',
  operationId: 'getMethod',
  summary: 'One method with its variants',
  tags: ['methods'],
  access: OPEN,
  params: idParams,
  query: z.strictObject({}),
  response: method,
  problems: ['invalid-request', 'not-found'],
});

export const getMethodVersion = defineEndpoint({
  method: 'get',
  path: '/api/v1/methods/{id}/versions/{v}',
  operationId: 'getMethodVersion',
  summary: 'One version of a method (variant or variant@revision)',
  tags: ['methods'],
  access: OPEN,
  params: idParams.extend({ v: text(60).describe('variant or variant@revision') }),
  query: z.strictObject({}),
  response: methodVersion,
  problems: ['invalid-request', 'not-found'],
});

export const evaluateMethod = defineEndpoint({
  method: 'post',
  path: '/api/v1/methods/{id}/evaluate',
  operationId: 'evaluateMethod',
  summary: 'Score and level of inputs, with the explanation; stores nothing',
  tags: ['methods'],
  access: OPEN,
  params: idParams,
  query: z.strictObject({}),
  body: z.strictObject({
    inputs: z.record(z.string().max(40), z.unknown()).describe('Factor values'),
    version: text(60).optional().describe('variant or variant@revision'),
  }),
  response: z.object({
    method: z.string().describe('Method id'),
    version: z.string().describe('variant@revision'),
    score: z.number().describe('Score'),
    level: nullableLevel,
    explanation,
  }),
  problems: ['invalid-request', 'invalid-body', 'not-found', 'rule-violation', 'too-many-requests'],
});

export const methodEndpoints = [listMethods, getMethod, getMethodVersion, evaluateMethod];

export type Method = z.output<typeof method>;
export type MethodVersion = z.output<typeof methodVersion>;
