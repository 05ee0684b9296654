import type { HouseRow } from './house.ts';
import type { SecretRow, World } from './world.ts';

export type MarkedRow = SecretRow | HouseRow;

/** Rows of which a text has a mark: it is read once, not once for each mark of each row. */
export function rowsToldIn(text: string, world: World): readonly MarkedRow[] {
  const index = indexOf(world);
  const found = new Set<MarkedRow>();
  for (const [mark] of text.matchAll(MARKS)) {
    for (const row of index.get(mark) ?? []) found.add(row);
  }
  return [...found];
}

export function marksOf(row: MarkedRow): readonly string[] {
  return 'restricted' in row ? [...row.marks, ...row.restricted] : row.marks;
}

const MARKS = /龘\d{7}靐|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

const indexes = new WeakMap<World, ReadonlyMap<string, readonly MarkedRow[]>>();

function indexOf(world: World): ReadonlyMap<string, readonly MarkedRow[]> {
  const known = indexes.get(world);
  if (known !== undefined) return known;
  const index = new Map<string, MarkedRow[]>();
  for (const row of [...world.rows, ...world.house]) {
    for (const mark of marksOf(row)) {
      const [found] = mark.match(MARKS) ?? [];
      if (found === undefined) throw new Error(`${mark} would never be found`);
      index.set(found, [...(index.get(found) ?? []), row]);
    }
  }
  indexes.set(world, index);
  return index;
}
