import type { PointHead, ListPlace } from './export-request.ts';
import type { ListingContext, Transaction } from './list-reader.ts';
import type { Page } from './pages.ts';
import { readMeasures, readPointMore, readSources } from './point-rows.store.ts';
import { wholePoint } from './register-rows.ts';
import type { Point, RiskRow } from './register-rows.ts';

/** One page of the risk points that a request chose, as the rows that are made of them. */
export function pointPage<R>(
  { deps, request }: ListingContext,
  after: ListPlace | null,
  limit: number,
  rowsOf: (trx: Transaction, heads: readonly PointHead[]) => Promise<readonly R[]>,
): Promise<Page<PointHead, R>> {
  const { list, filter } = request;
  const chosen = list === 'major-risks' ? { ...filter, level: [1] as const } : filter;
  return deps.read(async (trx) => {
    const heads = await deps.points.page(trx, chosen, after, limit);
    return { heads, rows: await rowsOf(trx, heads) };
  });
}

/** Points with their hazard sources and all measures. */
export async function readPoints(
  trx: Transaction,
  heads: readonly PointHead[],
  { request, now }: ListingContext,
): Promise<readonly Point[]> {
  const ids = heads.map(({ id }) => id);
  const { basis } = request.filter;
  const more = await readPointMore(trx, ids, { basis, withShapes: false });
  const sources = byPoint(await readSources(trx, ids, { basis, now }));
  const measures = byPoint(await readMeasures(trx, ids));
  return heads.flatMap((head) => {
    const rest = more.get(head.id);
    if (rest === undefined) return [];
    const [own = [], held = []] = [sources.get(head.id), measures.get(head.id)];
    return [{ head, more: rest, sources: own, measures: held }];
  });
}

/** Points as a whole, with their shapes and the measures of their own. */
export async function readWholePoints(
  trx: Transaction,
  heads: readonly PointHead[],
  { request }: ListingContext,
): Promise<readonly RiskRow[]> {
  const ids = heads.map(({ id }) => id);
  const { basis } = request.filter;
  const more = await readPointMore(trx, ids, { basis, withShapes: true });
  const measures = byPoint(await readMeasures(trx, ids));
  return heads.flatMap((head) => {
    const rest = more.get(head.id);
    if (rest === undefined) return [];
    const own = (measures.get(head.id) ?? []).filter(({ sourceId }) => sourceId === null);
    return [wholePoint({ head, more: rest, measures: own })];
  });
}

/** Rows of many points by the point they belong to, in the order they have. */
export function byPoint<T extends { readonly pointId: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const others = found.get(row.pointId);
    if (others === undefined) found.set(row.pointId, [row]);
    else others.push(row);
  }
  return found;
}
