import { canonicalCrs, gaussKrugerZone, isSupportedCrs } from './crs.ts';
import type { Crs } from './crs.ts';
import { GAUSS_KRUGER_ZONES } from './gauss-kruger-zones.ts';

/** What the words of a file (headers, cells of a 坐标系 column, a crs member, its name) say about its coordinates. */
export type CrsWords = {
  /** Systems that are named, each once; CGCS2000 beside WGS 84 is left out, for the two agree. */
  readonly crs: readonly Crs[];
  /** Central meridians in degrees, zone numbers and zone widths that are named. */
  readonly meridians: readonly number[];
  readonly zones: readonly number[];
  readonly widths: readonly (3 | 6)[];
  /** Systems that are named but cannot be converted exactly, as they were written. */
  readonly unsupported: readonly string[];
  /** The words that were recognised, as they were written. */
  readonly found: readonly string[];
};

const DIGITS = (code: string) => String.raw`(?<!\d)(?:${code})(?!\d)`;

const NAMED: readonly (readonly [Crs, RegExp])[] = [
  ['wgs84', new RegExp(String.raw`wgs[\s_-]*(?:19)?84|crs[\s_-]*84|${DIGITS('4326')}`, 'i')],
  [
    'cgcs2000',
    new RegExp(
      String.raw`cgcs[\s_-]*2000|(?:国家|大地)\s*2000|2000\s*(?:国家|大地|坐标)|天地图|tianditu|${DIGITS('4490')}`,
      'i',
    ),
  ],
  ['gcj02', /gcj[\s_-]*0?2|火星|高德|(?<![a-z])amap|autonavi|腾讯|tencent|国测局/i],
  ['bd09', /(?<![a-z])bd[\s_-]*09(?!\d)|百度|baidu/i],
  [
    'webmercator',
    new RegExp(
      String.raw`(?:web|pseudo|球面)[\s_-]*(?:mercator|墨卡托)|^墨卡托|${DIGITS('3857|900913|102100')}`,
      'i',
    ),
  ],
];

/** Each has its own datum or projection; exact figures need local parameters or another formula. */
const UNSUPPORTED: readonly RegExp[] = [
  /(?:北京|beijing)[\s_-]*(?:19)?54|1954\s*年?\s*北京|(?<!\d)54\s*坐标系?/i,
  /(?:西安|xi['’]?an)[\s_-]*(?:19)?80|1980\s*年?\s*西安|(?<!\d)80\s*坐标系?/i,
  /(?:地方|城市|独立)\s*坐标系?/,
  /(?<![a-z])utm(?![a-z])|横轴墨卡托/i,
  /(?<![a-z])bd[\s_-]*09[\s_-]*mc|百度墨卡托/i,
];

const EPSG = /epsg[:/_\s-]*(?:\d{1,2}(?:\.\d+)*[/:]+)?(\d{4,6})(?!\d)/gi;
const MERIDIAN =
  /(?:中央(?:子午线|经线)|central[\s_]*meridian|(?<![a-z])cm|(?<![a-z])l0)[\s_:=为是-]*(?:东经)?\s*e?\s*(\d{2,3}(?:\.\d+)?)(?!\d)/gi;
const WIDTH = /([36三六])\s*(?:度|°|[\s_-]*degree)[\s_-]*(?:分?带|gk|gauss|zone)/gi;
const ZONE = /(?<!\d)(\d{2})\s*号?带|带号[\s:=为是]*(\d{2})(?!\d)|zone[\s_:]*(\d{2})(?!\d)/gi;

const MOST_CHARACTERS = 200;

/** Finds the words that name a coordinate system; texts without one are passed over. */
export function findCrsWords(texts: readonly string[]): CrsWords {
  const finds = texts.map((text) => findIn(shortened(shortened(text).normalize('NFKC')).trim()));
  const all = <K extends keyof CrsWords>(key: K) => [
    ...new Set(finds.flatMap((words) => words[key] as readonly CrsWords[K][number][])),
  ];
  return {
    crs: distinctPlaces(all('crs')),
    meridians: all('meridians'),
    zones: all('zones'),
    widths: all('widths'),
    unsupported: all('unsupported'),
    found: all('found'),
  };
}

/** Names of coordinate systems stand in short texts; a cell of thirty thousand characters is not searched. */
function shortened(text: string): string {
  return text.slice(0, MOST_CHARACTERS);
}

function findIn(text: string): CrsWords {
  const unsupported = UNSUPPORTED.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
  const codes = [...text.matchAll(EPSG)].map((match) => match[1] ?? '');
  if (/^\d{4}$/.test(text)) codes.push(text);
  const known = codes.map((code) => `EPSG:${code}`).filter(isSupportedCrs);
  const unknown = [...text.matchAll(EPSG)].filter((match) => !isSupportedCrs(`EPSG:${match[1]}`));
  const named = unsupported.length > 0 ? [] : namesIn(text);
  const meridians = numbersIn(text, MERIDIAN);
  const zones = numbersIn(text, ZONE).filter(isZone);
  return {
    crs: narrowed([...known.map(canonicalCrs), ...named.map(([crs]) => crs)]),
    meridians: meridians.filter(isMeridian),
    zones,
    widths: [...text.matchAll(WIDTH)].map((match) => (/[3三]/.test(match[1] ?? '') ? 3 : 6)),
    unsupported: [
      ...unsupported,
      ...unknown.map((match) => match[0]),
      ...meridians.filter((value) => !isMeridian(value)).map((value) => `${value}°`),
    ],
    found: [
      ...named.map(([, word]) => word),
      ...known,
      ...[MERIDIAN, WIDTH].flatMap((pattern) => text.match(pattern) ?? []),
      ...zones.map((zone) => `${zone} 带`),
    ],
  };
}

function namesIn(text: string): readonly (readonly [Crs, string])[] {
  return NAMED.flatMap(([crs, pattern]) => {
    const word = pattern.exec(text)?.[0];
    return word === undefined ? [] : [[crs, word] as const];
  });
}

/** In one text the narrower name wins: "WGS 84 / Pseudo-Mercator" is Web Mercator, "CGCS2000 … EPSG:4547" is 4547. */
function narrowed(named: readonly Crs[]): readonly Crs[] {
  const isProjected = (crs: Crs) => crs === 'webmercator' || gaussKrugerZone(crs) !== null;
  const wide = new Set<Crs>(named.some(isProjected) ? ['wgs84', 'cgcs2000'] : []);
  return named.filter((crs) => !wide.has(crs));
}

function distinctPlaces(named: readonly Crs[]): readonly Crs[] {
  const narrow = narrowed(named);
  return narrow.includes('wgs84') ? narrow.filter((crs) => crs !== 'cgcs2000') : narrow;
}

function numbersIn(text: string, pattern: RegExp): readonly number[] {
  return [...text.matchAll(pattern)].map((match) =>
    Number(match.slice(1).find((group) => group !== undefined)),
  );
}

function isMeridian(value: number): boolean {
  return GAUSS_KRUGER_ZONES.some((zone) => zone.centralMeridian === value);
}

function isZone(value: number): boolean {
  return GAUSS_KRUGER_ZONES.some((zone) => zone.number === value);
}
