import type { z } from 'zod';
import { NotFoundError } from '#server/domain/errors.ts';
import type { Tile } from '#server/domain/geometry/tile.ts';
import { InvalidRequestError } from '#server/http/request-errors.ts';
import type { RequestFault } from '#server/http/request-errors.ts';
import { parseQueryString } from '#server/http/query-string.ts';
import { parameterFaults, WITH_INPUT } from '#server/http/schema-faults.ts';
import type { TileFilters } from './tile-filters.ts';
import { findLayer, TILE_LAYERS } from './tile-layers.ts';
import type { FilterName, LayerId, TileLayer } from './tile-layers.ts';
import { tileFilters } from './tiles.contract.ts';

type Query = Partial<z.output<typeof tileFilters>>;

/** The parameters of each layer; `v` is for tiles only. */
const SCHEMAS: ReadonlyMap<LayerId, z.ZodType<Query>> = new Map(
  TILE_LAYERS.map(({ id, filters }) => [id, onlyThese(filters)] as const),
);

function onlyThese(filters: readonly FilterName[]): z.ZodType<Query> {
  const mask = Object.fromEntries([...filters, 'v'].map((name) => [name, true]));
  return tileFilters.pick(mask as Record<keyof typeof tileFilters.shape, true>);
}

export type TileAddress = {
  readonly layer: TileLayer;
  readonly tile: Tile;
  readonly filters: TileFilters;
  /** Version the caller expects. */
  readonly expected: string | null;
};

export type AddressParts = Readonly<Record<'layer' | 'z' | 'x' | 'y', string>>;

/** Throws InvalidRequestError with all faults at once; NotFoundError for a layer or zoom that there is not. */
export function readTileAddress(parts: AddressParts, url: string): TileAddress {
  const layer = findLayer(parts.layer);
  const tile = { z: wholeNumber(parts.z), x: wholeNumber(parts.x), y: wholeNumber(parts.y) };
  const query = layer === null ? { data: {}, faults: [] } : readQuery(layer, url);
  refuse([...placeFaults(tile), ...query.faults]);
  if (layer === null) throw new NotFoundError('tile layer', parts.layer);
  if (tile.z < layer.minzoom || tile.z > layer.maxzoom) {
    throw new NotFoundError('zoom of this tile layer', parts.z, {
      zh: `图层 ${layer.id} 的级别为 ${layer.minzoom} 至 ${layer.maxzoom}。`,
      en: `The layer ${layer.id} has zooms from ${layer.minzoom} to ${layer.maxzoom}.`,
    });
  }
  return { layer, tile, filters: toFilters(query.data), expected: query.data.v ?? null };
}

/** Throws InvalidRequestError with all faults at once; NotFoundError for a layer that there is not. */
export function readTileJsonAddress(
  id: string,
  url: string,
): Pick<TileAddress, 'layer' | 'filters'> {
  const layer = findLayer(id);
  if (layer === null) throw new NotFoundError('tile layer', id);
  const { data, faults } = readQuery(layer, url);
  refuse([...faults, ...(data.v === undefined ? [] : [{ parameter: 'v', detail: NO_VERSION }])]);
  return { layer, filters: toFilters(data) };
}

const NO_VERSION = { zh: '只有瓦片带版本。', en: 'Only tiles take a version' };
const NO_NUMBER = { zh: '应为从 0 起的整数。', en: 'Must be a whole number from 0' };
const TILE_FAULTS = {
  zh: '瓦片的地址有误，逐一列在 errors 中。',
  en: 'The address of a tile has faults; “errors” names each.',
};

function refuse(faults: readonly RequestFault[]): void {
  if (faults.length === 0) return;
  throw new InvalidRequestError(TILE_FAULTS, faults);
}

/** One spelling for one number, so that a tile has one address. NaN for anything else. */
function wholeNumber(text: string): number {
  return /^(?:0|[1-9]\d{0,8})$/.test(text) ? Number(text) : Number.NaN;
}

function placeFaults({ z, x, y }: Tile): RequestFault[] {
  const faults: RequestFault[] = [];
  for (const [parameter, value] of Object.entries({ z, x, y })) {
    if (Number.isNaN(value)) faults.push({ parameter, detail: NO_NUMBER });
  }
  const last = 2 ** z - 1;
  for (const [parameter, value] of Object.entries({ x, y })) {
    if (value > last) {
      const detail = {
        zh: `第 ${z} 级最大为 ${last}。`,
        en: `Must be at most ${last} at zoom ${z}`,
      };
      faults.push({ parameter, detail });
    }
  }
  return faults;
}

function readQuery(
  layer: TileLayer,
  url: string,
): { data: Query; faults: readonly RequestFault[] } {
  const { values, faults } = parseQueryString(url);
  const parsed = SCHEMAS.get(layer.id)?.safeParse({ ...values }, WITH_INPUT);
  if (parsed === undefined) throw new Error(`${layer.id} has no parameters`);
  if (parsed.success) return { data: parsed.data, faults };
  const told = new Set(faults.map(({ parameter }) => parameter));
  const found = parameterFaults(parsed.error, layer.filters);
  return {
    data: {},
    faults: [...faults, ...found.filter(({ parameter }) => !told.has(parameter))],
  };
}

function toFilters(query: Query): TileFilters {
  return {
    levels: query.level ?? null,
    dynamicLevels: query.dynamic ?? null,
    states: query.state ?? null,
    fields: query.field ?? null,
    region: query.region ?? null,
    depth: query.depth ?? null,
    rule: query.rule ?? null,
    basis: query.basis ?? 'current',
    colour: query.colour ?? 'assessed',
  };
}
