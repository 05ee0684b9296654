import type { Bilingual } from '../bilingual.ts';

import { crsNames, gaussKrugerZone, isDegreeCrs } from './crs.ts';
import { findCrsWords } from './crs-words.ts';
import { fitsReading, isDegreeLike, isSamePlace, looksSwapped } from './reading.ts';
import type { Reading } from './reading.ts';

export type CoordinateFault = { readonly problem: Bilingual; readonly expected: Bilingual };

const NOT_A_NUMBER: Bilingual = { zh: '坐标不是数值', en: 'The coordinate is not a number' };

const ZERO: Bilingual = {
  zh: '坐标为 0，通常表示没有填写',
  en: 'The coordinate is 0, which usually means that none was entered',
};

const TRUE_PLACE: Bilingual = {
  zh: '实际所在位置的两个坐标，都不为 0',
  en: 'Both coordinates of the true place, neither of them 0',
};

const SWAPPED: Bilingual = {
  zh: '这一行的两列与文件其余各行颠倒',
  en: 'The two columns of this row are swapped in comparison with the file',
};

const DEGREES_AMONG_METRES: Bilingual = {
  zh: '这一行是度，文件其余各行是米',
  en: 'This row is in degrees, the file in metres',
};

const METRES_AMONG_DEGREES: Bilingual = {
  zh: '这一行像是米，文件其余各行是度',
  en: 'This row looks like metres, the file is in degrees',
};

const OUT_OF_RANGE: Bilingual = {
  zh: '坐标超出范围',
  en: 'The coordinate is out of range',
};

/**
 * What is wrong with one row under the reading of its file, or null. x is from the longitude column, y from the latitude
 * column, as the file has them; `declared` is the row's own cell of a 坐标系 column. Whether the place lies in the stated
 * region is the database's to say.
 */
export function coordinateFaults(
  x: number,
  y: number,
  reading: Reading,
  declared = '',
): CoordinateFault | null {
  const problem = problemOf(x, y, reading);
  if (problem === ZERO) return { problem, expected: TRUE_PLACE };
  if (problem !== null) return { problem, expected: expectedFor(reading) };
  return isOtherSystem(declared, reading) ? otherSystem(declared, reading) : null;
}

function problemOf(x: number, y: number, reading: Reading): Bilingual | null {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return NOT_A_NUMBER;
  if (x === 0 || y === 0) return ZERO;
  const raw = { x, y };
  if (looksSwapped(reading, raw)) return SWAPPED;
  if (fitsReading(reading, raw)) return null;
  const isDegrees = isDegreeLike(x, y);
  if (isDegrees && !isDegreeCrs(reading.crs)) return DEGREES_AMONG_METRES;
  const isMetres = Math.min(Math.abs(x), Math.abs(y)) > 1000;
  if (isMetres && isDegreeCrs(reading.crs)) return METRES_AMONG_DEGREES;
  return otherZone(reading.swapped ? y : x, reading) ?? OUT_OF_RANGE;
}

/** An easting that begins with another zone's number, or with none. */
function otherZone(easting: number, { crs }: Reading): Bilingual | null {
  const zone = gaussKrugerZone(crs);
  if (zone === null || easting < 100_000) return null;
  const prefix = Math.floor(easting / 1_000_000);
  if (prefix === 0) return { zh: '东坐标缺少带号', en: 'The easting lacks the zone number' };
  if (prefix > 45) return null;
  return {
    zh: `东坐标的带号 ${prefix} 与文件其余各行不同`,
    en: `The zone number ${prefix} of the easting differs from the file's`,
  };
}

function expectedFor({ crs, swapped }: Reading): Bilingual {
  const { zh, en } = crsNames(crs);
  const range = rangeOf(crs);
  return {
    zh: `${zh}，${range.zh}${swapped ? '（本文件中两列颠倒）' : ''}`,
    en: `${en}, ${range.en}${swapped ? ' (the columns of this file are swapped)' : ''}`,
  };
}

function rangeOf(crs: Reading['crs']): Bilingual {
  if (isDegreeCrs(crs)) {
    return { zh: '经度 −180～180、纬度 −90～90', en: 'longitude −180…180, latitude −90…90' };
  }
  const zone = gaussKrugerZone(crs);
  if (zone === null) return { zh: '东、北坐标，米', en: 'easting and northing in metres' };
  const [low, high] = [zone.falseEasting - 500_000, zone.falseEasting + 500_000];
  return {
    zh: `东坐标 ${low}～${high} 米、北坐标 0～10000000 米`,
    en: `easting ${low}…${high} m, northing 0…10000000 m`,
  };
}

/** A cell that names no system, or the file's datum without its projection, is no contradiction. */
function isOtherSystem(declared: string, { crs }: Reading): boolean {
  if (declared.trim() === '') return false;
  const words = findCrsWords([declared]);
  if (words.unsupported.length > 0) return true;
  return words.crs.length > 0 && !words.crs.some((named) => covers(named, crs));
}

function covers(named: Reading['crs'], crs: Reading['crs']): boolean {
  return isSamePlace(named, crs) || (named === 'cgcs2000' && gaussKrugerZone(crs) !== null);
}

function otherSystem(declared: string, reading: Reading): CoordinateFault {
  const { zh, en } = crsNames(reading.crs);
  return {
    problem: {
      zh: `这一行注明“${declared}”，文件按 ${zh} 读取`,
      en: `This row states “${declared}”, but the file is read as ${en}`,
    },
    expected: { zh, en },
  };
}
