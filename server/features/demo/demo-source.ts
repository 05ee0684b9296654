import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { DemoInput } from './demo-input.ts';

const position = z.tuple([z.number(), z.number()]);
const cities = z.object({
  features: z.array(
    z.object({
      properties: z.object({ code: z.string(), name_zh: z.string(), name_en: z.string() }),
      geometry: z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)) }),
    }),
  ),
});

/** The shipped boundaries and places that the demonstration set is made on. */
export type DemoSource = Pick<DemoInput, 'cities' | 'places'> & {
  readonly provinceFile: unknown;
  readonly cityFile: unknown;
};

/** `folder` is the project's data folder. */
export async function readDemoSource(folder: string): Promise<DemoSource> {
  const read = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');
  const provinceFile: unknown = JSON.parse(await read('regions/jilin-province.geojson'));
  const cityFile: unknown = JSON.parse(await read('regions/jilin-cities.geojson'));
  const rows = parse(await read('base/places.csv'), { columns: true }) as readonly Record<
    string,
    string
  >[];
  return {
    provinceFile,
    cityFile,
    cities: cities.parse(cityFile).features.map(({ properties, geometry }) => ({
      code: properties.code,
      names: { zh: properties.name_zh, en: properties.name_en },
      rings: geometry.coordinates,
    })),
    places: rows.map((row) => ({
      names: { zh: row['name_zh'] ?? '', en: row['name_en'] ?? '' },
      position: [Number(row['lon']), Number(row['lat'])],
      population: Number(row['population']),
      rank: Number(row['rank']),
      cityCode: row['city_code'] ?? '',
    })),
  };
}
