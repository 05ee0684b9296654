import type { Knex } from 'knex';
import type { StateRow } from './point-states.ts';

const ZOOMS = [0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** Web Mercator tile of a place, with its offset in 1/1024 of the tile. */
function cellOf(lon: number, lat: number, z: number) {
  const fx = ((lon + 180) / 360) * 2 ** z;
  const radians = (lat * Math.PI) / 180;
  const fy = ((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z;
  const [x, y] = [Math.floor(fx), Math.floor(fy)];
  return { x, y, dx: Math.floor((fx - x) * 1024), dy: Math.floor((fy - y) * 1024) };
}

/** The cube over these rows, by key: counts and offset sums in the order of COLUMNS. */
export function cellsOf(rows: Iterable<StateRow>): Map<string, number[]> {
  const cells = new Map<string, number[]>();
  for (const row of rows) {
    for (const z of ZOOMS) {
      const { x, y, dx, dy } = cellOf(row.lon, row.lat, z);
      const key = [
        z,
        x,
        y,
        row.basis,
        row.city_code,
        row.region,
        row.jurisdiction_id ?? '',
        row.fields,
        row.lifecycle,
      ].join('|');
      const is = (truth: boolean): number => (truth ? 1 : 0);
      const values = [
        1,
        ...[1, 2, 3, 4].map((level) => is(row.level === level)),
        ...[1, 2, 3, 4].map((level) => is(row.dynamic_level === level)),
        is(row.dynamic_level === null && row.state === 'not_assessed'),
        is(row.dynamic_level === null && row.state === 'expired'),
        is(row.state === 'not_assessed'),
        is(row.state === 'expired'),
        is(row.state === 'not_applicable'),
        ...[dx, dy, dx * dx, dy * dy],
      ];
      const sums = cells.get(key) ?? values.map(() => 0);
      cells.set(
        key,
        sums.map((sum, index) => sum + (values[index] ?? 0)),
      );
    }
  }
  return cells;
}

/** The cube as the database has it, in the same form. */
export async function storedCells(trx: Knex.Transaction): Promise<Map<string, number[]>> {
  const columns =
    `n n1 n2 n3 n4 d1 d2 d3 d4 u_not_assessed u_expired n_not_assessed n_expired n_not_applicable
    sum_dx sum_dy sum_dxx sum_dyy`.split(/\s+/);
  const rows = await trx('summary_cells').select<Record<string, unknown>[]>('*');
  return new Map(
    rows.map((row) => {
      const none = row['jurisdiction_id'] === '00000000-0000-0000-0000-000000000000';
      const key = [
        row['z'],
        row['x'],
        row['y'],
        row['basis'],
        row['city_code'],
        row['region'],
        none ? '' : row['jurisdiction_id'],
        row['fields'],
        row['lifecycle'],
      ].join('|');
      return [key, columns.map((column) => Number(row[column]))];
    }),
  );
}
