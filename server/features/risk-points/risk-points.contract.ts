import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { geometry, position } from '#server/contract/geojson.contract.ts';
import {
  basis,
  level,
  lifecycle,
  names,
  nullableLevel,
  state,
} from '#server/contract/level.contract.ts';
import {
  basisParam,
  bboxParam,
  cursorParam,
  dynamicListParam,
  fieldListParam,
  levelListParam,
  limitParam,
  regionCode,
  searchTextParam,
  stateListParam,
  uuid,
} from '#server/contract/params.contract.ts';
import {
  attributes,
  category,
  deletion,
  deletionQuery,
  idParams,
  noQuery,
  origin,
  statedRegionCode,
  version,
  withheld,
} from '#server/contract/register.contract.ts';
import { assessment } from '#server/features/assessments/assessments.contract.ts';
import {
  controlMeasure,
  hazardSource,
} from '#server/features/hazard-sources/hazard-sources.contract.ts';
import {
  controlLevel,
  kind,
  newRiskPoint,
  riskPointChanges,
} from './risk-point-bodies.contract.ts';

const place = z.object({ code: z.string().describe('Code'), names });

export const riskPoint = z
  .object({
    id: z.string().describe('Identifier (UUIDv7)'),
    version,
    cityCode: z.string().describe('City-level code; 000000 outside every city'),
    regionCode: z.string().nullable().describe('Deepest region that holds it'),
    regionPath: z.array(place).describe('From the root down to the region'),
    regionFlag: z
      .enum(['outside', 'disagrees'])
      .nullable()
      .describe('Outside every city, or the given region disagrees'),
    code: z.string().nullable().describe('Code in the register'),
    names,
    kind: kind.describe('Kind of risk point'),
    enterprise: z
      .object({ id: z.string().describe('Identifier'), names })
      .nullable()
      .describe('Enterprise; null for a public place'),
    lifecycle,
    fields: z.array(z.string()).describe('Supervised fields (codes)'),
    category,
    location: z.string().nullable().describe('Where it is, in words'),
    position: position.describe('A point on it'),
    controlLevel: controlLevel.nullable().describe('Who controls it: 公司/车间/班组/岗位'),
    department: names.nullable().describe('Responsible department'),
    post: names.nullable().describe('Responsible post'),
    demo: z.boolean().describe('Invented demonstration row'),
    basis,
    state,
    level: nullableLevel.describe('Assessed level'),
    lastLevel: nullableLevel.describe('Last level where expired'),
    dynamicLevel: nullableLevel.describe('Dynamic control level'),
    since: z.string().describe('Since when it has this state (RFC 3339)'),
    dueAt: z.string().nullable().describe('When the assessment lapses (RFC 3339)'),
  })
  .meta({ id: 'RiskPoint' });

export const riskPointDetail = riskPoint
  .extend({
    person: z.string().nullable().describe('Responsible person; null where withheld, too'),
    geometry,
    existsFrom: z.string().describe('Since when the risk exists (RFC 3339)'),
    statedRegionCode,
    attributes,
    origin,
    withheld,
    hazardSources: z.array(hazardSource).describe('Its hazard sources, worst first'),
    measures: z.array(controlMeasure).describe('Measures of the point and of its sources'),
  })
  .meta({ id: 'RiskPointDetail' });

export const riskPointWhy = z
  .object({
    id: z.string().describe('Risk point'),
    names,
    basis,
    state,
    level: nullableLevel,
    lastLevel: nullableLevel,
    dynamicLevel: nullableLevel,
    rule: names.describe('How the point’s level follows: the worst over its subjects (就高)'),
    deciding: assessment.nullable().describe('The assessment that decided'),
    subjects: z
      .array(
        z.object({
          kind: z.enum(['risk_point', 'hazard_source']).describe('Kind of subject'),
          id: z.string().describe('Identifier'),
          names,
          state,
          level: nullableLevel,
          lastLevel: nullableLevel,
          decides: z.boolean().describe('Whether it carries the point’s level'),
          assessment: assessment.nullable().describe('Its newest assessment'),
        }),
      )
      .describe('Every subject that was looked at'),
    dynamic: z
      .object({
        level: nullableLevel,
        applies: z
          .array(z.object({ id: z.string().describe('Raising rule'), text: names, level }))
          .describe('Rules that raise, the deciding one first'),
      })
      .describe('From the assessed to the dynamic level'),
    steps: z
      .array(
        z.object({ id: z.string().describe('Step'), text: names.describe('The step in words') }),
      )
      .describe('clause → factors → score → level → worst of → dynamic level'),
  })
  .meta({ id: 'RiskPointWhy' });

