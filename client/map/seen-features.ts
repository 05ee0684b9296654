import { LEGEND_KEYS } from '#client/state/url-state.ts';
import type { LegendKey } from '#client/state/url-state.ts';
import { COUNT_ATTRIBUTE } from './expressions.ts';

export type Counts = Readonly<Record<LegendKey, number>>;

/** A feature of the map in the terms of the people who read it. */
export type SeenFeature = {
  readonly kind: 'region' | 'cell' | 'risk-point' | 'enterprise';
  /** Unique over all kinds. */
  readonly key: string;
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string | null;
  /** Class that paints it; null for an area without a colour and for cells. */
  readonly legendKey: LegendKey | null;
  /** State of an area: assessed, insufficient, … */
  readonly state: string;
  /** Level before it lapsed, or the worst known level of an area with too few assessments. */
  readonly lastLevel: number | null;
  readonly isPending: boolean;
  /** Points by class, where the feature stands for several. */
  readonly counts: Counts | null;
  readonly assessed: number;
  readonly total: number;
  /** [longitude, latitude], degrees. */
  readonly at: readonly [number, number];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly sourceLayer: string;
};

type Raw = {
  readonly sourceLayer: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly at: readonly [number, number];
};

const KINDS: Readonly<Record<string, SeenFeature['kind']>> = {
  regions: 'region',
  'region-labels': 'region',
  'risk-point-cells': 'cell',
  'risk-points': 'risk-point',
  enterprises: 'enterprise',
};

/** Reads a tile feature; null for layers nobody can point at. */
export function seenFeature(
  { sourceLayer, properties, at }: Raw,
  colour: 'assessed' | 'dynamic',
): SeenFeature | null {
  const kind = KINDS[sourceLayer];
  if (kind === undefined) return null;
  const id = text(properties[kind === 'region' ? 'code' : kind === 'cell' ? 'key' : 'id']);
  const name = text(properties['name']);
  return {
    kind,
    key: `${kind}:${id}`,
    id,
    nameZh: text(properties['name_zh']) || name,
    nameEn: text(properties['name_en']) || null,
    legendKey: kind === 'cell' ? null : classOf(properties, colour),
    state: text(properties['state']),
    lastLevel: numberOf(properties['lastLevel'] ?? properties['edge']),
    isPending: properties['pending'] === true,
    // Areas as everyone is told them have none.
    counts:
      kind === 'cell' || (kind === 'region' && 'total' in properties) ? countsOf(properties) : null,
    assessed: numberOf(properties['assessed']) ?? 0,
    total: numberOf(properties['total'] ?? properties['n']) ?? 0,
    at,
    properties,
    sourceLayer,
  };
}

/** Class of a point, enterprise or area; null for states that have no row in the legend. */
export function classOf(
  properties: Readonly<Record<string, unknown>>,
  colour: 'assessed' | 'dynamic',
): LegendKey | null {
  const dynamic = colour === 'dynamic' ? properties['dynamic'] : undefined;
  const key = text(dynamic ?? properties['level'] ?? properties['state']);
  return LEGEND_KEYS.find((each) => each === key) ?? null;
}

function countsOf(properties: Readonly<Record<string, unknown>>): Counts {
  return Object.fromEntries(
    LEGEND_KEYS.map((key) => [key, numberOf(properties[COUNT_ATTRIBUTE[key]]) ?? 0]),
  ) as Record<LegendKey, number>;
}

/** Points by class over single points and cells; the same point is never in two features. */
export function sumCounts(features: readonly SeenFeature[]): Counts {
  const sum = Object.fromEntries(LEGEND_KEYS.map((key) => [key, 0])) as Record<LegendKey, number>;
  for (const feature of features) {
    if (feature.kind === 'risk-point' && feature.legendKey !== null) sum[feature.legendKey] += 1;
    if (feature.kind !== 'cell' || feature.counts === null) continue;
    for (const key of LEGEND_KEYS) sum[key] += feature.counts[key];
  }
  return sum;
}

/** Each feature once, the worst first; of two equal ones the one with more points. */
export function worstFirst(features: readonly SeenFeature[]): readonly SeenFeature[] {
  const once = new Map(features.map((feature) => [feature.key, feature]));
  return [...once.values()].sort(
    (a, b) => rank(a) - rank(b) || b.total - a.total || a.key.localeCompare(b.key),
  );
}

function rank({ kind, legendKey, counts }: SeenFeature): number {
  const present =
    kind === 'cell' && counts !== null
      ? LEGEND_KEYS.findIndex((key) => counts[key] > 0)
      : LEGEND_KEYS.findIndex((key) => key === legendKey);
  return present === -1 ? LEGEND_KEYS.length : present;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function numberOf(value: unknown): number | null {
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) ? number : null;
}
