const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Working hours, 9:00 to 17:00 in China, as minutes of the UTC day. */
const WORK_STARTS = 60;
const WORK_ENDS = 540;

/** Instants before the reference day, epoch milliseconds. */
export type Calendar = {
  /** A working-hour instant `daysAgo` days (at least 1) before the reference day. */
  readonly at: (daysAgo: number, minute?: number) => number;
};

export function calendarOf(referenceDay: string): Calendar {
  const start = Date.parse(`${referenceDay}T00:00:00Z`);
  if (Number.isNaN(start)) throw new RangeError(`Not a day: ${referenceDay}`);
  return {
    at: (daysAgo, minute = WORK_STARTS) => {
      const inHours = WORK_STARTS + (minute % (WORK_ENDS - WORK_STARTS));
      return start - Math.max(1, daysAgo) * DAY_MS + inHours * MINUTE_MS;
    },
  };
}

export const isoInstant = (instant: number): string => new Date(instant).toISOString();
