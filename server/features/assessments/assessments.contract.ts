import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { basis, names, nullableLevel } from '#server/contract/level.contract.ts';
import { cursorParam, limitParam, text, uuid } from '#server/contract/params.contract.ts';

const explainedFactor = z
  .object({
    id: z.string().describe('Factor symbol, e.g. L'),
    name: names,
    value: z.number().describe('Value chosen on the scale'),
    text: names.describe('What the scale says at this value'),
    verified: z.boolean().describe('Checked against the official text'),
  })
  .meta({ id: 'ExplainedFactor' });

export const explanation = z
  .object({
    method: z.string().describe('Method id'),
    version: z.string().describe('variant@revision'),
    name: names.describe('Name of the method and variant'),
    formula: z.string().describe('The formula with the numbers in it'),
    factors: z.array(explainedFactor).describe('Factors in the order of the formula'),
    band: z
      .object({
        level: nullableLevel.describe('Level of the band'),
        label: names.describe('Name of the band'),
        range: z.string().describe('Its range, e.g. 160 ≤ D < 320'),
        verified: z.boolean().describe('Checked against the official text'),
      })
      .describe('The band that decided'),
    clause: names.describe('Clause or text the method rests on'),
    source: z.string().describe('Where the figures come from'),
    verified: z.boolean().describe('True only when every figure used was checked'),
  })
  .meta({ id: 'Explanation', description: 'Why the score and the level came out' });

export const assessment = z
  .object({
    id: z.string().describe('Identifier (UUIDv7)'),
    subjectKind: z.enum(['risk_point', 'hazard_source']).describe('What was assessed'),
    subjectId: z.string().describe('Identifier of the subject'),
    riskPointId: z.string().describe('Risk point it counts for'),
    basis,
    method: z.string().describe('Method id'),
    version: z.string().describe('variant@revision'),
    inputs: z.record(z.string(), z.unknown()).describe('Factor values as entered'),
    score: z.number().describe('Score'),
    level: nullableLevel,
    explanation,
    state: z
      .enum(['draft', 'submitted', 'in_force', 'replaced', 'returned', 'system'])
      .describe('Place in the sign-off'),
    assessedAt: z.string().describe('When the assessment was made (RFC 3339)'),
    recordedAt: z.string().describe('When it was stored (RFC 3339)'),
    validUntil: z.string().nullable().describe('When it lapses (RFC 3339)'),
  })
  .meta({ id: 'Assessment' });

export const assessmentBody = z
  .strictObject({
    method: text(40).describe('Method id, e.g. lec'),
    version: text(60)
      .optional()
      .describe('variant or variant@revision; default: the method’s default'),
    basis,
    inputs: z
      .record(z.string().max(40), z.unknown())
      .describe('Factor values; a level is never an input'),
    assessedAt: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('RFC 3339; default now; never in the future'),
  })
  .meta({ id: 'AssessmentRequest' });

const listResponse = z.object({
  items: z.array(assessment).describe('Assessments, newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
});
const listQuery = z.strictObject({
  basis: basis.optional(),
  limit: limitParam,
  cursor: cursorParam,
});
const params = z.object({ id: uuid });

export const listRiskPointAssessments = defineEndpoint({
  method: 'get',
  path: '/api/v1/risk-points/{id}/assessments',
  operationId: 'listRiskPointAssessments',
  summary: 'Assessments of a risk point and of its hazard sources',
  tags: ['assessments'],
  access: needs('register.read'),
  audited: { action: 'read', subject: 'assessments' },
  params,
  query: listQuery,
  response: listResponse,
  problems: ['invalid-request', 'not-found'],
});

export const assessRiskPoint = defineEndpoint({
  method: 'post',
  path: '/api/v1/risk-points/{id}/assessments',
  operationId: 'assessRiskPoint',
  summary: 'Assess a risk point',
  tags: ['assessments'],
  access: needs('assessments.write'),
  params,
  query: z.strictObject({}),
  body: assessmentBody,
  response: assessment,
  status: 201,
  problems: ['invalid-request', 'invalid-body', 'not-found', 'rule-violation', 'conflict'],
});

export const listHazardSourceAssessments = defineEndpoint({
  method: 'get',
  path: '/api/v1/hazard-sources/{id}/assessments',
  operationId: 'listHazardSourceAssessments',
  summary: 'Assessments of a hazard source',
  tags: ['assessments'],
  access: needs('register.read'),
  audited: { action: 'read', subject: 'assessments' },
  params,
  query: listQuery,
  response: listResponse,
  problems: ['invalid-request', 'not-found'],
});

export const assessHazardSource = defineEndpoint({
  method: 'post',
  path: '/api/v1/hazard-sources/{id}/assessments',
  operationId: 'assessHazardSource',
  summary: 'Assess a hazard source',
  tags: ['assessments'],
  access: needs('assessments.write'),
  params,
  query: z.strictObject({}),
  body: assessmentBody,
  response: assessment,
  status: 201,
  problems: ['invalid-request', 'invalid-body', 'not-found', 'rule-violation', 'conflict'],
});

export const getAssessment = defineEndpoint({
  method: 'get',
  path: '/api/v1/assessments/{id}',
  operationId: 'getAssessment',
  summary: 'One assessment with its explanation',
  tags: ['assessments'],
  access: needs('register.read'),
  audited: { action: 'read', subject: 'assessments' },
  params,
  query: z.strictObject({}),
  response: assessment,
  problems: ['invalid-request', 'not-found'],
});

export const assessmentEndpoints = [
  listRiskPointAssessments,
  assessRiskPoint,
  listHazardSourceAssessments,
  assessHazardSource,
  getAssessment,
];

export type Assessment = z.output<typeof assessment>;
export type Explanation = z.output<typeof explanation>;
