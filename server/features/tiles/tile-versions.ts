import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Database } from '#server/db/open-database.ts';
import { inScope, isPublicScope, scopeKey, SYSTEM } from '#server/db/scope.ts';
import type { Bbox } from '#server/domain/geometry/bbox.ts';
import { MAX_MERCATOR_LAT } from '#server/domain/geometry/tile.ts';
import type { CityVersion } from '#server/domain/tile-version.ts';
import type { TileFilters } from './tile-filters.ts';
import type { LayerId } from './tile-layers.ts';
import { readBirth, readCityBounds, readVersions } from './tile-versions.store.ts';
import type { VersionsRead } from './tile-versions.store.ts';

/** Counted up with every change of what tiles hold or how: browsers keep versioned tiles for a year. */
const TILE_REVISION = 1;

/** City code of rows outside every city. */
const OUTSIDE = '000000';

export const WORLD: Bbox = [-180, -MAX_MERCATOR_LAT, 180, MAX_MERCATOR_LAT];

/** The versions at one moment. */
export type VersionTable = {
  /** Hash of what the caller may see, of the database and of the form of the tiles. */
  readonly scope: string;
  /** What makes up the version of a layer's tiles: each city's own, and where it matters. */
  readonly cities: (layer: LayerId, filters: TileFilters) => readonly CityVersion[];
  /** Box round everything the layer can hold, EPSG:4326. */
  readonly bounds: (layer: LayerId) => Bbox;
};

export type VersionReader = {
  /** The versions as they are now; calls made while one reading waits to begin share it. */
  readonly now: () => Promise<VersionTable>;
  /** What `within` needs from outside its transaction; cheap when done once. */
  readonly ready: () => Promise<void>;
  /** The versions of a transaction's own snapshot. Only after `ready`. */
  readonly within: (trx: Knex.Transaction) => Promise<VersionTable>;
};

export function createVersionReader(database: Pick<Database, 'read' | 'asOwner'>): VersionReader {
  let birth: string | null = null;
  let known: { readonly borders: string; readonly bounds: ReadonlyMap<string, Bbox> } | null = null;

  const ready = async (): Promise<void> => {
    birth ??= await database.asOwner(readBirth);
  };
  const read = async (trx: Knex.Transaction): Promise<SharedTable> => {
    if (birth === null) throw new Error('The versions are not ready');
    const found = await readVersions(trx);
    // Boxes of large borders are not measured anew for each tile.
    const bounds = known?.borders === found.borders ? known.bounds : await readCityBounds(trx);
    known = { borders: found.borders, bounds };
    return versionTable(found, bounds);
  };
  // What is shared is the same for all; the service reads it for whoever asks.
  const current = shared(async () => {
    await ready();
    return inScope(SYSTEM, () => database.read(read));
  });
  // Tiles of different callers must never meet in a cache: a short hash could be made to collide.
  const scope = (): string =>
    createHash('sha256')
      .update(`${scopeKey()};${birth};${TILE_REVISION}`)
      .digest('base64url')
      .slice(0, 22);
  const ofCaller = ({ cities, bounds }: SharedTable): VersionTable => {
    const isPublic = isPublicScope();
    return {
      scope: scope(),
      // Figures for everyone do not follow the register.
      cities: (layer, filters) =>
        cities(layer === 'regions' && isPublic ? 'published' : layer, filters),
      bounds,
    };
  };
  return {
    now: async () => ofCaller(await current()),
    ready,
    within: async (trx) => ofCaller(await read(trx)),
  };
}

/** What is the same for all callers; `layer` as `data_versions` names it. */
type SharedTable = {
  readonly cities: (layer: string, filters: TileFilters) => readonly CityVersion[];
  readonly bounds: VersionTable['bounds'];
};

/** Work that begins after the call: at most one runs and one waits, and the waiting one serves all later callers. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let waiting: Promise<T> | null = null;
  const start = (): Promise<T> => {
    waiting = null;
    const started = work().finally(() => {
      if (running === started) running = null;
    });
    running = started;
    return started;
  };
  return () => {
    if (running === null) return start();
    waiting ??= running.then(start, start);
    return waiting;
  };
}

function versionTable({ versions }: VersionsRead, bounds: ReadonlyMap<string, Bbox>): SharedTable {
  // Of the layer alone: whoever reads the versions as nobody sees no others, and must count the same.
  const codesOf = (layer: string): readonly string[] => {
    const own = versions.filter(([name]) => name === layer || name === 'base');
    return [...new Set([...bounds.keys(), ...own.map(([, code]) => code), OUTSIDE])].sort();
  };
  // New borders can change what a region filter means, so they count in every layer.
  const versionOf = (layer: string, code: string): number =>
    versions
      .filter(([name, city]) => city === code && (name === layer || name === 'base'))
      .reduce((sum, [, , version]) => sum + version, 0);
  return {
    cities: (layer, { depth }) =>
      codesOf(layer).map((code) => ({
        code,
        version: versionOf(layer, code),
        // A province's counts change with any of its cities, wherever the tile is.
        bounds: depth === 'province' ? WORLD : (bounds.get(code) ?? WORLD),
      })),
    bounds: (layer) => {
      const hasOutside = versions.some(([name, code]) => name === layer && code === OUTSIDE);
      return layer !== 'regions' && hasOutside ? WORLD : union([...bounds.values()]);
    },
  };
}

function union(boxes: readonly Bbox[]): Bbox {
  if (boxes.length === 0) return WORLD;
  const edge = (index: 0 | 1 | 2 | 3) => boxes.map((box) => box[index]);
  return [Math.min(...edge(0)), Math.min(...edge(1)), Math.max(...edge(2)), Math.max(...edge(3))];
}
