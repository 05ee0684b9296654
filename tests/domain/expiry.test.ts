import { expiryOf } from '#server/domain/timeline.ts';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString();

describe('when an assessment lapses', () => {
  it.each([
    ['2025-03-10T04:00:00Z', 'lec', '2026-03-10T04:00:00.000Z'],
    ['2025-03-10T04:00:00Z', 'ls', '2026-03-10T04:00:00.000Z'],
    ['2025-03-10T04:00:00Z', 'gb18218', '2028-03-10T04:00:00.000Z'],
    ['2025-03-10T04:00:00Z', 'chemical-diagnosis', '2028-03-10T04:00:00.000Z'],
    ['2024-02-29T00:00:00Z', 'lec', '2025-02-28T00:00:00.000Z'],
    ['2025-12-31T23:59:59Z', 'lec', '2026-12-31T23:59:59.000Z'],
  ])('made on %s by %s: on %s', (assessedAt, method, expected) => {
    expect(iso(expiryOf(at(assessedAt), method))).toBe(expected);
  });

  it.each([
    [1, '2026-03-10'],
    [2, '2026-03-10'],
    [3, '2027-03-10'],
    [4, '2028-03-10'],
  ] as const)('by level, level %d lasts to %s', (level, day) => {
    const until = expiryOf(at('2025-03-10T00:00:00Z'), 'lec', 'by-level', level);

    expect(iso(until).slice(0, 10)).toBe(day);
  });

  it('by level without a level takes the default cycle, and a long method its own', () => {
    const made = at('2025-03-10T00:00:00Z');

    expect(iso(expiryOf(made, 'lec', 'by-level')).slice(0, 4)).toBe('2026');
    expect(iso(expiryOf(made, 'gb18218', 'by-level', 1)).slice(0, 4)).toBe('2028');
  });
});
