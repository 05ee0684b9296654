import type { DemoAssessment, DemoRows } from '#server/features/demo/demo-rows.ts';
import { generateDemo } from '#server/features/demo/generate-demo.ts';
import {
  LEC_JUDGEMENTS,
  LS_COAL_JUDGEMENTS,
  LS_JUDGEMENTS,
} from '#server/features/demo/judgements.ts';
import { LEVELS } from '#server/domain/level.ts';
import { demoInput, drawDemo, levelOf } from './demo-map.ts';

const MONTH_MS = 30 * 86_400_000;

/** Blue cities: 白城 and 延边. */
const BLUE = ['220800', '222400'];
const COLOURS = [
  ['220100', 2],
  ['220200', 1],
  ['220300', 3],
  ['220400', 3],
  ['220500', 3],
  ['220600', 2],
  ['220700', 2],
  ['220800', 4],
  ['222400', 4],
];

const cases: readonly (readonly [day: string, seed: number])[] = [
  ['2026-11-22', 1],
  ['2024-02-29', 2],
  ['2025-12-31', 20_260_101],
  ['2028-03-01', 4],
];

const endOf = (day: string): number => Date.parse(`${day}T23:59:59+08:00`);

const assessment = (
  method: DemoAssessment['method'],
  version: string | null,
  inputs: DemoAssessment['inputs'],
): DemoAssessment => ({
  id: '',
  riskPointId: '',
  subjectKind: 'risk_point',
  subjectId: '',
  basis: 'current',
  method,
  version,
  inputs,
  assessedAt: '2026-01-01T00:00:00Z',
});

describe('the judgements that the demonstration set is made from', () => {
  it.each(LEVELS)('come out at level %i when that is meant', (level) => {
    const levels = [
      ...LEC_JUDGEMENTS[level].map(([L, E, C]) => assessment('lec', null, { L, E, C })),
      ...LS_JUDGEMENTS[level].map(([L, S]) => assessment('ls', null, { L, S })),
      ...LS_COAL_JUDGEMENTS[level].map(([L, S]) => assessment('ls', '5x5-coal', { L, S })),
    ].map(levelOf);

    expect(new Set(levels)).toEqual(new Set([level]));
  });
});

describe.each(cases)('the demonstration map of %s, seed %i', (day, seed) => {
  const rows: DemoRows = generateDemo(demoInput(day, seed));
  const map = drawDemo(rows, endOf(day), 'current');
  const cities = [...map.cities];
  const present = [...map.periods.values()].map((periods) => periods.at(-1));
  const count = (test: (period: (typeof present)[number]) => boolean): number =>
    present.filter(test).length;

  it('gives each city the colour it is meant to have under the weighted rule', () => {
    expect(cities.map(([code, { rollUp }]) => [code, rollUp.level])).toEqual(COLOURS);
  });

  it('keeps the colours, and the gate, for six months after the reference day', () => {
    const later = drawDemo(rows, endOf(day) + 6 * MONTH_MS, 'current');

    expect([...later.cities].map(([code, { rollUp }]) => [code, rollUp.level])).toEqual(COLOURS);
  });

  it('passes the gate of 60 % in every city, with something left to assess', () => {
    const shares = cities.map(([, { rollUp }]) => rollUp.gate.share ?? 0);

    expect(cities.filter(([, { rollUp }]) => !rollUp.gate.passed)).toEqual([]);
    expect(Math.min(...shares)).toBeLessThan(0.75);
    expect(Math.max(...shares)).toBeLessThan(1);
  });

  it('has no major risk in the blue cities, lapsed ones and earlier months included', () => {
    const points = rows.riskPoints.filter(({ cityCode }) => BLUE.includes(cityCode));
    const levels = points.flatMap(({ id }) =>
      (map.periods.get(id) ?? []).flatMap(({ level, lastLevel }) => [level, lastLevel]),
    );

    expect(points.length).toBeGreaterThan(200);
    expect(levels.filter((level) => level === 1)).toEqual([]);
  });

  it('holds one city at yellow by its only major risk, though its mean is blue', () => {
    const siping = map.cities.get('220300');

    expect(siping?.rollUp.w).toBeLessThan(1.5);
    expect(siping?.rollUp.floor?.id).toBe('any-major');
    expect(siping?.counts.s1).toBe(1);
  });

  it('shows all four levels and all grey states among the points of the province', () => {
    for (const level of LEVELS) expect(count((p) => p?.level === level)).toBeGreaterThan(40);
    expect(count((p) => p?.state === 'not_assessed')).toBeGreaterThan(100);
    expect(count((p) => p?.state === 'expired')).toBeGreaterThan(100);
    expect(count((p) => p?.state === 'not_applicable')).toBeGreaterThan(50);
    expect(count((p) => p?.lifecycle === 'suspended')).toBeGreaterThan(20);
  });

  it('has a history: at least three in ten assessed points had two levels, or lapsed, in the year', () => {
    const histories = [...map.periods.values()].filter((p) => p.at(-1)?.state === 'assessed');

    const changed = histories.filter(
      (periods) => new Set(periods.map(({ state, level }) => `${state} ${level}`)).size > 2,
    );

    expect(changed.length / histories.length).toBeGreaterThan(0.3);
  });

  it('is never milder without the measures than with them', () => {
    const inherent = drawDemo(rows, endOf(day), 'inherent');
    const milder = [...map.periods].filter(([id, periods]) => {
      const without = inherent.periods.get(id)?.at(-1)?.level ?? 4;
      return without > (periods.at(-1)?.level ?? 4);
    });
    const levels = (basis: typeof map): number =>
      [...basis.periods.values()].filter((periods) => periods.at(-1)?.level === 1).length;

    expect(milder).toEqual([]);
    expect(levels(inherent)).toBeGreaterThan(levels(map));
  });
});
