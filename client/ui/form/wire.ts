import { toWgs84 } from '#server/domain/crs/crs.ts';
import type { DegreeCrs } from '#server/domain/crs/crs.ts';
import { parseCoordinatePair } from '#server/domain/crs/parse-coordinate.ts';
import type { Place } from '#client/state/place-store.ts';
import type { TypedNames } from './names-field.tsx';

type Names = { readonly zh: string; readonly en: string | null };

/** A place as it is typed; clicks on the map are written down the same way. */
export type TypedPlace = { readonly text: string; readonly crs: DegreeCrs };

export const NO_NAMES: TypedNames = { zh: '', en: '' };
export const NO_PLACE: TypedPlace = { text: '', crs: 'wgs84' };

export function typedNames(names: Names | null): TypedNames {
  return { zh: names?.zh ?? '', en: names?.en ?? '' };
}

/** Null when nothing was typed; an English name alone stays, so that its fault can be told. */
export function namesWire({ zh, en }: TypedNames): Names | null {
  const names = { zh: zh.trim(), en: en.trim() === '' ? null : en.trim() };
  return names.zh === '' && names.en === null ? null : names;
}

export function textWire(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** Digits as they are: the numbers read back are the very same. */
export function typedPlace([lng, lat]: Place): TypedPlace {
  return { text: `${plain(lng)}, ${plain(lat)}`, crs: 'wgs84' };
}

export type ReadPlace = {
  /** WGS 84, [longitude, latitude] in degrees. */
  readonly at: Place;
  /** The text has the latitude first. */
  readonly isSwapped: boolean;
};

/** Where the typed coordinates are; null when they cannot be read or lie outside the earth. */
export function readPlace({ text, crs }: TypedPlace): ReadPlace | null {
  const pair = parseCoordinatePair(text);
  if (pair === null) return null;
  const [lng, lat] = toWgs84(crs, [pair.lon, pair.lat]);
  if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return null;
  const isExact = crs === 'wgs84' || crs === 'cgcs2000';
  const at: Place = isExact ? [lng, lat] : [fine(lng), fine(lat)];
  return { at, isSwapped: pair.swapped };
}

/** As a body says it: the position, or null where there is none. */
export function placeWire(place: TypedPlace): Place | null {
  return readPlace(place)?.at ?? null;
}

/** Seven decimals, about a centimetre. */
function fine(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

/** Decimal digits without an exponent. */
function plain(degrees: number): string {
  return Math.abs(degrees) < 1e-6 ? degrees.toFixed(7) : String(degrees);
}
