import { z } from 'zod';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { basis, names, nullableLevel, state } from '#server/contract/level.contract.ts';
import { basisParam, cursorParam, limitParam, uuid } from '#server/contract/params.contract.ts';

export const controlMeasure = z
  .object({
    id: z.string().describe('Identifier'),
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
    riskPointId: z.string().describe('Risk point that holds it'),
    names,
    kind: z.enum(['activity', 'equipment', 'substance', 'condition']).describe('Kind of source'),
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

export const listHazardSources = defineEndpoint({
  method: 'get',
  path: '/api/v1/hazard-sources',
  operationId: 'listHazardSources',
  summary: 'Hazard sources, of one risk point where given',
  tags: ['hazard sources'],
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
  params: z.object({ id: uuid }),
  query: z.strictObject({ basis: basisParam }),
  response: hazardSource.extend({ measures: z.array(controlMeasure).describe('Its measures') }),
  problems: ['invalid-request', 'not-found'],
});

export const hazardSourceEndpoints = [listHazardSources, getHazardSource];

export type HazardSource = z.output<typeof hazardSource>;
