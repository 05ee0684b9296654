import type { CoordinateForm } from '#server/domain/crs/coordinate-stats.ts';
import { parseCoordinate, parseCoordinatePair } from '#server/domain/crs/parse-coordinate.ts';
import type { CoordinateAxis } from '#server/domain/crs/parse-coordinate.ts';
import type { MappedColumn } from '#server/domain/import/map-columns.ts';

/** The two numbers of a row as the file has them, and what the row says of their system. */
export type RowCoordinate = {
  readonly x: number;
  readonly y: number;
  readonly form: CoordinateForm;
  readonly declared: string;
};

type Row = { readonly cells: readonly (string | null)[]; readonly geometry?: unknown };

/** Reads the coordinates of rows for a first look at the whole file; what cannot be read is left to the judge. */
export function coordinateReader(
  columns: readonly Pick<MappedColumn, 'field'>[],
): (row: Row) => RowCoordinate | null {
  const at = (field: string): number => columns.findIndex((column) => column.field === field);
  const places = { lon: at('lon'), lat: at('lat'), pair: at('position'), crs: at('crs') };
  const cell = ({ cells }: Row, index: number): string => (index < 0 ? '' : (cells[index] ?? ''));
  return (row) => {
    const declared = cell(row, places.crs);
    const vertex = firstVertex(row.geometry);
    if (vertex) return { x: vertex[0], y: vertex[1], form: 'decimal', declared };
    const pair = parseCoordinatePair(cell(row, places.pair));
    if (pair) return { x: pair.lon, y: pair.lat, form: 'decimal', declared };
    const x = number(cell(row, places.lon), ['lon', 'x']);
    const y = number(cell(row, places.lat), ['lat', 'y']);
    return x && y && { x: x.value, y: y.value, form: x.form, declared };
  };
}

/** Degrees, or else metres, which may have thousands separators. */
function number(text: string, axes: readonly CoordinateAxis[]) {
  for (const axis of axes) {
    const read = parseCoordinate(text, axis);
    if (!('problem' in read)) return read;
  }
  return null;
}

/** First [x, y] of a GeoJSON geometry that the file reader has checked. */
function firstVertex(geometry: unknown): readonly [number, number] | null {
  if (typeof geometry !== 'object' || geometry === null || !('coordinates' in geometry))
    return null;
  let part: unknown = geometry.coordinates;
  while (Array.isArray(part) && Array.isArray(part[0])) part = part[0];
  if (!Array.isArray(part)) return null;
  const [x, y]: unknown[] = part;
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : null;
}
