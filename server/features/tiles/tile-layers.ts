import { needs, needsOrPublished, OPEN } from '#server/contract/access.ts';
import type { Access } from '#server/domain/policy/permission.ts';
import { BASE_MAX_ZOOM } from './tiles.sql.ts';
import { POINTS_FROM } from './risk-points.sql.ts';

export type FilterName =
  | 'level'
  | 'dynamic'
  | 'state'
  | 'field'
  | 'region'
  | 'basis'
  | 'rule'
  | 'colour'
  | 'depth';

type VectorLayer = {
  readonly id: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, 'Number' | 'String' | 'Boolean'>>;
  readonly minzoom: number;
  readonly maxzoom: number;
};

export type TileLayer = {
  readonly id: LayerId;
  readonly minzoom: number;
  readonly maxzoom: number;
  /** How far it may be told, and whom it needs. */
  readonly access: Access;
  /** Parameters the layer takes; any other is a fault. */
  readonly filters: readonly FilterName[];
  readonly attribution: string;
  readonly inside: readonly VectorLayer[];
};

export type LayerId = 'regions' | 'risk-points' | 'enterprises' | 'base';

const MAX_ZOOM = 14;
const ENTERPRISES_FROM = 8;

const names = { name_zh: 'String', name_en: 'String' } as const;
const pointCounts = {
  n1: 'Number',
  n2: 'Number',
  n3: 'Number',
  n4: 'Number',
  nNotAssessed: 'Number',
  nExpired: 'Number',
  nNotApplicable: 'Number',
} as const;
const standing = {
  level: 'Number',
  state: 'String',
  lastLevel: 'Number',
  dynamic: 'Number',
  field: 'String',
} as const;
const regionFields = {
  code: 'String',
  name: 'String',
  ...names,
  depth: 'String',
  level: 'Number',
  state: 'String',
  edge: 'Number',
  pending: 'Boolean',
  ...pointCounts,
  assessed: 'Number',
  total: 'Number',
  s1: 'Number',
  s2: 'Number',
  s3: 'Number',
  s4: 'Number',
  sU: 'Number',
  sExpired1: 'Number',
} as const;

const inside = (
  id: string,
  description: string,
  fields: VectorLayer['fields'],
  [minzoom, maxzoom]: readonly [number, number],
): VectorLayer => ({ id, description, fields, minzoom, maxzoom });

/** Every layer that has tiles: an address that is not in this list is a 404. */
export const TILE_LAYERS: readonly TileLayer[] = [
  {
    id: 'regions',
    access: needsOrPublished('register.read'),
    minzoom: 0,
    maxzoom: MAX_ZOOM,
    filters: ['region', 'depth', 'rule', 'basis', 'colour', 'field'],
    attribution: '',
    inside: [
      inside('regions', 'Areas of one depth with counts and area colour', regionFields, [
        0,
        MAX_ZOOM,
      ]),
      inside('region-labels', 'One point for each area, the same attributes', regionFields, [
        0,
        MAX_ZOOM,
      ]),
    ],
  },
  {
    id: 'risk-points',
    access: needs('register.read'),
    minzoom: 0,
    maxzoom: MAX_ZOOM,
    filters: ['level', 'dynamic', 'state', 'field', 'region', 'basis', 'colour'],
    attribution: '',
    inside: [
      inside(
        'risk-points',
        'Single risk points',
        { id: 'String', name: 'String', ...names, ...standing, ent: 'String' },
        [POINTS_FROM, MAX_ZOOM],
      ),
      inside(
        'risk-point-cells',
        'Risk points of a cell, at their mean place; `split` is the zoom at which it opens',
        { key: 'String', n: 'Number', ...pointCounts, worst: 'Number', split: 'Number' },
        [0, MAX_ZOOM],
      ),
    ],
  },
  {
    id: 'enterprises',
    access: needs('register.read'),
    minzoom: ENTERPRISES_FROM,
    maxzoom: MAX_ZOOM,
    filters: ['level', 'dynamic', 'state', 'field', 'region', 'basis', 'colour'],
    attribution: '',
    inside: [
      inside(
        'enterprises',
        'Enterprises; `n` counts their risk points',
        { id: 'String', name: 'String', ...names, ...standing, n: 'Number' },
        [ENTERPRISES_FROM, MAX_ZOOM],
      ),
    ],
  },
  {
    id: 'base',
    access: OPEN,
    minzoom: 0,
    maxzoom: BASE_MAX_ZOOM,
    filters: [],
    attribution: 'Natural Earth · GSHHG · GeoNames',
    inside: [
      inside('land', 'Land', { rank: 'Number' }, [0, BASE_MAX_ZOOM]),
      inside('lakes', 'Lakes', { ...names, rank: 'Number' }, [0, BASE_MAX_ZOOM]),
      inside('rivers', 'Rivers', { ...names, rank: 'Number' }, [0, BASE_MAX_ZOOM]),
      inside(
        'places',
        'Cities and towns, rank 1 the largest',
        { ...names, rank: 'Number', min_zoom: 'Number' },
        [0, BASE_MAX_ZOOM],
      ),
      inside('borders', 'Borders of provinces and cities', { code: 'String', depth: 'String' }, [
        0,
        BASE_MAX_ZOOM,
      ]),
    ],
  },
];

export function findLayer(id: string): TileLayer | null {
  return TILE_LAYERS.find((layer) => layer.id === id) ?? null;
}
