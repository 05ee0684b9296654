import { toProgress } from '#server/features/imports/import-wire.ts';

const STARTED = Date.UTC(2026, 5, 15, 4);
const reading = { phase: 'reading', startedAt: STARTED } as const;

describe('how far an import is', () => {
  it('is its rows per second since it began, and the time that the others take at that rate', () => {
    // 3000 rows in 12 s are 250 a second; the other 7000 take 28 s.
    expect(toProgress({ ...reading, done: 3000, total: 10_000 }, STARTED + 12_000)).toEqual({
      phase: 'reading',
      done: 3000,
      total: 10_000,
      perSecond: 250,
      secondsLeft: 28,
    });
  });

  it('is told to a tenth', () => {
    // 100 rows in 7 s are 14.29 a second, told as 14.3; 30 rows at that rate take 2.10 s.
    expect(
      toProgress({ phase: 'writing', startedAt: STARTED, done: 100, total: 130 }, STARTED + 7000),
    ).toEqual({ phase: 'writing', done: 100, total: 130, perSecond: 14.3, secondsLeft: 2.1 });
  });

  it('leaves the time open while nobody knows how many rows there are', () => {
    expect(toProgress({ ...reading, done: 500, total: null }, STARTED + 2000)).toMatchObject({
      perSecond: 250,
      secondsLeft: null,
    });
  });

  it('leaves the time open before the first row', () => {
    expect(toProgress({ ...reading, done: 0, total: 800 }, STARTED + 4000)).toMatchObject({
      perSecond: 0,
      secondsLeft: null,
    });
  });

  it('leaves no time once all rows are done', () => {
    expect(toProgress({ ...reading, done: 800, total: 800 }, STARTED + 4000)).toMatchObject({
      perSecond: 200,
      secondsLeft: 0,
    });
  });

  it('is finite in the moment of the start', () => {
    expect(toProgress({ ...reading, done: 0, total: 10 }, STARTED)).toMatchObject({
      perSecond: 0,
      secondsLeft: null,
    });
  });
});
