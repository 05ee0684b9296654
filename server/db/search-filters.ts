import type { Knex } from 'knex';
import { openRegions } from './scope.ts';

type Filter = (query: Knex.QueryBuilder) => void;

/** EPSG:4326, lon lat. The envelope of two corners is a point or a line where the box has no area. */
const BOX = 'ST_SetSRID(ST_Envelope(ST_Collect(ST_MakePoint(?, ?), ST_MakePoint(?, ?))), 4326)';

/** `city_code` of rows that lie in no city, see the migration `register`. */
const OUTSIDE = '000000';

/**
 * Rows whose geometry (EPSG:4326, indexed) meets one of the boxes (west ≤ east). The index compares boxes rounded to
 * single precision, so the exact test follows.
 */
export function meetsAnyBox(
  column: string,
  boxes: readonly (readonly [west: number, south: number, east: number, north: number])[],
): Filter {
  const clause = boxes.map(() => `(?? && ${BOX} AND ST_Intersects(??, ${BOX}))`).join(' OR ');
  const bindings = boxes.flatMap((box) => [column, ...box, column, ...box]);
  return (query) => void query.whereRaw(`(${clause})`, bindings);
}

/** Rows whose region is the given one or lies below it; for `000000` those that lie in no city. */
export function inRegion(column: string, cityColumn: string, code: string): Filter {
  if (code === OUTSIDE) return (query) => void query.where(cityColumn, OUTSIDE);
  const below = '?? IN (SELECT below.code FROM regions below WHERE below.path @> ?::text[])';
  return (query) => void query.whereRaw(below, [column, [code]]);
}

/** Rows of the caller's own regions, where the scope is nothing but regions: no others are seen with it or without. */
export function inOpenRegions(column: string, cityColumn: string): Filter {
  const codes = openRegions();
  if (codes === null) return () => undefined;
  return (query) =>
    void query.whereRaw('(?? = ANY (?::text[]) OR ?? = ANY (?::text[]))', [
      cityColumn,
      [...codes],
      column,
      [...codes],
    ]);
}

/** Rows with any of the fields. */
export function hasAnyField(column: string, fields: readonly string[]): Filter {
  return (query) => void query.whereRaw('?? && ?::text[]', [column, [...fields]]);
}

/** Rows where one of the columns holds the text, whatever its letter case. `%`, `_` and `\` stand for themselves. */
export function holdsText(columns: readonly string[], text: string): Filter {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return (query) =>
    void query.where((any) => {
      for (const column of columns) void any.orWhereILike(column, pattern);
    });
}
