import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FeatureCollection, Geometry, LineString, Polygon } from 'geojson';

const DATA = fileURLToPath(new URL('../../data/', import.meta.url));

export const readData = (name: string): string => readFileSync(`${DATA}${name}`, 'utf8');

export type RegionProperties = {
  readonly code: string;
  readonly level: string;
  readonly parent: string | null;
  readonly name_zh: string;
  readonly name_en: string;
  readonly label: [number, number];
  readonly source: string;
  readonly approval: string | null;
};

const readFeatures = <G extends Geometry, P>(name: string): FeatureCollection<G, P> =>
  JSON.parse(readData(name)) as FeatureCollection<G, P>;

export const readCities = (): FeatureCollection<Polygon, RegionProperties> =>
  readFeatures('regions/jilin-cities.geojson');

export const readProvince = (): FeatureCollection<Polygon, RegionProperties> =>
  readFeatures('regions/jilin-province.geojson');

export type BaseProperties = {
  readonly kind: string;
  readonly rank: number;
  readonly min_zoom: number;
};

export const readBase = (
  name: string,
): FeatureCollection<Polygon | LineString, BaseProperties> => readFeatures(`base/${name}.geojson`);

export type CsvRow = Readonly<Record<string, string>>;

/** Rows of a CSV whose quoted values hold commas but no quotes or line breaks. */
export function readCsv(name: string): readonly CsvRow[] {
  const [header = '', ...lines] = readData(name).trim().split('\n');
  const columns = header.split(',');
  return lines.map((line) => {
    const cells = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/gu)].map((m) => m[1] ?? m[2]);
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
  });
}
