import type { Bilingual } from '../bilingual.ts';

export type DateFault = { readonly problem: Bilingual; readonly expected: Bilingual };

const DAY = /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?$/;
const PACKED_DAY = /^(\d{4})(\d{2})(\d{2})$/;

/** A day with a time that has no zone, as spreadsheets write it: the day counts. */
const LOCAL = /^(.+?)[T\s]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** RFC 3339. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

const EXPECTED: Bilingual = {
  zh: '形如 2025-06-30、2025/6/30 或 2025年6月30日 的日期',
  en: 'A day such as 2025-06-30, 2025/6/30 or 2025年6月30日',
};

/** A day as YYYY-MM-DD or an instant as RFC 3339, never after `today` (YYYY-MM-DD); a fault otherwise. */
export function parseImportDate(
  text: string,
  today: string,
): { readonly date: string; readonly day: string } | DateFault {
  const plain = text.normalize('NFKC').trim();
  const day = dayOf(plain);
  if (day === null) {
    return { problem: { zh: '无法识别的日期', en: 'Not a date' }, expected: EXPECTED };
  }
  if (day > today) {
    return {
      problem: { zh: '日期在将来', en: 'The date lies in the future' },
      expected: { zh: `不晚于 ${today}`, en: `Not after ${today}` },
    };
  }
  const isInstant = INSTANT.test(plain) && !Number.isNaN(Date.parse(plain));
  return { date: isInstant ? plain : day, day };
}

function dayOf(plain: string): string | null {
  const instant = INSTANT.exec(plain)?.[1];
  if (instant !== undefined) return Number.isNaN(Date.parse(plain)) ? null : realDay(instant);
  return realDay(LOCAL.exec(plain)?.[1] ?? plain);
}

/** YYYY-MM-DD of a day that the calendar has. */
function realDay(text: string): string | null {
  const [, year = '', month = '', date = ''] = DAY.exec(text) ?? PACKED_DAY.exec(text) ?? [];
  if (year === '') return null;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day) ? day : null;
}
