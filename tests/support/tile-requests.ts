import type { Response } from 'supertest';
import { tileAt } from '#server/domain/geometry/tile.ts';
import { tileVersion } from '#server/domain/tile-version.ts';
import type { TileFilters } from '#server/features/tiles/tile-filters.ts';
import { tileJson } from '#server/features/tiles/tiles.contract.ts';
import type { TileJson } from '#server/features/tiles/tiles.contract.ts';
import { decodeTile } from './decode-tile.ts';
import type { DecodedTile } from './decode-tile.ts';
import type { TestApp } from './test-app.ts';

export const NO_FILTERS: TileFilters = {
  levels: null,
  dynamicLevels: null,
  states: null,
  fields: null,
  region: null,
  depth: null,
  rule: null,
  basis: 'current',
  colour: 'assessed',
};

type Done = (error: Error | null, body: Buffer) => void;

function binary(res: Response, done: Done): void {
  const chunks: Buffer[] = [];
  const stream = res as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}

/** `z/x/y.mvt` of the tile that holds a place, degrees. */
export function tilePath(lon: number, lat: number, z: number): string {
  const { x, y } = tileAt([lon, lat], z);
  return `${z}/${x}/${y}.mvt`;
}

/** A tile as bytes, whatever it holds. */
export function getTile(app: TestApp, path: string, headers: Record<string, string> = {}) {
  return app.agent
    .get(`/tiles/${path}`)
    .set(headers)
    .buffer(true)
    .parse(binary as never);
}

export function decoded(res: Response): DecodedTile {
  return decodeTile(res.body as Buffer);
}

/** The TileJSON of a layer, held against the contract. */
export async function getTileJson(app: TestApp, layer: string, query = ''): Promise<TileJson> {
  const res = await app.agent.get(`/tiles/${layer}.json${query}`).expect(200);
  return tileJson.strict().parse(res.body);
}

/** The version that a client would ask the tile of a place with. */
export async function versionAt(
  app: TestApp,
  layer: string,
  [lon, lat, z]: readonly [number, number, number],
): Promise<string> {
  const { scope, cities } = await getTileJson(app, layer);
  const known = cities.map((city) => ({ ...city, bounds: city.bounds as never }));
  return tileVersion(scope, known, tileAt([lon, lat], z));
}
