import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Knex } from 'knex';
import { z } from 'zod';
import { parse } from 'csv-parse/sync';
import { loadedChecksum, replaceBaseMap } from './base-map.store.ts';
import type { BaseFeature } from './base-map.store.ts';

const FILES = ['land-coarse.geojson', 'land.geojson', 'rivers.geojson', 'places.csv'] as const;
const SEED = 'base-map';

const collection = z.object({
  features: z.array(
    z.object({
      properties: z.object({
        kind: z.enum(['land', 'river', 'lake']),
        name_zh: z.string().nullish(),
        name_en: z.string().nullish(),
        rank: z.number(),
        min_zoom: z.number(),
        max_zoom: z.number().optional(),
      }),
      geometry: z.unknown(),
    }),
  ),
});

type Draft = Omit<BaseFeature, 'id'>;

/** Loads the shipped base map when it is not there or its files have changed; returns whether it did. */
export async function seedBaseMap(trx: Knex.Transaction, folder: string): Promise<boolean> {
  const contents = await Promise.all(
    FILES.map((file) => readFile(path.join(folder, file), 'utf8')),
  );
  const checksum = createHash('sha256').update(contents.join('\n')).digest('hex');
  if ((await loadedChecksum(trx, SEED)) === checksum) return false;
  const drafts = contents.flatMap((content, index) =>
    FILES[index]?.endsWith('.csv') ? readPlaces(content) : readShapes(content),
  );
  const features = drafts.map((draft, id) => ({ ...draft, id }));
  await replaceBaseMap(trx, features, { name: SEED, checksum });
  return true;
}

function readShapes(content: string): readonly Draft[] {
  return collection.parse(JSON.parse(content)).features.map(({ properties, geometry }) => ({
    kind: properties.kind,
    nameZh: properties.name_zh ?? null,
    nameEn: properties.name_en ?? null,
    rank: properties.rank,
    minZoom: properties.min_zoom,
    maxZoom: properties.max_zoom ?? 24,
    geometry,
  }));
}

function readPlaces(content: string): readonly Draft[] {
  const rows = parse(content, { columns: true }) as readonly Record<string, string>[];
  return rows.map((row) => ({
    kind: 'place',
    nameZh: row['name_zh'] || null,
    nameEn: row['name_en'] || null,
    rank: Number(row['rank']),
    minZoom: Number(row['min_zoom']),
    maxZoom: 24,
    geometry: { type: 'Point', coordinates: [Number(row['lon']), Number(row['lat'])] },
  }));
}
