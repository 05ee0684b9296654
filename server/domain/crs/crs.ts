import type { Bilingual } from '../bilingual.ts';
import { RuleViolationError } from '../errors.ts';
import type { Position } from '../geometry/bbox.ts';

import { bd09ToWgs84, wgs84ToBd09 } from './bd09.ts';
import { fromGaussKruger, toGaussKruger } from './gauss-kruger.ts';
import { GAUSS_KRUGER_ZONES } from './gauss-kruger-zones.ts';
import type { GaussKrugerZone } from './gauss-kruger-zones.ts';
import { gcj02ToWgs84, wgs84ToGcj02 } from './gcj02.ts';
import { fromWebMercator, toWebMercator } from './web-mercator.ts';

/** Systems whose coordinates are degrees. */
export type DegreeCrs = 'wgs84' | 'cgcs2000' | 'gcj02' | 'bd09';

/** A coordinate system that can be read; `EPSG:n` for 4326, 4490, 3857 and the Gauss–Krüger zones 4491–4554. */
export type Crs = DegreeCrs | 'webmercator' | `EPSG:${number}`;

type NamedCrs = DegreeCrs | 'webmercator';

/** The codes that mean the same as a name. */
const ALIASES: Readonly<Record<string, NamedCrs>> = {
  'EPSG:4326': 'wgs84',
  'EPSG:4490': 'cgcs2000',
  'EPSG:3857': 'webmercator',
};

const NAMES: Readonly<Record<NamedCrs, Bilingual>> = {
  wgs84: { zh: 'WGS 84 经纬度', en: 'WGS 84 degrees' },
  cgcs2000: { zh: 'CGCS2000（国家 2000）经纬度', en: 'CGCS2000 degrees' },
  gcj02: { zh: 'GCJ-02（火星坐标，高德、腾讯）', en: 'GCJ-02 (AMap, Tencent)' },
  bd09: { zh: 'BD-09（百度）', en: 'BD-09 (Baidu)' },
  webmercator: { zh: 'Web 墨卡托（EPSG:3857）', en: 'Web Mercator (EPSG:3857)' },
};

const ZONES: ReadonlyMap<string, GaussKrugerZone> = new Map(
  GAUSS_KRUGER_ZONES.map((zone) => [`EPSG:${zone.epsg}`, zone]),
);

/** Whether the text is exactly one of the systems that can be read, such as `gcj02` or `EPSG:4547`. */
export function isSupportedCrs(text: string): text is Crs {
  return Object.hasOwn(NAMES, text) || Object.hasOwn(ALIASES, text) || ZONES.has(text);
}

/** The same system under its name where it has one: `EPSG:4326` is `wgs84`. */
export function canonicalCrs(crs: Crs): Crs {
  return Object.hasOwn(ALIASES, crs) ? (ALIASES[crs] as NamedCrs) : crs;
}

/** The Gauss–Krüger zone that the system is, or null for the other systems. */
export function gaussKrugerZone(crs: Crs): GaussKrugerZone | null {
  return ZONES.get(crs) ?? null;
}

/** Whether the coordinates of the system are degrees; the others are metres. */
export function isDegreeCrs(crs: Crs): boolean {
  return canonicalCrs(crs) in NAMES && canonicalCrs(crs) !== 'webmercator';
}

/** The system's name for people, in both languages. Throws RuleViolationError for an unsupported code. */
export function crsNames(crs: Crs): Bilingual {
  const zone = ZONES.get(crs);
  if (zone === undefined) return NAMES[namedCrs(crs)];
  const { width, centralMeridian, number, hasPrefix } = zone;
  const meridian = `中央经线 ${centralMeridian}°`;
  return {
    zh: `CGCS2000 ${width} 度带 ${hasPrefix ? `第 ${number} 带（${meridian}，带号前缀）` : meridian}`,
    en: `CGCS2000 ${width}° Gauss–Krüger, ${hasPrefix ? `zone ${number} (prefixed), ` : ''}central meridian ${centralMeridian}° E`,
  };
}

/**
 * A coordinate of the given system as WGS 84 degrees [lon, lat]. x is longitude or easting, y latitude or northing, also
 * where the register of the system has the other order. GCJ-02 and BD-09 are inverted by iteration (< 1 mm from the
 * published forward formula). CGCS2000 is taken as WGS 84: the two agree within a metre. Numbers outside the system
 * give a position outside the earth or NaN. Throws RuleViolationError for an unsupported code.
 */
export function toWgs84(crs: Crs, coordinate: readonly [x: number, y: number]): Position {
  const zone = ZONES.get(crs);
  if (zone) return fromGaussKruger(zone, coordinate);
  const named = namedCrs(crs);
  if (named === 'gcj02') return gcj02ToWgs84(coordinate);
  if (named === 'bd09') return bd09ToWgs84(coordinate);
  return named === 'webmercator' ? fromWebMercator(coordinate) : coordinate;
}

/**
 * A WGS 84 position [lon, lat] in the given system, [x, y] = [longitude, latitude] or [easting, northing]. Throws
 * RuleViolationError for an unsupported code.
 */
export function fromWgs84(crs: Crs, position: Position): readonly [x: number, y: number] {
  const zone = ZONES.get(crs);
  if (zone) return toGaussKruger(zone, position);
  const named = namedCrs(crs);
  if (named === 'gcj02') return wgs84ToGcj02(position);
  if (named === 'bd09') return wgs84ToBd09(position);
  return named === 'webmercator' ? toWebMercator(position) : position;
}

const UNSUPPORTED: Bilingual = {
  zh: '不支持该坐标系。',
  en: 'The coordinate system is not supported',
};

function namedCrs(crs: Crs): NamedCrs {
  const name = canonicalCrs(crs);
  if (!Object.hasOwn(NAMES, name)) {
    const detail = {
      zh: `${crs} 不在能读取的坐标系之列。`,
      en: `${crs} is not among the coordinate systems that can be read.`,
    };
    throw new RuleViolationError(UNSUPPORTED, [{ pointer: '', detail }]);
  }
  return name as NamedCrs;
}
