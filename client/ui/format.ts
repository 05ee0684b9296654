import { toldMean } from '#server/domain/zoning/weighted.ts';
import type { Language } from '#client/state/url-state.ts';

export type Formats = {
  /** 12,345 with grouping. */
  readonly number: (value: number) => string;
  /** Up to two decimals. */
  readonly score: (value: number) => string;
  /** W and W⁺ with two or three decimals, as the steps that lead to them tell them. */
  readonly mean: (value: number) => string;
  /** 0–1 → 83%; never 100% for less than all, never 0% for more than none. */
  readonly share: (value: number) => string;
  /** RFC 3339 → 2026-11-22 in the service's time zone. */
  readonly date: (iso: string) => string;
  /** RFC 3339 → 2026-11-22 14:05 in the service's time zone. */
  readonly dateTime: (iso: string) => string;
};

/** Formatters for one language and time zone. Dates are absolute and look the same in every language. */
export function createFormats(lang: Language, timeZone: string): Formats {
  const whole = new Intl.NumberFormat(lang, { maximumFractionDigits: 0 });
  const decimal = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
  const mean = new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 3 });
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const fieldsOf = (iso: string) =>
    Object.fromEntries(parts.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  const date = (iso: string) => {
    if (Number.isNaN(Date.parse(iso))) return iso;
    const { year, month, day } = fieldsOf(iso);
    return `${year}-${month}-${day}`;
  };
  return {
    number: (value) => whole.format(value),
    score: (value) => decimal.format(value),
    mean: (value) => mean.format(toldMean(value)),
    share: (value) => `${sharePercent(value)}%`,
    date,
    dateTime: (iso) => {
      if (Number.isNaN(Date.parse(iso))) return iso;
      const { hour, minute } = fieldsOf(iso);
      return `${date(iso)} ${hour}:${minute}`;
    },
  };
}

/** Whole per cent; rounding may not claim all or nothing. */
function sharePercent(value: number): number {
  const percent = Math.round(value * 100);
  if (percent === 100 && value < 1) return 99;
  return percent === 0 && value > 0 ? 1 : percent;
}
