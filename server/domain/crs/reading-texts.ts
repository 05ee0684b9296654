import type { Bilingual } from '../bilingual.ts';

import type { ShapeFamily } from './coordinate-shape.ts';
import { crsNames } from './crs.ts';
import type { Crs } from './crs.ts';
import { FAMILY_NAMES } from './mixed-file.ts';
import type { Reading } from './reading.ts';

export const SAID_BY_GEOJSON: Bilingual = {
  zh: 'GeoJSON 未另行说明坐标系，按标准（RFC 7946）为 WGS 84',
  en: 'GeoJSON without a stated system is WGS 84 by its standard (RFC 7946)',
};

/** Beijing 1954 and Xi'an 1980 figures look the same; the file would have to say so. */
export const SAID_BY_NUMBERS: Bilingual = {
  zh: '文件未说明坐标系，只能从数值判断（北京 54、西安 80 的数值与 CGCS2000 相似）',
  en: "The file names no coordinate system, only the numbers tell (Beijing 1954 and Xi'an 1980 look like CGCS2000)",
};

export function saidByWords(found: readonly string[]): Bilingual {
  return {
    zh: `文件中写明“${found.join('”“')}”`,
    en: `The file says “${found.join('”, “')}”`,
  };
}

/** `other`: words of the file that name another system than the declared one. */
export function saidByDeclaration(crs: Crs, other: readonly string[]): Bilingual {
  const { zh, en } = crsNames(crs);
  const differs = {
    zh: `，但文件中写有“${other.join('”“')}”`,
    en: `, although the file says “${other.join('”, “')}”`,
  };
  const isOther = other.length > 0;
  return {
    zh: `已声明为 ${zh}${isOther ? differs.zh : ''}`,
    en: `Declared as ${en}${isOther ? differs.en : ''}`,
  };
}

export function cannotConvert(found: readonly string[]): Bilingual {
  return {
    zh: `文件中写有“${found.join('”“')}”：该坐标系没有当地参数无法准确转换，请先转换或另行声明`,
    en: `The file says “${found.join('”, “')}”, which cannot be converted exactly without local parameters: convert it first or declare another system`,
  };
}

export function wordsDiffer(found: readonly string[]): Bilingual {
  return {
    zh: `文件中的说明互相矛盾：“${found.join('”“')}”`,
    en: `The file's own words contradict each other: “${found.join('”, “')}”`,
  };
}

/** What was said excludes the numbers, which have another form. */
export function numbersDisagree(said: Bilingual, family: ShapeFamily | null): Bilingual {
  if (family === null) return said;
  const { zh, en } = FAMILY_NAMES[family];
  return {
    zh: `${said.zh}，但多数坐标不在该坐标系的数值范围内，它们的形式是：${zh}`,
    en: `${said.en}, but most coordinates are outside the range of that system; their form is ${en}`,
  };
}

export function readingName({ crs, swapped }: Reading): Bilingual {
  const { zh, en } = crsNames(crs);
  if (!swapped) return { zh, en };
  return { zh: `${zh}（两列颠倒）`, en: `${en}, columns swapped` };
}

/** Said when a file is read with its columns in the other order. */
export function swapNote({ crs, swapped }: Reading): Bilingual {
  if (!swapped) return { zh: `按 ${crsNames(crs).zh} 读取`, en: `read as ${crsNames(crs).en}` };
  return {
    zh: `按 ${crsNames(crs).zh} 读取，两列颠倒：经度列中是纬度或北坐标`,
    en: `read as ${crsNames(crs).en} with the columns swapped: the longitude column holds latitude or northing`,
  };
}
