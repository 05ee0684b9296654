import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { bbox, position } from '#server/contract/geojson.contract.ts';
import {
  depth,
  names,
  nullableLevel,
  regionState,
  state,
} from '#server/contract/level.contract.ts';
import { basisParam, integerText, regionCode, text } from '#server/contract/params.contract.ts';
import { ruleText } from '#server/contract/rule-text.ts';
import { SEARCH_KINDS } from '#server/domain/search/search-kind.ts';
import { readSearchQuery } from '#server/domain/search/search-query.ts';

const MOST_ROWS = 20;

const kind = z.enum(SEARCH_KINDS).describe('What was found');

const item = z
  .object({
    id: z
      .string()
      .describe('Identifier; of a region its code, of a coordinate longitude,latitude (WGS 84)'),
    code: z
      .string()
      .nullable()
      .describe('Administrative code, 统一社会信用代码 or code in the register'),
    names,
    match: z
      .object({
        on: z.enum(['code', 'name', 'initials', 'coordinate']).describe('What matches'),
        how: z
          .enum(['exact', 'start', 'part'])
          .describe('The whole of it, its beginning or a part'),
      })
      .describe('Why it was found'),
    parentPath: z
      .array(z.object({ code: z.string().describe('Code'), names }))
      .describe('From the root down to the region it lies in; of a region the ones above it'),
    belongsTo: z
      .object({
        kind,
        id: z.string().describe('Identifier'),
        names,
        of: names
          .nullable()
          .describe('Names of the enterprise that the risk point of a hazard source belongs to'),
      })
      .nullable()
      .describe('Enterprise of a risk point, risk point of a hazard source'),
    depth: depth.nullable().describe('Depth of a region'),
    state: z
      .union([state, regionState])
      .nullable()
      .describe('Assessment state, of a region under its roll-up rule; null where there is none'),
    level: nullableLevel,
    lastLevel: nullableLevel.describe('Last level where expired'),
    position: position
      .nullable()
      .describe('Where it is, of an area where its label stands; [longitude, latitude], WGS 84'),
    bbox: bbox.nullable().describe('Extent of an area'),
  })
  .meta({ id: 'SearchItem' });

const query = z.strictObject({
  q: text(100)
    .refine(
      (typed) => readSearchQuery(typed) !== null,
      ruleText('应含有可见的文字', 'Must hold something that can be seen'),
    )
    .describe(
      'Part of a Chinese or English name, pinyin initials (jlsh), the beginning of a code, or a coordinate pair (decimal or 度分秒)',
    ),
  limit: integerText(1, MOST_ROWS).default(8).describe('Rows of each kind, at most 20'),
  basis: basisParam,
  region: regionCode.optional().describe('Only what lies in this region'),
  crs: z
    .enum(['wgs84', 'cgcs2000', 'gcj02', 'bd09'])
    .default('wgs84')
    .describe('System of a coordinate that is searched for'),
});

export const searchAll = defineEndpoint({
  method: 'get',
  path: '/api/v1/search',
  operationId: 'search',
  summary: 'Everything that a text may mean, best match first, the worst of equal matches first',
  tags: ['search'],
  access: needs('register.read'),
  query,
  response: z.object({
    query: z.string().describe('The text that was searched for'),
    searched: z.array(kind).describe('Kinds that were searched'),
    groups: z
      .array(
        z.object({
          kind,
          items: z.array(item).describe('Best match first'),
          more: z.boolean().describe('Whether there are more than these'),
        }),
      )
      .describe('What was found by kind; kinds of which nothing was found are left out'),
    wider: z
      .array(
        z.object({
          kind,
          count: z.int().describe('How many were found, up to the limit'),
          more: z.boolean().describe('Whether there are more than these'),
        }),
      )
      .nullable()
      .describe('What the same search finds in all regions; null unless `region` left nothing'),
  }),
  problems: ['invalid-request'],
});

export const searchEndpoints = [searchAll];
