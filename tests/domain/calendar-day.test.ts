import { addMonths, calendarDay } from '#server/domain/calendar-day.ts';

describe('the day of an instant', () => {
  it.each([
    ['2026-06-30T15:59:59Z', 'Asia/Shanghai', '2026-06-30'],
    ['2026-06-30T16:00:00Z', 'Asia/Shanghai', '2026-07-01'],
    ['2026-06-30T16:00:00Z', 'UTC', '2026-06-30'],
    ['0999-12-31T12:00:00Z', 'UTC', '0999-12-31'],
  ])('%s in %s is %s', (instant, timeZone, day) => {
    expect(calendarDay(Date.parse(instant), timeZone)).toBe(day);
  });
});

describe('some months later', () => {
  it.each([
    ['2026-01-15', 6, '2026-07-15'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
  ])('%s and %d months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });
});