export const listRiskPoints = defineEndpoint({
  method: 'get',
  path: '/api/v1/risk-points',
  operationId: 'listRiskPoints',
  summary: 'Risk points, worst level first',
  tags: ['risk points'],
  access: needs('register.read'),
  query: z.strictObject({
    region: regionCode.optional(),
    enterprise: uuid.optional().describe('Enterprise'),
    bbox: bboxParam,
    level: levelListParam,
    dynamic: dynamicListParam,
    state: stateListParam,
    field: fieldListParam,
    basis: basisParam,
    q: searchTextParam,
    limit: limitParam,
    cursor: cursorParam,
  }),
  response: z.object({
    items: z.array(riskPoint).describe('Risk points'),
    next: z.string().nullable().describe('Cursor of the next page'),
    total: z.int().optional().describe('Rows that match in all'),
  }),
  geojson: true,
  problems: ['invalid-request', 'not-acceptable'],
});

export const getRiskPoint = defineEndpoint({
  method: 'get',
  path: '/api/v1/risk-points/{id}',
  operationId: 'getRiskPoint',
  summary: 'One risk point with hazard sources and measures',
  tags: ['risk points'],
  access: needs('register.read'),
  audited: { action: 'read', subject: 'risk_points' },
  params: z.object({ id: uuid }),
  query: z.strictObject({ basis: basisParam }),
  response: riskPointDetail,
  problems: ['invalid-request', 'not-found'],
});

export const getRiskPointWhy = defineEndpoint({
  method: 'get',
  path: '/api/v1/risk-points/{id}/why',
  operationId: 'getRiskPointWhy',
  summary: 'Why the risk point has its colour',
  tags: ['risk points'],
  access: needs('register.read'),
  audited: { action: 'read', subject: 'risk_points' },
  params: z.object({ id: uuid }),
  query: z.strictObject({ basis: basisParam }),
  response: riskPointWhy,
  problems: ['invalid-request', 'not-found'],
});

export const createRiskPoint = defineEndpoint({
  method: 'post',
  path: '/api/v1/risk-points',
  operationId: 'createRiskPoint',
  summary: 'Add a risk point',
  tags: ['risk points'],
  access: needs('register.write'),
  query: noQuery,
  body: newRiskPoint,
  response: riskPointDetail,
  status: 201,
  problems: ['invalid-request', 'invalid-body', 'rule-violation', 'conflict'],
});

export const updateRiskPoint = defineEndpoint({
  method: 'patch',
  path: '/api/v1/risk-points/{id}',
  operationId: 'updateRiskPoint',
  summary: 'Change a risk point',
  tags: ['risk points'],
  access: needs('register.write'),
  params: idParams,
  query: noQuery,
  body: riskPointChanges,
  response: riskPointDetail,
  ifMatch: true,
  problems: ['invalid-request', 'invalid-body', 'not-found', 'rule-violation', 'conflict'],
});

export const deleteRiskPoint = defineEndpoint({
  method: 'delete',
  path: '/api/v1/risk-points/{id}',
  operationId: 'deleteRiskPoint',
  summary: 'Delete a risk point with its sources and measures',
  tags: ['risk points'],
  access: needs('register.write'),
  params: idParams,
  query: deletionQuery,
  response: deletion,
  ifMatch: true,
  problems: ['invalid-request', 'not-found'],
});

export const restoreRiskPoint = defineEndpoint({
  method: 'post',
  path: '/api/v1/risk-points/{id}/restore',
  operationId: 'restoreRiskPoint',
  summary: 'Bring a deleted risk point back with what went along',
  tags: ['risk points'],
  access: needs('register.write'),
  params: idParams,
  query: noQuery,
  response: riskPointDetail,
  problems: ['invalid-request', 'not-found', 'conflict'],
});

export const riskPointEndpoints = [
  listRiskPoints,
  getRiskPoint,
  getRiskPointWhy,
  createRiskPoint,
  updateRiskPoint,
  deleteRiskPoint,
  restoreRiskPoint,
];

export type RiskPoint = z.output<typeof riskPoint>;
export type RiskPointDetail = z.output<typeof riskPointDetail>;
export type RiskPointWhy = z.output<typeof riskPointWhy>;
