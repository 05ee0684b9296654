import { z } from 'zod';
import { OPEN, needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { bbox, position } from '#server/contract/geojson.contract.ts';
import { basis, names, pointCounts } from '#server/contract/level.contract.ts';
import { basisParam, cursorParam, limitParam, uuid } from '#server/contract/params.contract.ts';

export const jurisdiction = z
  .object({
    id: z.string().describe('Identifier'),
    code: z.string().nullable().describe('Own code, if it has one'),
    kind: z.string().describe('development_zone, park, county_level_city, committee'),
    names,
    label: position.nullable().describe('Where the label stands; null without an area'),
    bbox: bbox.nullable().describe('Extent; null without an area'),
    hasArea: z.boolean().describe('Whether a boundary has been loaded'),
    source: z.string().describe('Where the record comes from'),
  })
  .meta({ id: 'Jurisdiction' });

export const jurisdictionSummary = jurisdiction
  .extend({ basis, counts: pointCounts })
  .meta({ id: 'JurisdictionSummary' });

const idParams = z.object({ id: uuid });

export const listJurisdictions = defineEndpoint({
  method: 'get',
  path: '/api/v1/jurisdictions',
  operationId: 'listJurisdictions',
  summary: 'Supervising units with an area of their own',
  tags: ['jurisdictions'],
  access: OPEN,
  query: z.strictObject({ limit: limitParam, cursor: cursorParam }),
  response: z.object({
    items: z.array(jurisdiction).describe('Jurisdictions'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request'],
});

export const getJurisdiction = defineEndpoint({
  method: 'get',
  path: '/api/v1/jurisdictions/{id}',
  operationId: 'getJurisdiction',
  summary: 'One jurisdiction',
  tags: ['jurisdictions'],
  access: OPEN,
  params: idParams,
  query: z.strictObject({}),
  response: jurisdiction,
  problems: ['invalid-request', 'not-found'],
});

export const getJurisdictionSummary = defineEndpoint({
  method: 'get',
  path: '/api/v1/jurisdictions/{id}/summary',
  operationId: 'getJurisdictionSummary',
  summary: 'Counts of risk points; never added to those of regions',
  tags: ['jurisdictions'],
  access: needs('register.read'),
  params: idParams,
  query: z.strictObject({ basis: basisParam }),
  response: jurisdictionSummary,
  problems: ['invalid-request', 'not-found'],
});

export const jurisdictionEndpoints = [listJurisdictions, getJurisdiction, getJurisdictionSummary];
