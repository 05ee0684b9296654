import { gunzipSync } from 'node:zlib';
import { migrations } from '#migrations/index.ts';
import type { Database } from './db/open-database.ts';
import { inScope, SYSTEM } from './db/scope.ts';
import { readRegister } from './features/about/about.store.ts';
import type { ReadyCheck } from './features/health/health.routes.ts';
import { listAppliedMigrations } from './features/health/health.store.ts';
import { knownTilesHold } from './features/health/known-tile.ts';
import { readTileAddress } from './features/tiles/tile-request.ts';
import { versionOf } from './features/tiles/tiles.service.ts';
import type { TilesService } from './features/tiles/tiles.service.ts';

/** What must hold before this server can answer requests. */
export function readyChecks(db: Database, tiles: TilesService): readonly ReadyCheck[] {
  const last = migrations.at(-1)?.name;
  return [
    {
      names: { zh: '数据库与迁移', en: 'database and migrations' },
      passes: async () => (await db.asOwner(listAppliedMigrations)).at(-1) === last,
    },
    {
      names: { zh: '瓦片', en: 'tiles' },
      passes: () =>
        inScope(SYSTEM, () =>
          knownTilesHold({
            roots: async () => (await db.read(readRegister)).roots,
            worldTile: (layer) => worldTile(tiles, layer),
          }),
        ),
    },
  ];
}

async function worldTile(tiles: TilesService, layer: 'base' | 'regions'): Promise<Buffer | null> {
  const query = layer === 'regions' ? '?depth=province' : '';
  const parts = { layer, z: '0', x: '0', y: '0' };
  const { tile, filters } = readTileAddress(parts, `/tiles/${query}`);
  const asked = { layer, tile, filters };
  const version = versionOf(await tiles.versions(), asked);
  const { gzipped } = await tiles.tile(asked, version, new AbortController().signal);
  return gzipped === null ? null : gunzipSync(gzipped);
}
