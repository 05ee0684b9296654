import type { Knex } from 'knex';
import { scopeKey } from '#server/db/scope.ts';
import type { Basis, Level } from '#server/domain/level.ts';
import type { AreaState } from '#server/domain/zoning/roll-up.ts';
import { readAreaVersion } from './found-rows.store.ts';

/** Area colour of some regions; `rule` null: the default of each depth. The feature `regions` knows it. */
export type SummariseRegions = (
  trx: Knex.Transaction,
  selection: { readonly codes: readonly string[] },
  view: {
    readonly rule: null;
    readonly basis: Basis;
    readonly colour: 'assessed';
    readonly fields: null;
  },
) => Promise<
  readonly {
    readonly region: { readonly code: string };
    readonly rollUp: { readonly state: AreaState; readonly level: Level | null };
  }[]
>;

type RegionChip = {
  readonly state: AreaState;
  readonly level: Level | null;
  readonly lastLevel: null;
};

/** State and level of regions by code. Counting an area reads all its subjects: what was counted stays until data change. */
export function createRegionChips(summariseRegions: SummariseRegions) {
  let kept: { readonly version: string; readonly chips: Map<string, RegionChip> } | null = null;
  return async (
    trx: Knex.Transaction,
    codes: readonly string[],
    basis: Basis,
  ): Promise<ReadonlyMap<string, RegionChip>> => {
    if (codes.length === 0) return new Map();
    // What somebody sees of an area is counted over what he sees in it.
    const version = `${await readAreaVersion(trx)} ${scopeKey()}`;
    if (kept?.version !== version) kept = { version, chips: new Map() };
    const { chips } = kept;
    const missing = codes.filter((code) => !chips.has(`${basis}/${code}`));
    if (missing.length > 0) {
      const view = { rule: null, basis, colour: 'assessed', fields: null } as const;
      for (const { region, rollUp } of await summariseRegions(trx, { codes: missing }, view)) {
        const { state, level } = rollUp;
        chips.set(`${basis}/${region.code}`, { state, level, lastLevel: null });
      }
    }
    return new Map(
      codes.flatMap((code) => {
        const chip = chips.get(`${basis}/${code}`);
        return chip === undefined ? [] : [[code, chip] as const];
      }),
    );
  };
}
