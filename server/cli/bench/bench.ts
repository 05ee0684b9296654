import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import type { Database } from '../../db/open-database.ts';
import { seedBaseMap } from '../../features/base-map/seed-base-map.ts';
import { importRegions } from '../../features/regions/import-regions.ts';
import { regionSummaries } from '../../features/regions/regions.service.ts';
import { toldAreas } from '../../features/publication/publication.service.ts';
import { seedPinyinInitials } from '../../features/search/seed-pinyin-initials.ts';
import { TILE_LAYERS } from '../../features/tiles/tile-layers.ts';
import { createTilesService } from '../../features/tiles/tiles.service.ts';
import type { TilesService } from '../../features/tiles/tiles.service.ts';
import { dataFolder, seedShippedData } from '../../seed.ts';
import { UsageError } from '../command.ts';
import type { Command, CommandInput } from '../command.ts';
import {
  addPoints,
  analyse,
  addSubjects,
  pickCity,
  pickPlaces,
  placeClusters,
  tableSizes,
} from './bench-points.store.ts';
import { measureImports } from './measure-imports.ts';
import { measureScopes } from './measure-scopes.ts';
import type { ScopedTiles } from './measure-scopes.ts';
import { measureSearch } from './measure-search.ts';
import { measureTiles } from './measure-tiles.ts';
import type { Measured } from './measure-tiles.ts';
import { withScratchDatabase } from './scratch-database.ts';

const USAGE = 'bench [--points N] [--rows N] [--only tiles|search|imports]';

const DEFAULT_POINTS: Readonly<Record<Database['engine'], number>> = {
  embedded: 200_000,
  postgres: 1_000_000,
};
/** Of the files that are imported. */
const DEFAULT_ROWS = 100_000;
const CLUSTERS = 400;
const CHUNK = 10_000;
const PLACES = 2_000;
const ZOOMS = [4, 7, 10, 13];

export const benchCommand: Command = {
  words: ['bench'],
  usage: USAGE,
  what: 'Fills a scratch database with invented points and times cold tiles, searches and imports; on DATABASE_URL when it is set.',
  run: runBench,
};

/** Prints Markdown tables: p50 and p95 of a cold tile by layer and zoom and of a search, and the rates of imports. */
export async function runBench({ args, config, log, say }: CommandInput): Promise<void> {
  const { points, rows, only } = readOptions(args);
  if (only !== 'imports') {
    await withScratchDatabase(config, log, async (db) => {
      sayEngine(db, say);
      await measureReads(db, { points: points ?? DEFAULT_POINTS[db.engine], only }, say);
    });
  }
  if (only === null || only === 'imports') {
    await withScratchDatabase(config, log, async (db, scratch) => {
      sayEngine(db, say);
      await seedShippedData(db);
      await db.asOwner(loadBorders);
      const parts = { db, config: scratch, log };
      for (const line of await measureImports(parts, rows ?? DEFAULT_ROWS)) say(line);
    });
  }
}

function sayEngine({ engine, capabilities }: Database, say: CommandInput['say']): void {
  const { serverVersion, postgisVersion } = capabilities;
  say(`engine: ${engine}, PostgreSQL ${serverVersion}, PostGIS ${postgisVersion}`);
}

async function measureReads(
  db: Database,
  { points, only }: { readonly points: number; readonly only: Options['only'] },
  say: CommandInput['say'],
): Promise<void> {
  const began = performance.now();
  await fill(db, points);
  const { points: made, cells } = await db.asOwner(tableSizes);
  const seconds = Math.round((performance.now() - began) / 1000);
  say(
    `${made} risk points on both bases, ${cells} rows of the summary cube, filled in ${seconds} s`,
  );
  if (only !== 'search') {
    say('\n| layer | zoom | tiles | p50 | p95 | largest (gzip) |\n|---|--:|--:|--:|--:|--:|');
    for (const measured of await measureAll(db)) say(tableRow(measured));
    say(SCOPES_HEAD);
    for (const measured of await measureScoped(db)) say(scopesRow(measured));
  }
  if (only !== 'tiles') say(['', ...(await measureSearch(db))].join('\n'));
}

