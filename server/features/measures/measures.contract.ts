import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { cursorParam, limitParam, uuid } from '#server/contract/params.contract.ts';
import {
  deletion,
  deletionQuery,
  idParams,
  noQuery,
  typedText,
} from '#server/contract/register.contract.ts';
import { controlMeasure } from '#server/features/hazard-sources/hazard-sources.contract.ts';

const changeable = {
  hazardSourceId: uuid
    .nullable()
    .optional()
    .describe('Hazard source of the same point it belongs to; null: the whole point'),
  kind: z
    .enum(['engineering', 'management', 'training', 'ppe', 'emergency'])
    .describe('Kind of control measure'),
  text: z
    .strictObject({
      zh: typedText(1000).describe('Chinese text'),
      en: typedText(1000).nullable().default(null).describe('English text where known'),
    })
    .describe('The measure in words; set as a whole'),
};

export const newMeasure = z
  .strictObject({ riskPointId: uuid.describe('Risk point it belongs to'), ...changeable })
  .meta({ id: 'NewMeasure' });

export const measureChanges = z
  .strictObject(changeable)
  .partial()
  .meta({ id: 'MeasureChanges', description: 'Value = set, absent = leave, null = clear' });

export const listMeasures = defineEndpoint({
  method: 'get',
  path: '/api/v1/measures',
  operationId: 'listMeasures',
  summary: 'Control measures of a risk point or of a hazard source, strongest kind first',
  tags: ['measures'],
  access: needs('register.read'),
  query: z.strictObject({
    riskPoint: uuid.optional().describe('Risk point: its measures and those of its sources'),
    hazardSource: uuid.optional().describe('Hazard source'),
    limit: limitParam,
    cursor: cursorParam,
  }),
  response: z.object({
    items: z.array(controlMeasure).describe('Measures'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request'],
});

export const getMeasure = defineEndpoint({
  method: 'get',
  path: '/api/v1/measures/{id}',
  operationId: 'getMeasure',
  summary: 'One control measure',
  tags: ['measures'],
  access: needs('register.read'),
  audited: { action: 'read', subject: 'control_measures' },
  params: idParams,
  query: noQuery,
  response: controlMeasure,
  problems: ['invalid-request', 'not-found'],
});

export const createMeasure = defineEndpoint({
  method: 'post',
  path: '/api/v1/measures',
  operationId: 'createMeasure',
  summary: 'Add a control measure',
  tags: ['measures'],
  access: needs('register.write'),
  query: noQuery,
  body: newMeasure,
  response: controlMeasure,
  status: 201,
  problems: ['invalid-request', 'invalid-body', 'rule-violation', 'conflict'],
});

export const updateMeasure = defineEndpoint({
  method: 'patch',
  path: '/api/v1/measures/{id}',
  operationId: 'updateMeasure',
  summary: 'Change a control measure',
  tags: ['measures'],
  access: needs('register.write'),
  params: idParams,
  query: noQuery,
  body: measureChanges,
  response: controlMeasure,
  ifMatch: true,
  problems: ['invalid-request', 'invalid-body', 'not-found', 'rule-violation', 'conflict'],
});

export const deleteMeasure = defineEndpoint({
  method: 'delete',
  path: '/api/v1/measures/{id}',
  operationId: 'deleteMeasure',
  summary: 'Delete a control measure',
  tags: ['measures'],
  access: needs('register.write'),
  params: idParams,
  query: deletionQuery,
  response: deletion,
  ifMatch: true,
  problems: ['invalid-request', 'not-found'],
});

export const restoreMeasure = defineEndpoint({
  method: 'post',
  path: '/api/v1/measures/{id}/restore',
  operationId: 'restoreMeasure',
  summary: 'Bring a deleted control measure back',
  tags: ['measures'],
  access: needs('register.write'),
  params: idParams,
  query: noQuery,
  response: controlMeasure,
  problems: ['invalid-request', 'not-found', 'conflict'],
});

export const measureEndpoints = [
  listMeasures,
  getMeasure,
  createMeasure,
  updateMeasure,
  deleteMeasure,
  restoreMeasure,
];
