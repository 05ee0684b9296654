import type { Knex } from 'knex';
import type { RegionDepth } from '#server/domain/identifiers/region-code.ts';
import type { Basis } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';
import type { RollUp, RollUpRule } from '#server/domain/zoning/roll-up.ts';
import type { SubjectCounts } from '#server/domain/zoning/subject-counts.ts';
import type { Colour } from './tile-filters.ts';

/** What a tile shows of an area; the feature `regions` knows it. */
export type RegionFacts = {
  readonly region: { readonly code: string; readonly names: Names; readonly depth: RegionDepth };
  readonly counts: { readonly points: PointTally; readonly subjects: SubjectCounts };
  readonly rollUp: Pick<RollUp, 'state' | 'level' | 'pending' | 'gate'>;
};

type PointTally = Readonly<
  Record<
    | 'n1'
    | 'n2'
    | 'n3'
    | 'n4'
    | 'nNotAssessed'
    | 'nExpired'
    | 'nNotApplicable'
    | 'assessed'
    | 'total',
    number
  >
>;

/** Counts and area colour of some regions; `rule` null: the default of each depth. */
export type SummariseRegions = (
  trx: Knex.Transaction,
  selection: { readonly codes: readonly string[] },
  view: {
    readonly rule: RollUpRule | null;
    readonly basis: Basis;
    readonly colour: Colour;
    readonly fields: readonly string[] | null;
  },
) => Promise<readonly RegionFacts[]>;

/** Attributes of an area in its tile; null members are left out of the tile. */
export function toRegionFigures({ region, counts, rollUp }: RegionFacts): object {
  const { code, names, depth } = region;
  const { n1, n2, n3, n4, nNotAssessed, nExpired, nNotApplicable, assessed, total } = counts.points;
  const { s1, s2, s3, s4, sU, sExpired1 } = counts.subjects;
  const tally = { n1, n2, n3, n4, nNotAssessed, nExpired, nNotApplicable, assessed, total };
  const votes = { s1, s2, s3, s4, sU, sExpired1 };
  const { level, state, pending, gate } = rollUp;
  // The worst known level, where no colour may be painted.
  const edge = state === 'insufficient' ? gate.edgeLevel : null;
  const words = { code, name: names.zh, name_zh: names.zh, name_en: names.en, depth };
  return { ...words, level, state, edge, pending, ...tally, ...votes };
}
