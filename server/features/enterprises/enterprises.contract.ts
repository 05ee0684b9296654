import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
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
} from '#server/contract/params.contract.ts';
import {
  attributes,
  attributesBody,
  category,
  categoryBody,
  clearableText,
  deletion,
  deletionQuery,
  fieldsBody,
  idParams,
  lifecycleBody,
  namesBody,
  noQuery,
  origin,
  statedRegionBody,
  statedRegionCode,
  typedText,
  version,
  withheld,
} from '#server/contract/register.contract.ts';

export const enterprise = z
  .object({
    id: z.string().describe('Identifier (UUIDv7)'),
    version,
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
    category,
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

export const enterpriseDetail = enterprise
  .extend({
    principalName: z
      .string()
      .nullable()
      .describe('Person who answers for safety; null where withheld, too'),
    usccReason: z.string().nullable().describe('Why a code that fails its check is kept'),
    statedRegionCode,
    attributes,
    origin,
    withheld,
  })
  .meta({ id: 'EnterpriseDetail' });

const changeable = {
  names: namesBody,
  uscc: typedText(40)
    .toUpperCase()
    .nullable()
    .optional()
    .describe('统一社会信用代码; both check digits are held to it'),
  usccReason: clearableText(200).describe(
    'Keeps a code that fails its check; dropped with a valid one',
  ),
  lifecycle: lifecycleBody,
  fields: fieldsBody,
  category: categoryBody,
  industry: clearableText(40).describe('GB/T 4754 class'),
  address: clearableText(300).describe('Address'),
  principalPost: namesBody.nullable().optional().describe('Post that answers for safety'),
  principalName: clearableText(100).describe('Person who answers for safety'),
  position: position.describe('Its place: [longitude, latitude] in degrees, WGS 84, ±85° at most'),
  regionCode: statedRegionBody,
  attributes: attributesBody,
};

export const newEnterprise = z
  .strictObject({
    ...changeable,
    lifecycle: lifecycleBody.default('running'),
    fields: fieldsBody.optional(),
    attributes: attributesBody.optional(),
  })
  .meta({ id: 'NewEnterprise' });

export const enterpriseChanges = z
  .strictObject(changeable)
  .partial()
  .meta({ id: 'EnterpriseChanges', description: 'Value = set, absent = leave, null = clear' });

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
  access: needs('register.read'),
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
  access: needs('register.read'),
  audited: { action: 'read', subject: 'enterprises' },
  params: idParams,
  query: z.strictObject({ basis: basisParam }),
  response: enterpriseDetail,
  problems: ['invalid-request', 'not-found'],
});

export const createEnterprise = defineEndpoint({
  method: 'post',
  path: '/api/v1/enterprises',
  operationId: 'createEnterprise',
  summary: 'Add an enterprise',
  tags: ['enterprises'],
  access: needs('register.write'),
  query: noQuery,
  body: newEnterprise,
  response: enterpriseDetail,
  status: 201,
  problems: ['invalid-request', 'invalid-body', 'rule-violation', 'conflict'],
});

export const updateEnterprise = defineEndpoint({
  method: 'patch',
  path: '/api/v1/enterprises/{id}',
  operationId: 'updateEnterprise',
  summary: 'Change an enterprise',
  tags: ['enterprises'],
  access: needs('register.write'),
  params: idParams,
  query: noQuery,
  body: enterpriseChanges,
  response: enterpriseDetail,
  ifMatch: true,
  problems: ['invalid-request', 'invalid-body', 'not-found', 'rule-violation', 'conflict'],
});

export const deleteEnterprise = defineEndpoint({
  method: 'delete',
  path: '/api/v1/enterprises/{id}',
  operationId: 'deleteEnterprise',
  summary: 'Delete an enterprise with its risk points, sources and measures',
  tags: ['enterprises'],
  access: needs('register.write'),
  params: idParams,
  query: deletionQuery,
  response: deletion,
  ifMatch: true,
  problems: ['invalid-request', 'not-found'],
});

export const restoreEnterprise = defineEndpoint({
  method: 'post',
  path: '/api/v1/enterprises/{id}/restore',
  operationId: 'restoreEnterprise',
  summary: 'Bring a deleted enterprise back with what went along',
  tags: ['enterprises'],
  access: needs('register.write'),
  params: idParams,
  query: noQuery,
  response: enterpriseDetail,
  problems: ['invalid-request', 'not-found', 'conflict'],
});

export const enterpriseEndpoints = [
  listEnterprises,
  getEnterprise,
  createEnterprise,
  updateEnterprise,
  deleteEnterprise,
  restoreEnterprise,
];

export type Enterprise = z.output<typeof enterprise>;
export type EnterpriseDetail = z.output<typeof enterpriseDetail>;
