import { z } from 'zod';
import { OPEN } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import {
  basisParam,
  colourParam,
  depthParam,
  dynamicListParam,
  fieldListParam,
  levelListParam,
  regionCode,
  ruleParam,
  stateListParam,
  text,
} from '#server/contract/params.contract.ts';

/** Filters that a tile address and its TileJSON share; each layer accepts those its registry entry names. */
export const tileFilters = z.strictObject({
  level: levelListParam,
  dynamic: dynamicListParam,
  state: stateListParam,
  field: fieldListParam,
  region: regionCode.optional(),
  basis: basisParam,
  rule: ruleParam,
  colour: colourParam,
  depth: depthParam,
  v: text(200)
    .optional()
    .describe('Version the caller expects; an exact match may be cached for ever'),
});

export const tileJson = z
  .object({
    tilejson: z.literal('3.0.0').describe('TileJSON version'),
    name: z.string().describe('Layer'),
    tiles: z.array(z.string()).describe('Addresses of tiles'),
    minzoom: z.int().describe('Least zoom'),
    maxzoom: z.int().describe('Greatest zoom'),
    bounds: z.array(z.number()).describe('west, south, east, north'),
    attribution: z.string().describe('Credit line'),
    vector_layers: z
      .array(
        z.object({
          id: z.string().describe('Layer inside the tile'),
          description: z.string().describe('What it holds'),
          fields: z.record(z.string(), z.string()).describe('Attributes'),
          minzoom: z.int().describe('Least zoom'),
          maxzoom: z.int().describe('Greatest zoom'),
        }),
      )
      .describe('Layers inside a tile'),
    scope: z.string().describe('Hash of what the caller may see'),
    cities: z
      .array(
        z.object({
          code: z.string().describe('City-level code'),
          bounds: z.array(z.number()).describe('west, south, east, north'),
          version: z.int().describe('Version of the layer in this city'),
        }),
      )
      .describe('Versions that make up `v` of a tile'),
  })
  .meta({ id: 'TileJson' });

export const getTileJson = defineEndpoint({
  method: 'get',
  path: '/tiles/{layer}.json',
  operationId: 'getTileJson',
  summary: 'TileJSON 3 of a layer',
  tags: ['tiles'],
  access: OPEN,
  params: z.object({ layer: text(40).describe('Layer id') }),
  query: tileFilters.omit({ v: true }),
  response: tileJson,
  problems: ['invalid-request', 'not-found'],
});

export const getTile = defineEndpoint({
  method: 'get',
  path: '/tiles/{layer}/{z}/{x}/{y}.mvt',
  operationId: 'getTile',
  summary: 'One vector tile; 204 when empty',
  tags: ['tiles'],
  access: OPEN,
  params: z.object({
    layer: text(40).describe('Layer id'),
    z: text(12).describe('Zoom'),
    x: text(12).describe('Column'),
    y: text(12).describe('Row'),
  }),
  query: tileFilters,
  response: z.unknown().describe('Mapbox Vector Tile'),
  mediaType: 'application/vnd.mapbox-vector-tile',
  mayBeEmpty: true,
  problems: ['invalid-request', 'not-found', 'overloaded', 'query-timeout'],
});

export const tileEndpoints = [getTileJson, getTile];

export type TileJson = z.output<typeof tileJson>;
