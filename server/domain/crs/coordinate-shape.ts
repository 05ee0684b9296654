import { MERCATOR_HALF_METRES } from '../geometry/tile.ts';

import { isDegreeLike } from './reading.ts';

/**
 * What two numbers look like by their size alone, inside China: `gkPlain` a Gauss–Krüger easting of six digits,
 * `gkPrefixed` one that begins with its zone's number. Web Mercator and the 6° zones 13 to 15 overlap.
 */
export const SHAPES = [
  'degrees',
  'gkPlain',
  'gkPrefixed',
  'webMercator',
  'webMercatorOrPrefixed',
  'otherMetres',
] as const;

export type Shape = (typeof SHAPES)[number];

/** `swapped`: latitude or northing stands in the longitude column; `either`: the sizes do not tell. */
export const ORIENTATIONS = ['normal', 'swapped', 'either'] as const;

export type Orientation = (typeof ORIENTATIONS)[number];

/** Shapes that no file mixes: `gkPrefixed` and Web Mercator are told apart over the whole file. */
export type ShapeFamily = 'degrees' | 'plain' | 'long' | 'other';

export const SHAPE_FAMILY: Readonly<Record<Shape, ShapeFamily>> = {
  degrees: 'degrees',
  gkPlain: 'plain',
  gkPrefixed: 'long',
  webMercator: 'long',
  webMercatorOrPrefixed: 'long',
  otherMetres: 'other',
};

export type CoordinateShape =
  | 'notNumber'
  | 'zero'
  | 'outOfRange'
  | { readonly shape: Shape; readonly orientation: Orientation };

/** A test of [easting, northing] by rough rectangles, metres, without a conversion: it runs for every row of a file. */
type Test = (east: number, north: number) => boolean;

const isGkNorthing = (north: number) => north >= 300_000 && north <= 6_100_000;
const isInZone = (east: number) => east >= 100_000 && east <= 900_000;

const isPlain: Test = (east, north) => isInZone(east) && isGkNorthing(north);

const isPrefixed: Test = (east, north) => {
  const zone = Math.floor(east / 1_000_000);
  const isZone = (zone >= 13 && zone <= 23) || (zone >= 25 && zone <= 45);
  return isZone && isInZone(east % 1_000_000) && isGkNorthing(north);
};

/** 73°–136° E, 3°–54° N. */
const isMercator: Test = (east, north) =>
  east >= 8_126_000 && east <= 15_140_000 && north >= 334_000 && north <= 7_171_000;

/** Sorts the two numbers of one row: x from the longitude column, y from the latitude column. */
export function coordinateShape(x: number, y: number): CoordinateShape {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return 'notNumber';
  if (x === 0 || y === 0) return 'zero';
  if (isDegreeLike(x, y)) return { shape: 'degrees', orientation: degreeOrientation(x, y) };
  const plain = orientationOf(isPlain, x, y);
  if (plain) return { shape: 'gkPlain', orientation: plain };
  const prefixed = orientationOf(isPrefixed, x, y);
  const mercator = orientationOf(isMercator, x, y);
  if (prefixed && mercator) return { shape: 'webMercatorOrPrefixed', orientation: mercator };
  if (prefixed) return { shape: 'gkPrefixed', orientation: prefixed };
  if (mercator) return { shape: 'webMercator', orientation: mercator };
  const [low, high] = [Math.min(Math.abs(x), Math.abs(y)), Math.max(Math.abs(x), Math.abs(y))];
  if (low <= 180 || high > MERCATOR_HALF_METRES) return 'outOfRange';
  return { shape: 'otherMetres', orientation: 'either' };
}

function degreeOrientation(x: number, y: number): Orientation {
  if (Math.abs(x) > 90) return 'normal';
  return Math.abs(y) > 90 ? 'swapped' : 'either';
}

function orientationOf(test: Test, x: number, y: number): Orientation | null {
  const [normal, swapped] = [test(x, y), test(y, x)];
  if (normal && swapped) return 'either';
  if (normal) return 'normal';
  return swapped ? 'swapped' : null;
}
