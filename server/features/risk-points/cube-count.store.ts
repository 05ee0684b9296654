import type { Knex } from 'knex';

import { cellsRelation } from '#server/db/cells.ts';
import { hasAnyField, inRegion } from '#server/db/search-filters.ts';
import type { Level, State } from '#server/domain/level.ts';
import type { RiskPointFilter } from './risk-points.store.ts';

const OF_LEVEL: Readonly<Record<Level, string>> = { 1: 'n1', 2: 'n2', 3: 'n3', 4: 'n4' };
const OF_STATE: Readonly<Record<Exclude<State, 'assessed'>, string>> = {
  expired: 'n_expired',
  not_assessed: 'n_not_assessed',
  not_applicable: 'n_not_applicable',
};

/**
 * How many risk points match, from the whole-world cells of the cube: the cost does not grow with the points. Null
 * where the filter asks for what the cells do not tell.
 */
export async function countInCube(
  trx: Knex.Transaction,
  { basis, region, field, level, state, ...others }: RiskPointFilter,
): Promise<number | null> {
  const { bbox, q, enterprise, dynamic } = others;
  const asksForMore = [bbox, q, enterprise, dynamic].some((value) => value !== undefined);
  if (asksForMore) return null;
  const columns = countedColumns(level, state);
  if (columns.length === 0) return 0;
  const query = trx(trx.raw(`${cellsRelation()} as c`))
    .sum<{ n: number | null }[]>({ n: trx.raw(columns.map(() => '??').join(' + '), columns) })
    .where({ 'c.z': 0, 'c.x': 0, 'c.y': 0, 'c.basis': basis });
  if (region !== undefined) void query.where(inRegion('c.region', 'c.city_code', region));
  if (field !== undefined) void query.where(hasAnyField('c.fields', field));
  const [row] = await query;
  return row?.n ?? 0;
}

/** Only assessed points have a level. */
function countedColumns(
  levels: readonly Level[] | undefined,
  states: readonly State[] | undefined,
): readonly string[] {
  if (levels === undefined && states === undefined) return ['c.n'];
  const counted = states ?? ['assessed'];
  return counted.flatMap((state) => {
    if (state === 'assessed')
      return (levels ?? [1, 2, 3, 4]).map((level) => `c.${OF_LEVEL[level]}`);
    return levels === undefined ? [`c.${OF_STATE[state]}`] : [];
  });
}
