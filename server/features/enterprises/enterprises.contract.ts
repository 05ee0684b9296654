import { z } from 'zod';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { position } from '#server/contract/geojson.contract.ts';
import {
  basis,
  lifecycle,
  names,
  nullableLevel,
  pointCounts,
  state,
} from '#server/contract/level.contract.ts';
import {
  basisParam,
  bboxParam,
  cursorParam,
  fieldListParam,
  levelListParam,
  limitParam,
  regionCode,
  searchTextParam,
  stateListParam,
  uuid,
} from '#server/contract/params.contract.ts';

export const enterprise = z
  .object({
    id: z.string().describe('Identifier (UUIDv7)'),
    cityCode: z.string().describe('City-level code; 000000 outside every city'),
    regionCode: z.string().nullable().describe('Deepest region that holds its place'),
    regionPath: z
      .array(z.object({ code: z.string().describe('Code'), names }))
      .describe('From the root down to the region'),
    regionFlag: z
      .enum(['outside', 'disagrees'])
      .nullable()
      .describe('outside every city, or the given region disagrees with the place'),
    names,
    uscc: z.string().nullable().describe('统一社会信用代码'),
    lifecycle,
    fields: z.array(z.string()).describe('Supervised fields (codes)'),
    industry: z.string().nullable().describe('GB/T 4754 class'),
    address: z.string().nullable().describe('Address'),
    principalPost: names.nullable().describe('Post that answers for safety'),
    position,
    demo: z.boolean().describe('Invented demonstration row'),
    basis,
    state,
    level: nullableLevel.describe('Worst of its risk points (pointsHighest)'),
    lastLevel: nullableLevel.describe('Last level where expired'),
    counts: pointCounts,
  })
  .meta({ id: 'Enterprise' });

const listQuery = z.strictObject({
  region: regionCode.optional(),
  bbox: bboxParam,
  level: levelListParam,
  state: stateListParam,
  field: fieldListParam,
  basis: basisParam,
  q: searchTextParam,
  limit: limitParam,
  cursor: cursorParam,
});

export const listEnterprises = defineEndpoint({
  method: 'get',
  path: '/api/v1/enterprises',
  operationId: 'listEnterprises',
  summary: 'Enterprises, worst level first',
  tags: ['enterprises'],
  query: listQuery,
  response: z.object({
    items: z.array(enterprise).describe('Enterprises'),
    next: z.string().nullable().describe('Cursor of the next page'),
    total: z.int().optional().describe('Rows that match in all'),
  }),
  geojson: true,
  problems: ['invalid-request', 'not-acceptable'],
});

export const getEnterprise = defineEndpoint({
  method: 'get',
  path: '/api/v1/enterprises/{id}',
  operationId: 'getEnterprise',
  summary: 'One enterprise',
  tags: ['enterprises'],
  params: z.object({ id: uuid }),
  query: z.strictObject({ basis: basisParam }),
  response: enterprise,
  problems: ['invalid-request', 'not-found'],
});

export const enterpriseEndpoints = [listEnterprises, getEnterprise];

export type Enterprise = z.output<typeof enterprise>;
