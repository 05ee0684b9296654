import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Database } from '../../db/open-database.ts';
import { seedBaseMap } from '../../features/base-map/seed-base-map.ts';
import { importRegions } from '../../features/regions/import-regions.ts';
import { regionSummaries } from '../../features/regions/regions.service.ts';
import { TILE_LAYERS } from '../../features/tiles/tile-layers.ts';
import { createTilesService } from '../../features/tiles/tiles.service.ts';
import { dataFolder } from '../../seed.ts';
import { UsageError } from '../command.ts';
import type { Command, CommandInput } from '../command.ts';
import {
  addPoints,
  analyse,
  addSubjects,
  pickPlaces,
  placeClusters,
  tableSizes,
} from './bench-points.store.ts';
import { measureTiles } from './measure-tiles.ts';
import type { Measured } from './measure-tiles.ts';
import { withScratchDatabase } from './scratch-database.ts';

const USAGE = 'bench [--points N]';

const DEFAULT_POINTS: Readonly<Record<Database['engine'], number>> = {
  embedded: 200_000,
  postgres: 1_000_000,
};
const CLUSTERS = 400;
const CHUNK = 10_000;
const PLACES = 2_000;
const ZOOMS = [4, 7, 10, 13];

export const benchCommand: Command = {
  words: ['bench'],
  usage: USAGE,
  what: 'Fills a scratch database with invented points and times cold tiles; on DATABASE_URL when it is set.',
  run: runBench,
};

/** Prints a Markdown table: p50 and p95 of a cold tile by layer and zoom. */
export async function runBench({ args, config, log, say }: CommandInput): Promise<void> {
  const wanted = readPoints(args);
  await withScratchDatabase(config, log, async (db) => {
    const points = wanted ?? DEFAULT_POINTS[db.engine];
    const { serverVersion, postgisVersion } = db.capabilities;
    say(`engine: ${db.engine}, PostgreSQL ${serverVersion}, PostGIS ${postgisVersion}`);
    const began = performance.now();
    await fill(db, points);
    const { points: made, cells } = await db.asOwner(tableSizes);
    const seconds = Math.round((performance.now() - began) / 1000);
    say(
      `${made} risk points on both bases, ${cells} rows of the summary cube, filled in ${seconds} s`,
    );
    say('\n| layer | zoom | tiles | p50 | p95 | largest (gzip) |\n|---|--:|--:|--:|--:|--:|');
    for (const measured of await measureAll(db)) say(tableRow(measured));
  });
}

async function fill(db: Database, points: number): Promise<void> {
  await db.asOwner(async (trx) => {
    await seedBaseMap(trx, path.join(dataFolder, 'base'));
    for (const depth of ['province', 'city'] as const) {
      const name = depth === 'province' ? 'jilin-province' : 'jilin-cities';
      const file = JSON.parse(
        await readFile(path.join(dataFolder, `regions/${name}.geojson`), 'utf8'),
      ) as unknown;
      const source = { source: 'bench', approvalNumber: null, validFrom: '2020-01-01' };
      await importRegions(trx, { file, depth, ...source });
    }
  });
  const clusters = await db.asOwner((trx) => placeClusters(trx, CLUSTERS));
  for (let from = 1; from <= points; from += CHUNK) {
    const to = Math.min(points, from + CHUNK - 1);
    await db.asOwner((trx) => addPoints(trx, clusters, [from, to]));
  }
  await db.asOwner(addSubjects);
  await db.asOwner(analyse);
}

async function measureAll(db: Database): Promise<readonly Measured[]> {
  const places = await db.read((trx) => pickPlaces(trx, PLACES));
  const service = createTilesService({
    database: db,
    summariseRegions: regionSummaries,
    cacheBytes: 0,
  });
  const measured: Measured[] = [];
  for (const { id, minzoom, maxzoom } of TILE_LAYERS) {
    for (const z of ZOOMS.filter((zoom) => zoom >= minzoom && zoom <= maxzoom)) {
      measured.push(await measureTiles(service, { layer: id, z, places }));
    }
  }
  return measured;
}

function tableRow({ layer, z, tiles, p50Ms, p95Ms, mostBytes }: Measured): string {
  const kilobytes = Math.ceil(mostBytes / 1024);
  return `| ${layer} | ${z} | ${tiles} | ${p50Ms.toFixed(1)} ms | ${p95Ms.toFixed(1)} ms | ${kilobytes} KB |`;
}

function readPoints(args: readonly string[]): number | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { points: { type: 'string' } } });
    if (values.points === undefined) return null;
    if (/^[1-9]\d{0,7}$/.test(values.points)) return Number(values.points);
  } catch {
    // Said below.
  }
  throw new UsageError(`Usage: ${USAGE}`);
}
