import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import {
  basisParam,
  bboxParam,
  dynamicListParam,
  fieldListParam,
  levelListParam,
  regionCode,
  searchTextParam,
  stateListParam,
  uuid,
} from '#server/contract/params.contract.ts';
import { ruleText } from '#server/contract/rule-text.ts';
import {
  EXPORT_DELIMITERS,
  EXPORT_ENCODINGS,
  EXPORT_FORMATS,
  EXPORT_LISTS,
  hasPlaces,
} from '#server/domain/export-lists.ts';

const fields = z.strictObject({
  list: z
    .enum(EXPORT_LISTS)
    .describe('control-list 风险分级管控清单, major-risks 重大风险清单, or a list of the register'),
  format: z.enum(EXPORT_FORMATS).describe('geojson: only risk-points and enterprises'),
  region: regionCode.optional(),
  enterprise: uuid.optional().describe('Enterprise; not with the list of enterprises'),
  bbox: bboxParam,
  level: levelListParam.describe(
    'Assessed levels of the risk points (or enterprises), comma separated; not with major-risks',
  ),
  dynamic: dynamicListParam.describe(
    'Dynamic control levels, comma separated; not with enterprises',
  ),
  state: stateListParam,
  field: fieldListParam,
  basis: basisParam,
  q: searchTextParam,
  language: z
    .enum(['zh', 'en'])
    .optional()
    .describe('Language of headers, titles and values; default: the language of the request'),
  encoding: z
    .enum(EXPORT_ENCODINGS)
    .optional()
    .describe('Encoding of a CSV; default utf-8-bom, which spreadsheets recognise'),
  delimiter: z.enum(EXPORT_DELIMITERS).optional().describe('Delimiter of a CSV; default comma'),
  crs: z.literal('wgs84').optional().describe('Coordinates are always WGS 84'),
});

type Query = z.output<typeof fields>;

/** Parameters that say nothing beside the list or the format that was asked for. */
const MISPLACED: readonly (readonly [keyof Query, (query: Query) => boolean, string])[] = [
  [
    'format',
    ({ list, format }) => format === 'geojson' && !hasPlaces(list),
    ruleText(
      '只有 risk-points 和 enterprises 可用 geojson',
      'geojson is there for risk-points and enterprises only',
    ),
  ],
  [
    'encoding',
    ({ format }) => format !== 'csv',
    ruleText('只有 CSV 可以选择编码', 'Only a CSV has a choice of encodings'),
  ],
  [
    'delimiter',
    ({ format }) => format !== 'csv',
    ruleText('只有 CSV 有分隔符', 'Only a CSV has a delimiter'),
  ],
  [
    'level',
    ({ list }) => list === 'major-risks',
    ruleText('重大风险清单只有 1 级，不能再选等级', 'The list of major risks has level 1 only'),
  ],
  [
    'enterprise',
    ({ list }) => list === 'enterprises',
    ruleText('企业列表不能按企业筛选', 'Not for the list of enterprises'),
  ],
  [
    'dynamic',
    ({ list }) => list === 'enterprises',
    ruleText('企业没有动态管控等级', 'Enterprises have no dynamic level'),
  ],
];

const query = fields.superRefine((given, context) => {
  for (const [name, isMisplaced, message] of MISPLACED) {
    if (given[name] !== undefined && isMisplaced(given)) {
      context.addIssue({ code: 'custom', path: [name], message, input: given[name] });
    }
  }
});

export const getExport = defineEndpoint({
  method: 'get',
  path: '/api/v1/exports',
  operationId: 'getExport',
  summary: 'A list as a file: XLSX, CSV or GeoJSON, streamed',
  tags: ['exports'],
  access: needs('exports.read'),
  audited: { action: 'export', subject: 'list' },
  query,
  response: z.unknown().describe('XLSX, CSV or GeoJSON'),
  mediaType: 'application/octet-stream',
  problems: ['invalid-request', 'not-found', 'overloaded'],
});

export const exportEndpoints = [getExport];
