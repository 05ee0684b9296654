import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { basis, names, nullableLevel, state } from '#server/contract/level.contract.ts';
import { basisParam, cursorParam, limitParam, uuid } from '#server/contract/params.contract.ts';
import {
  attributes,
  attributesBody,
  category,
  categoryBody,
  deletion,
  deletionQuery,
  idParams,
  namesBody,
  noQuery,
  origin,
  version,
  withheld,
} from '#server/contract/register.contract.ts';

const kind = z.enum(['activity', 'equipment', 'substance', 'condition']).describe('Kind of source');

export const controlMeasure = z
  .object({
    id: z.string().describe('Identifier'),
    version,
    riskPointId: z.string().describe('Risk point it belongs to'),
    kind: z
      .enum(['engineering', 'management', 'training', 'ppe', 'emergency'])
      .describe('Kind of control measure'),
    text: names.describe('The measure in words'),
    hazardSourceId: z
      .string()
      .nullable()
      .describe('Hazard source it belongs to; null: the whole point'),
  })
  .meta({ id: 'ControlMeasure' });

export const hazardSource = z
  .object({
    id: z.string().describe('Identifier (UUIDv7)'),
    version,
    riskPointId: z.string().describe('Risk point that holds it'),
    names,
    kind,
    category,
    accidentTypes: z.array(names).describe('Possible accidents (GB 6441)'),
    basis,
    state,
    level: nullableLevel,
    lastLevel: nullableLevel,
    method: z.string().nullable().describe('Method of the assessment in force'),
    score: z.number().nullable().describe('Score of the assessment in force'),
    assessmentId: z.string().nullable().describe('Assessment in force'),
  })
  .meta({ id: 'HazardSource' });

export const hazardSourceDetail = hazardSource
  .extend({
    attributes,
    origin,
    withheld,
    measures: z.array(controlMeasure).describe('Its measures'),
  })
  .meta({ id: 'HazardSourceDetail' });

const changeable = {
  names: namesBody,
  kind,
  accidentTypes: z.array(namesBody).max(30).describe('Possible accidents, named as in GB 6441'),
  category: categoryBody,
  attributes: attributesBody,
};

export const newHazardSource = z
  .strictObject({
    riskPointId: uuid.describe('Risk point that holds it'),
    ...changeable,
    accidentTypes: changeable.accidentTypes.optional(),
    attributes: attributesBody.optional(),
  })
  .meta({ id: 'NewHazardSource' });

export const hazardSourceChanges = z
  .strictObject(changeable)
  .partial()
  .meta({ id: 'HazardSourceChanges', description: 'Value = set, absent = leave, null = clear' });

export const listHazardSources = defineEndpoint({
  method: 'get',
  path: '/api/v1/hazard-sources',
  operationId: 'listHazardSources',
  summary: 'Hazard sources, of one risk point where given',
  tags: ['hazard sources'],
  access: needs('register.read'),
  audited: { action: 'read', subject: 'hazard_sources' },
  query: z.strictObject({
    riskPoint: uuid.optional().describe('Risk point'),
    basis: basisParam,
    limit: limitParam,
    cursor: cursorParam,
  }),
  response: z.object({
    items: z.array(hazardSource).describe('Hazard sources'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request'],
});

export const getHazardSource = defineEndpoint({
  method: 'get',
  path: '/api/v1/hazard-sources/{id}',
  operationId: 'getHazardSource',
  summary: 'One hazard source',
  tags: ['hazard sources'],
  access: needs('register.read'),
  audited: { action: 'read', subject: 'hazard_sources' },
  params: idParams,
  query: z.strictObject({ basis: basisParam }),
  response: hazardSourceDetail,
  problems: ['invalid-request', 'not-found'],
});

export const createHazardSource = defineEndpoint({
  method: 'post',
  path: '/api/v1/hazard-sources',
  operationId: 'createHazardSource',
  summary: 'Add a hazard source to a risk point',
  tags: ['hazard sources'],
  access: needs('register.write'),
  query: noQuery,
  body: newHazardSource,
  response: hazardSourceDetail,
  status: 201,
  problems: ['invalid-request', 'invalid-body', 'rule-violation', 'conflict'],
});

export const updateHazardSource = defineEndpoint({
  method: 'patch',
  path: '/api/v1/hazard-sources/{id}',
  operationId: 'updateHazardSource',
  summary: 'Change a hazard source',
  tags: ['hazard sources'],
  access: needs('register.write'),
  params: idParams,
  query: noQuery,
  body: hazardSourceChanges,
  response: hazardSourceDetail,
  ifMatch: true,
  problems: ['invalid-request', 'invalid-body', 'not-found', 'rule-violation', 'conflict'],
});

export const deleteHazardSource = defineEndpoint({
  method: 'delete',
  path: '/api/v1/hazard-sources/{id}',
  operationId: 'deleteHazardSource',
  summary: 'Delete a hazard source with its measures',
  tags: ['hazard sources'],
  access: needs('register.write'),
  params: idParams,
  query: deletionQuery,
  response: deletion,
  ifMatch: true,
  problems: ['invalid-request', 'not-found'],
});

export const restoreHazardSource = defineEndpoint({
  method: 'post',
  path: '/api/v1/hazard-sources/{id}/restore',
  operationId: 'restoreHazardSource',
  summary: 'Bring a deleted hazard source back with its measures',
  tags: ['hazard sources'],
  access: needs('register.write'),
  params: idParams,
  query: noQuery,
  response: hazardSourceDetail,
  problems: ['invalid-request', 'not-found', 'conflict'],
});

export const hazardSourceEndpoints = [
  listHazardSources,
  getHazardSource,
  createHazardSource,
  updateHazardSource,
  deleteHazardSource,
  restoreHazardSource,
];

export type HazardSource = z.output<typeof hazardSource>;
