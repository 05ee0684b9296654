import type { Knex } from 'knex';
import { toWgs84 } from '#server/domain/crs/crs.ts';
import type { DegreeCrs } from '#server/domain/crs/crs.ts';
import { parseCoordinatePair } from '#server/domain/crs/parse-coordinate.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';
import { readPathAt } from './found-rows.store.ts';
import type { SearchGroup, SearchItem } from './search-answer.ts';

/** WGS 84 position that the text means; null when it is no pair of coordinates. */
export function coordinateIn({
  q,
  crs,
}: {
  readonly q: string;
  readonly crs: DegreeCrs;
}): Position | null {
  const pair = parseCoordinatePair(q);
  if (pair === null) return null;
  const [lon, lat] = toWgs84(crs, [pair.lon, pair.lat]);
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [rounded(lon), rounded(lat)] : null;
}

/** Seven decimals, about a centimetre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

/** A place that is typed in is shown wherever it lies; its path tells that it is elsewhere. */
export async function coordinateGroup(
  trx: Knex.Transaction,
  position: Position,
): Promise<SearchGroup> {
  const parentPath = await readPathAt(trx, position);
  const text = position.join(', ');
  const item: SearchItem = {
    id: position.join(','),
    code: null,
    names: { zh: text, en: text },
    match: { on: 'coordinate', how: 'exact' },
    parentPath,
    belongsTo: null,
    depth: null,
    state: null,
    level: null,
    lastLevel: null,
    position,
    bbox: null,
  };
  return { kind: 'coordinate', items: [item], more: false };
}
