import { z } from 'zod';
import { OPEN, needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { bbox, position } from '#server/contract/geojson.contract.ts';
import {
  basis,
  counts,
  depth,
  level,
  names,
  nullableLevel,
  regionState,
} from '#server/contract/level.contract.ts';
import {
  basisParam,
  colourParam,
  cursorParam,
  depthParam,
  fieldListParam,
  limitParam,
  regionCode,
  ruleParam,
  searchTextParam,
} from '#server/contract/params.contract.ts';

const crumb = z
  .object({
    code: z.string().describe('Administrative code'),
    names,
    depth,
  })
  .meta({ id: 'RegionCrumb', description: 'A region by code and name' });

export const region = z
  .object({
    code: z.string().describe('Administrative code (GB/T 2260)'),
    parentCode: z.string().nullable().describe('Code of the region above'),
    depth,
    names,
    label: position.describe('Where the label stands'),
    bbox,
    areaKm2: z.number().describe('Area on the ellipsoid, km²'),
    source: z.string().describe('Where the boundary comes from'),
    approvalNumber: z.string().nullable().describe('审图号 of the boundary; null when it has none'),
    childDepth: depth.nullable().describe('Depth of the regions below; null when there are none'),
    childCount: z.int().describe('Regions directly below'),
    ancestors: z.array(crumb).describe('From the root down to the parent'),
  })
  .meta({ id: 'Region' });

export const rollUpResult = z
  .object({
    state: regionState,
    level: nullableLevel.describe('Level of the area under the rule; null where none is painted'),
    rule: z.enum(['weighted', 'highest']).describe('The roll-up rule that decided'),
    ruleLabel: names.describe('How the rule must be called on screen'),
    w: z.number().nullable().describe('Weighted mean W'),
    wPlus: z.number().nullable().describe('W⁺: W with the unassessed counted'),
    wPlusLevel: nullableLevel.describe('Level of W⁺ after floors'),
    pending: z.boolean().describe('待定: the level of W⁺ differs from the level shown'),
    gate: z
      .object({
        passed: z.boolean().describe('Whether enough subjects are assessed'),
        share: z.number().nullable().describe('assessed / (assessed + unassessed), 0–1'),
        threshold: z.number().describe('Share needed, 0–1'),
        edgeLevel: nullableLevel.describe('Worst known level, drawn as an edge when not passed'),
      })
      .nullable()
      .describe('Coverage gate of the rule'),
    floor: z
      .object({
        level,
        count: z.int().describe('Subjects that raised the floor'),
        because: names.describe('Reason in words'),
      })
      .nullable()
      .describe('Floor that decided the level'),
  })
  .meta({ id: 'RollUp', description: 'The area colour under a rule, and what led to it' });

export const regionSummary = region
  .extend({
    basis,
    ...counts.shape,
    ...rollUpResult.shape,
    enterprises: z.int().describe('Enterprises in the region'),
  })
  .meta({ id: 'RegionSummary' });

export const regionWhy = z
  .object({
    region: crumb,
    basis,
    rollUp: rollUpResult,
    counts,
    steps: z
      .array(
        z.object({ id: z.string().describe('Step'), text: names.describe('The step in words') }),
      )
      .describe('The chain from subjects to colour'),
    worst: z
      .array(
        z.object({
          kind: z.enum(['enterprise', 'risk_point']).describe('Kind of voting subject'),
          id: z.string().describe('Identifier'),
          names,
          level: nullableLevel.describe('Level it votes with'),
          lastLevel: nullableLevel.describe('Last level where expired'),
          state: z.string().describe('Its state'),
          position,
        }),
      )
      .describe('The worst voting subjects, at most ten'),
  })
  .meta({ id: 'RegionWhy' });

const codeParams = z.object({ code: regionCode });
const view = {
  rule: ruleParam,
  basis: basisParam,
  colour: colourParam,
  field: fieldListParam,
};

export const listRegions = defineEndpoint({
  method: 'get',
  path: '/api/v1/regions',
  operationId: 'listRegions',
  summary: 'Regions, the roots first',
  tags: ['regions'],
  access: OPEN,
  query: z.strictObject({
    depth: depthParam,
    q: searchTextParam,
    limit: limitParam,
    cursor: cursorParam,
  }),
  response: z.object({
    items: z.array(region).describe('Regions'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  geojson: true,
  problems: ['invalid-request', 'not-acceptable'],
});

export const getRegion = defineEndpoint({
  method: 'get',
  path: '/api/v1/regions/{code}',
  operationId: 'getRegion',
  summary: 'One region with its ancestors',
  tags: ['regions'],
  access: OPEN,
  params: codeParams,
  query: z.strictObject({}),
  response: region,
  problems: ['invalid-request', 'not-found'],
});

export const getRegionSummary = defineEndpoint({
  method: 'get',
  path: '/api/v1/regions/{code}/summary',
  operationId: 'getRegionSummary',
  summary: 'Counts by level and state, and the area colour under a rule',
  tags: ['regions'],
  access: needs('register.read'),
  params: codeParams,
  query: z.strictObject(view),
  response: regionSummary,
  problems: ['invalid-request', 'not-found'],
});

export const listRegionChildren = defineEndpoint({
  method: 'get',
  path: '/api/v1/regions/{code}/children',
  operationId: 'listRegionChildren',
  summary: 'Summaries of the regions directly below',
  tags: ['regions'],
  access: needs('register.read'),
  params: codeParams,
  query: z.strictObject(view),
  response: z.object({ items: z.array(regionSummary).describe('Regions directly below, by code') }),
  problems: ['invalid-request', 'not-found'],
});

export const getRegionWhy = defineEndpoint({
  method: 'get',
  path: '/api/v1/regions/{code}/why',
  operationId: 'getRegionWhy',
  summary: 'Why the area has its colour',
  tags: ['regions'],
  access: needs('register.read'),
  params: codeParams,
  query: z.strictObject(view),
  response: regionWhy,
  problems: ['invalid-request', 'not-found'],
});

export const regionEndpoints = [
  listRegions,
  getRegion,
  getRegionSummary,
  listRegionChildren,
  getRegionWhy,
];

export type Region = z.output<typeof region>;
export type RegionSummary = z.output<typeof regionSummary>;
export type RegionWhy = z.output<typeof regionWhy>;
export type RollUpResult = z.output<typeof rollUpResult>;
