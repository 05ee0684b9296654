import type { RegionDepth } from '#server/domain/identifiers/region-code.ts';
import type { Basis, Level, State } from '#server/domain/level.ts';
import type { RollUpRule } from '#server/domain/zoning/roll-up.ts';

/** Which level paints and is counted. */
export type Colour = 'assessed' | 'dynamic';

/** What a tile is asked to show; null = not filtered. */
export type TileFilters = {
  readonly levels: readonly Level[] | null;
  readonly dynamicLevels: readonly Level[] | null;
  readonly states: readonly State[] | null;
  readonly fields: readonly string[] | null;
  readonly region: string | null;
  readonly depth: RegionDepth | null;
  readonly rule: RollUpRule | null;
  readonly basis: Basis;
  readonly colour: Colour;
};

/**
 * The filters as the query of an address, one spelling for one meaning: names in a fixed order, lists sorted, defaults
 * left out. Only characters that need no escaping, so it also serves in an ETag.
 */
export function filterQuery(filters: TileFilters): string {
  const parts: Readonly<Record<string, string | null | undefined>> = {
    level: list(filters.levels),
    dynamic: list(filters.dynamicLevels),
    state: list(filters.states),
    field: list(filters.fields),
    region: filters.region,
    depth: filters.depth,
    rule: filters.rule,
    basis: filters.basis === 'current' ? null : filters.basis,
    colour: filters.colour === 'assessed' ? null : filters.colour,
  };
  return Object.entries(parts)
    .flatMap(([name, value]) => (value == null ? [] : [`${name}=${value}`]))
    .join('&');
}

function list(values: readonly (string | number)[] | null): string | undefined {
  return values?.map(String).sort().join(',');
}

/**
 * Whether the summary cube can answer: it counts by assessed level and state, and by dynamic level, but not by both
 * at once.
 */
export function isInCube({ levels, dynamicLevels, states, colour }: TileFilters): boolean {
  return colour === 'dynamic' ? levels === null && states === null : dynamicLevels === null;
}

/** Which counts of the cube the filters leave, as factors 1 or 0. Only where `isInCube`. */
export function keptCounts(filters: TileFilters): Readonly<Record<KeptCount, 0 | 1>> {
  const { levels, dynamicLevels, states, colour } = filters;
  const painted = colour === 'dynamic' ? dynamicLevels : levels;
  const level = (each: Level) =>
    flag(includes(painted, each) && (colour === 'dynamic' || includes(states, 'assessed')));
  const state = (each: State) => flag(painted === null && includes(states, each));
  return {
    k1: level(1),
    k2: level(2),
    k3: level(3),
    k4: level(4),
    kNotAssessed: state('not_assessed'),
    kExpired: state('expired'),
    kNotApplicable: state('not_applicable'),
  };
}

export type KeptCount = 'k1' | 'k2' | 'k3' | 'k4' | 'kNotAssessed' | 'kExpired' | 'kNotApplicable';

function includes<T>(wanted: readonly T[] | null, value: T): boolean {
  return wanted === null || wanted.includes(value);
}

function flag(condition: boolean): 0 | 1 {
  return condition ? 1 : 0;
}
