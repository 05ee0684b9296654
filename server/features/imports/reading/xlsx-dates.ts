/** What a number format shows of a serial number; null for formats that are no dates. */
export type DateKind = 'day' | 'instant' | 'time';

/** Built-in formats that are dates, with the East Asian ones (ECMA-376 part 1, 18.8.30). */
const BUILT_IN: readonly (readonly [number, number, DateKind])[] = [
  [14, 17, 'day'],
  [18, 21, 'time'],
  [22, 22, 'instant'],
  [27, 31, 'day'],
  [32, 35, 'time'],
  [36, 36, 'day'],
  [45, 47, 'time'],
  [50, 54, 'day'],
  [55, 56, 'time'],
  [57, 58, 'day'],
];

/** Kind of a cell format, by its custom code where it has one, else by the built-in number. */
export function dateKind(formatId: number, code: string | undefined): DateKind | null {
  if (code !== undefined) return kindOfCode(code);
  return BUILT_IN.find(([from, to]) => from <= formatId && formatId <= to)?.[2] ?? null;
}

/** Letters in quotes, after a backslash, an underscore or an asterisk, and in brackets mean nothing. */
const INERT = /"[^"]*"?|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]?|General|AM\/PM|A\/P|上午\/下午/gi;

function kindOfCode(code: string): DateKind | null {
  const [first = ''] = code.replaceAll(INERT, '').toLowerCase().split(';');
  const hasDay = /[yd]/.test(first) || (first.includes('m') && !/[hs]/.test(first));
  const hasTime = /[hs]/.test(first);
  if (hasDay) return hasTime ? 'instant' : 'day';
  return hasTime ? 'time' : null;
}

const MS_PER_DAY = 86_400_000;
const SECONDS_PER_DAY = 86_400;
/** 1899-12-30: serials from 61 (1900-03-01) on count from here in the 1900 system. */
const ZERO_1900 = Date.UTC(1899, 11, 30);
const ZERO_1904 = Date.UTC(1904, 0, 1);
/** The 29th of February 1900, which only Excel knows. */
const FALSE_DAY = 60;
/** The last day, 9999-12-31, in the 1900 system. */
const LAST_SERIAL = 2_958_465;

/**
 * `YYYY-MM-DD`, `YYYY-MM-DD HH:MM:SS` or `HH:MM:SS` of a serial number; null when no date shows for
 * it (negative, day zero, beyond 9999). Seconds are rounded, as serials are binary fractions.
 */
export function serialText(serial: number, kind: DateKind, is1904: boolean): string | null {
  if (!(serial >= 0) || serial > LAST_SERIAL) return null;
  const seconds = Math.round(serial * SECONDS_PER_DAY);
  const days = Math.floor(seconds / SECONDS_PER_DAY);
  const time = timeText(seconds % SECONDS_PER_DAY);
  if (kind === 'time' && days === 0) return time;
  const day = is1904 ? isoDay(ZERO_1904, days) : dayOf1900(days);
  if (day === null) return null;
  return kind === 'day' || seconds % SECONDS_PER_DAY === 0 ? day : `${day} ${time}`;
}

function dayOf1900(days: number): string | null {
  if (days === 0) return null;
  if (days === FALSE_DAY) return '1900-02-29';
  return isoDay(ZERO_1900, days < FALSE_DAY ? days + 1 : days);
}

function isoDay(zero: number, days: number): string {
  return new Date(zero + days * MS_PER_DAY).toISOString().slice(0, 10);
}

function timeText(seconds: number): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

/** An ISO 8601 date of a cell that stores dates as text; anything else stays as it is. */
export function isoText(stored: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/.exec(stored.trim());
  if (match === null) return stored;
  const [, day = '', time] = match;
  return time === undefined || time === '00:00:00' ? day : `${day} ${time}`;
}
