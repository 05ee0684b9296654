import type { Request, RequestHandler, Response } from 'express';
import { authorise, inCallersName } from '#server/http/callers.ts';
import { InvalidRequestError } from '#server/http/request-errors.ts';
import { unpacked } from './gzip-bytes.ts';
import { filterQuery } from './tile-filters.ts';
import type { TileFilters } from './tile-filters.ts';
import type { TileLayer } from './tile-layers.ts';
import { readTileAddress, readTileJsonAddress } from './tile-request.ts';
import { unpublishedFilters } from './told-regions.ts';
import type { TileAddress } from './tile-request.ts';
import type { TileJson } from './tiles.contract.ts';
import { tileKey, versionOf } from './tiles.service.ts';
import type { TileAsked, TileMade, TilesService } from './tiles.service.ts';

type Options = { readonly publicUrl: string };

const TILE = /^\/tiles\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)\.mvt$/;
const TILE_JSON = /^\/tiles\/([^/]+)\.json$/;
const MEDIA_TYPE = 'application/vnd.mapbox-vector-tile';

/**
 * Tiles and their TileJSON. Stands before the heavy middleware and reads the address itself: an unchanged tile is
 * answered without any other work. Anything that is not a tile goes on to the next handler.
 */
export function tileHandler(tiles: TilesService, { publicUrl }: Options): RequestHandler {
  return (req, res, next) => {
    const answer = answerOf(req, res, tiles, publicUrl);
    if (answer === null) return next();
    answer.catch((error: unknown) => {
      // Whoever asked is gone; nobody is left to tell.
      if (!res.destroyed) next(error);
    });
  };
}

function answerOf(
  req: Request,
  res: Response,
  tiles: TilesService,
  publicUrl: string,
): Promise<void> | null {
  if (!req.url.startsWith('/tiles/') || (req.method !== 'GET' && req.method !== 'HEAD'))
    return null;
  const [, layer, z, x, y] = TILE.exec(req.path) ?? [];
  if (layer !== undefined && z !== undefined && x !== undefined && y !== undefined) {
    return sendTile(req, res, tiles, () => readTileAddress({ layer, z, x, y }, req.url));
  }
  const [, id] = TILE_JSON.exec(req.path) ?? [];
  return id === undefined ? null : sendTileJson(req, res, tiles, { id, publicUrl });
}

async function sendTile(
  req: Request,
  res: Response,
  tiles: TilesService,
  read: () => TileAddress,
): Promise<void> {
  const { layer, expected, ...place } = read();
  const caller = await authorise(req, res, layer.access);
  if (caller === null) refuseUnpublished(layer, place.filters);
  if (sameForAll(layer)) forShared(res);
  const send = () => sendAsked(req, res, tiles, { ...place, layer: layer.id, expected });
  return inCallersName(req, sameForAll(layer) ? null : caller, layer.access, send);
}

/** What everybody may see is made once, whoever asks first. */
function sameForAll({ access }: TileLayer): boolean {
  return access.tier === 'public';
}

/** Throws InvalidRequestError: whoever is not signed in sees one view, the one that was released. */
function refuseUnpublished({ access }: TileLayer, filters: TileFilters): void {
  const names = access.hasPublicView ? unpublishedFilters(filters) : [];
  if (names.length === 0) return;
  const faults = names.map((parameter) => ({ parameter, detail: ONE_VIEW }));
  throw new InvalidRequestError(ONE_VIEW, faults);
}

const ONE_VIEW = {
  zh: '未登录时只能查看已公布的图：加权法、现状、不筛选。',
  en: 'Without signing in there is only the published view: weighted, current, unfiltered.',
};

/** Caches between here and the browser may keep it for others. */
function forShared(res: Response): void {
  res.removeHeader('Cache-Control');
  res.removeHeader('Vary');
}

async function sendAsked(
  req: Request,
  res: Response,
  tiles: TilesService,
  { expected, ...asked }: TileAsked & { readonly expected: string | null },
): Promise<void> {
  const isGzip = req.acceptsEncodings('gzip', 'identity') === 'gzip';
  const current = versionOf(await tiles.versions(), asked);
  const tag = etag(tileKey(asked, current), isGzip);
  if (holds(req.headers['if-none-match'], tag)) {
    setHeaders(res, tag, current === expected);
    res.writeHead(304).end();
    return;
  }
  const made = await tiles.tile(asked, current, goneSignal(res));
  setHeaders(res, etag(tileKey(asked, made.version), isGzip), made.version === expected);
  await sendBody(req, res, made, isGzip);
}

/** Strong, so one for each encoding. */
function etag(key: string, isGzip: boolean): string {
  return `"${key}${isGzip ? '/gz' : ''}"`;
}

/** Weak comparison, as RFC 9110 §13.1.2 wants it. */
function holds(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return [...header.matchAll(/"[^"]*"/g)].some(([known]) => known === tag);
}

/** Only the very version that was asked for may be kept: its address never means anything else. */
function setHeaders(res: Response, tag: string, isExact: boolean): void {
  res.setHeader('ETag', tag);
  const whose = res.getHeader('Cache-Control') === undefined ? 'public' : 'private';
  res.setHeader(
    'Cache-Control',
    `${whose}, ${isExact ? 'max-age=31536000, immutable' : 'no-cache'}`,
  );
  res.vary('Accept-Encoding');
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
}

async function sendBody(
  req: Request,
  res: Response,
  { gzipped }: TileMade,
  isGzip: boolean,
): Promise<void> {
  if (gzipped === null) {
    res.writeHead(204).end();
    return;
  }
  const body = isGzip ? gzipped : await unpacked(gzipped);
  if (isGzip) res.setHeader('Content-Encoding', 'gzip');
  res.writeHead(200, { 'Content-Type': MEDIA_TYPE, 'Content-Length': body.length });
  res.end(req.method === 'HEAD' ? undefined : body);
}

function goneSignal(res: Response): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => controller.abort());
  return controller.signal;
}

type JsonAsked = { readonly id: string; readonly publicUrl: string };

async function sendTileJson(
  req: Request,
  res: Response,
  tiles: TilesService,
  { id, publicUrl }: JsonAsked,
): Promise<void> {
  const { layer, filters } = readTileJsonAddress(id, req.url);
  const caller = await authorise(req, res, layer.access);
  if (caller === null) refuseUnpublished(layer, filters);
  const asked = sameForAll(layer) ? null : caller;
  const table = await inCallersName(req, asked, layer.access, () => tiles.versions());
  const json: TileJson = {
    tilejson: '3.0.0',
    name: layer.id,
    tiles: [tileAddress(publicUrl, layer, filters)],
    minzoom: layer.minzoom,
    maxzoom: layer.maxzoom,
    bounds: [...table.bounds(layer.id)],
    attribution: layer.attribution,
    vector_layers: layer.inside.map((inside) => ({ ...inside, fields: { ...inside.fields } })),
    scope: table.scope,
    cities: table.cities(layer.id, filters).map((city) => ({ ...city, bounds: [...city.bounds] })),
  };
  res.setHeader('Cache-Control', caller === null ? 'no-cache' : 'private, no-cache');
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  res.type('application/json').send(Buffer.from(JSON.stringify(json)));
}

function tileAddress(publicUrl: string, { id }: TileLayer, filters: TileFilters): string {
  const query = filterQuery(filters);
  return `${publicUrl}/tiles/${id}/{z}/{x}/{y}.mvt${query === '' ? '' : `?${query}`}`;
}