async function loadBorders(trx: Knex.Transaction): Promise<void> {
  for (const depth of ['province', 'city'] as const) {
    const name = depth === 'province' ? 'jilin-province' : 'jilin-cities';
    const file = JSON.parse(
      await readFile(path.join(dataFolder, `regions/${name}.geojson`), 'utf8'),
    ) as unknown;
    const source = { source: 'bench', approvalNumber: null, validFrom: '2020-01-01' };
    await importRegions(trx, { file, depth, ...source });
  }
}

async function fill(db: Database, points: number): Promise<void> {
  await db.asOwner(async (trx) => {
    await seedPinyinInitials(trx, path.join(dataFolder, 'pinyin-initials.csv'));
    await seedBaseMap(trx, path.join(dataFolder, 'base'));
    await loadBorders(trx);
  });
  const clusters = await db.asOwner((trx) => placeClusters(trx, CLUSTERS));
  for (let from = 1; from <= points; from += CHUNK) {
    const to = Math.min(points, from + CHUNK - 1);
    await db.asOwner((trx) => addPoints(trx, clusters, [from, to]));
  }
  await db.asOwner(addSubjects);
  await db.asOwner(analyse);
}

const uncachedTiles = (database: Database): TilesService =>
  createTilesService({ database, summariseRegions: regionSummaries, toldAreas, cacheBytes: 0 });

async function measureAll(db: Database): Promise<readonly Measured[]> {
  const places = await db.read((trx) => pickPlaces(trx, PLACES));
  const service = uncachedTiles(db);
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

const SCOPES_HEAD =
  '\ntiles scoped/unscoped\n| layer | zoom | tiles | everything | one city | one city by fields | two parts |\n|---|--:|--:|--:|--:|--:|--:|';

/** The layers whose rows are about enterprises; the others are the same for all. */
async function measureScoped(db: Database): Promise<readonly ScopedTiles[]> {
  const place = await db.read((trx) => pickCity(trx, PLACES));
  const service = uncachedTiles(db);
  const measured: ScopedTiles[] = [];
  for (const { id, minzoom, maxzoom } of TILE_LAYERS) {
    if (id === 'base') continue;
    for (const z of ZOOMS.filter((zoom) => zoom >= minzoom && zoom <= maxzoom)) {
      measured.push(await measureScopes(service, place, { layer: id, z }));
    }
  }
  return measured;
}

function scopesRow({ layer, z, tiles, wholeMs, ...scoped }: ScopedTiles): string {
  const beside = (ms: number): string => `${ms.toFixed(1)} ms (${(ms / wholeMs).toFixed(2)}×)`;
  const { cityMs, fieldsMs, partsMs } = scoped;
  const times = [cityMs, fieldsMs, partsMs].map(beside).join(' | ');
  return `| ${layer} | ${z} | ${tiles} | ${wholeMs.toFixed(1)} ms | ${times} |`;
}

const PARTS = ['tiles', 'search', 'imports'] as const;

type Options = {
  readonly points: number | null;
  readonly rows: number | null;
  readonly only: (typeof PARTS)[number] | null;
};

function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  try {
    const options = { points: text, rows: text, only: text };
    const { values } = parseArgs({ args: [...args], options });
    const only = PARTS.find((part) => part === values.only) ?? null;
    const [points, rows] = [numberOf(values.points), numberOf(values.rows)];
    const isKnown = values.only === undefined || only !== null;
    if (isKnown && points !== undefined && rows !== undefined) return { points, rows, only };
  } catch {
    // Said below.
  }
  throw new UsageError(`Usage: ${USAGE}`);
}

/** Null where none is given, undefined for what is no number. */
function numberOf(given: string | undefined): number | null | undefined {
  if (given === undefined) return null;
  return /^[1-9]\d{0,7}$/.test(given) ? Number(given) : undefined;
}
