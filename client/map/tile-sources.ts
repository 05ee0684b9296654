import type { VectorSourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { RequestTransformFunction } from 'maplibre-gl';
import type { Bbox } from '#server/domain/geometry/bbox.ts';
import { tileVersion } from '#server/domain/tile-version.ts';
import type { CityVersion } from '#server/domain/tile-version.ts';
import { getTileJson } from '#server/features/tiles/tiles.contract.ts';
import type { TileJson } from '#server/features/tiles/tiles.contract.ts';
import { call, seenHeaders } from '#client/api/client.ts';
import type { TileLayerId, TileRequest } from './layer-module.ts';

type Versions = { readonly scope: string; readonly cities: readonly CityVersion[] };

export type TileSources = {
  /** Source of a request as its TileJSON describes it; throws ApiProblem. */
  readonly load: (request: TileRequest) => Promise<VectorSourceSpecification>;
  /** Forgets every TileJSON: after a save its versions are old. */
  readonly forget: () => void;
  /** Appends the version to tile addresses, so that an unchanged tile is never asked for twice. */
  readonly transformRequest: RequestTransformFunction;
};

const TILE_PATH = /\/tiles\/([a-z-]+)\/(\d+)\/(\d+)\/(\d+)\.mvt$/;

/** Keeps the TileJSON of each layer and filter, and the versions of the cities in them. */
export function createTileSources(
  fetchTileJson: (request: TileRequest) => Promise<TileJson> = askTileJson,
  origin: string = window.location.origin,
): TileSources {
  const loaded = new Map<string, Promise<VectorSourceSpecification>>();
  const versions = new Map<string, Versions>();

  const read = async (request: TileRequest): Promise<VectorSourceSpecification> => {
    const json = await fetchTileJson(request);
    versions.set(request.layer, readVersions(json));
    return toSource(json, request, origin);
  };

  return {
    load: (request) => {
      const key = requestKey(request.layer, request.query);
      const known = loaded.get(key);
      if (known !== undefined) return known;
      const pending = read(request);
      loaded.set(key, pending);
      // A failure is not kept: the next look asks again.
      pending.catch(() => loaded.delete(key));
      return pending;
    },
    forget: () => loaded.clear(),
    transformRequest: (url) => {
      const address = new URL(url, origin);
      const match = address.origin === origin ? TILE_PATH.exec(address.pathname) : null;
      const known = versions.get(match?.[1] ?? '');
      if (match === null || known === undefined) return { url };
      const [z, x, y] = match.slice(2).map(Number) as [number, number, number];
      address.searchParams.set('v', tileVersion(known.scope, known.cities, { z, x, y }));
      return { url: address.href, headers: { ...seenHeaders() } };
    },
  };
}

function askTileJson({ layer, query }: TileRequest): Promise<TileJson> {
  return call(getTileJson, { params: { layer }, query });
}

function requestKey(layer: TileLayerId, query: Readonly<Record<string, string>>): string {
  return `${layer}?${new URLSearchParams(query).toString()}`;
}

function readVersions({ scope, cities }: TileJson): Versions {
  return {
    scope,
    cities: cities.map(({ code, bounds, version }) => ({
      code,
      version,
      bounds: bounds as unknown as Bbox,
    })),
  };
}

/** Tiles on our own origin whatever the TileJSON was told its public address is: nothing else may be asked. */
function toSource(json: TileJson, request: TileRequest, origin: string): VectorSourceSpecification {
  return {
    type: 'vector',
    tiles: json.tiles.map((tile) => sameOrigin(tile, origin)),
    minzoom: json.minzoom,
    maxzoom: json.maxzoom,
    ...(json.attribution === '' ? {} : { attribution: json.attribution }),
    ...(request.promoteId === undefined ? {} : { promoteId: { ...request.promoteId } }),
  };
}

/** Only path and query are taken: `{z}` must not be escaped, so the address is cut, not parsed. */
function sameOrigin(tile: string, origin: string): string {
  const path = tile.replace(/^[a-z]+:\/\/[^/]+/i, '');
  return `${origin}${path.startsWith('/') ? '' : '/'}${path}`;
}
