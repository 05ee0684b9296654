import { regionDepth } from '../identifiers/region-code.ts';

import type { StatedRegion } from './evaluated-row.ts';
import type { RowCells } from './row-cells.ts';

/** Twelve digits with zeros at the end are the code of something larger than a village. */
const PADDING = /^(\d{6})000000$|^(\d{9})000$|^(\d{6})000$/;

/** The region that a row names, by code or by names; a column of codes may hold names as well. */
export function readStatedRegion(cells: RowCells): StatedRegion {
  const text = cells.line('regionCode');
  const [city, county] = [cells.line('city'), cells.line('county')];
  if (text === null) return { code: null, city, county };
  const code = text.normalize('NFKC').replaceAll(/\s/g, '').replace(/\.0+$/, '');
  if (!/\d/.test(code)) return withName({ code: null, city, county }, code);
  const whole =
    PADDING.exec(code)
      ?.slice(1)
      .find((part) => part !== undefined) ?? code;
  if (regionDepth(whole) !== null) return { code: whole, city, county };
  cells.fault(
    'regionCode',
    { zh: '不是行政区划代码', en: 'Not a region code' },
    {
      zh: '6、9 或 12 位数字，如 220102；或留空',
      en: '6, 9 or 12 digits such as 220102, or nothing',
    },
  );
  return { code: null, city, county };
}

function withName(stated: StatedRegion, name: string): StatedRegion {
  return /[市州盟]$/.test(name)
    ? { ...stated, city: stated.city ?? name }
    : { ...stated, county: stated.county ?? name };
}
