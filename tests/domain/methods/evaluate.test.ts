import * as fc from 'fast-check';
import { RuleViolationError } from '#server/domain/errors.ts';
import { levelStyle } from '#server/domain/level.ts';
import type { Level } from '#server/domain/level.ts';
import { evaluate } from '#server/domain/methods/evaluate.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { itWithSharedVectors, sharedVectors } from '../shared-vectors.ts';
import { shipped, shippedDefinitions } from './definitions.ts';

const national = shipped('lec', 'national');

function colourOf(definition: MethodDefinition, inputs: Record<string, number>): string {
  const { level } = evaluate(definition, inputs);
  return level === null ? 'none' : levelStyle[level].colourZh;
}

const inputsOf = (definition: MethodDefinition, picks: readonly number[]) =>
  Object.fromEntries(definition.factors.map((f, i) => [f.id, f.scale[picks[i] ?? 0]?.value ?? 0]));

function faultsOf(definition: MethodDefinition, inputs: Record<string, unknown>): unknown {
  try {
    evaluate(definition, inputs);
  } catch (error) {
    if (error instanceof RuleViolationError) return error.faults;
    throw error;
  }
  return [];
}

describe('LEC', () => {
  // D = L × E × C by hand.
  it.each([
    ['national', 3, 6, 15, 270, '橙'],
    ['national', 6, 6, 15, 540, '红'],
    ['national', 1, 10, 7, 70, '黄'],
    ['national', 1, 3, 15, 45, '蓝'],
    ['national', 10, 10, 100, 10000, '红'],
    ['mwr-2018', 1, 10, 7, 70, '蓝'],
    ['mwr-2018', 3, 6, 15, 270, '橙'],
    ['shandong', 1, 10, 7, 70, '黄'],
    ['shandong', 1, 3, 15, 45, '蓝'],
    ['shandong', 1, 1, 15, 15, '蓝'],
    ['beijing', 1, 7, 10, 70, '黄'],
    ['beijing', 3, 5, 25, 375, '红'],
  ])('%s gives L %d × E %d × C %d = %d, %s', (variant, L, E, C, score, colour) => {
    const definition = shipped('lec', variant);

    const result = evaluate(definition, { L, E, C });

    expect(result.score).toBe(score);
    expect(colourOf(definition, { L, E, C })).toBe(colour);
  });

  it('gives exact decimals where floating point would not', () => {
    // 0.1 × 0.5 × 7 = 0.35; the naive product is 0.35000000000000003.
    expect(evaluate(national, { L: 0.1, E: 0.5, C: 7 }).score).toBe(0.35);
    expect(evaluate(national, { L: 0.2, E: 3, C: 1 }).score).toBe(0.6);
  });

  it('explains the score with the numbers, the scale texts and the band', () => {
    const { version, level, explanation } = evaluate(national, { L: 3, E: 6, C: 15 });

    expect(version).toBe('national@1');
    expect(level).toBe(2);
    expect(explanation.formula).toBe('L × E × C = 3 × 6 × 15 = 270');
    expect(explanation.band).toEqual({
      level: 2,
      label: { zh: '较大风险（橙）', en: 'Serious risk (orange)' },
      range: '160 ≤ D < 320',
      verified: true,
    });
    expect(explanation.factors.map((f) => [f.id, f.value, f.text.zh])).toEqual([
      ['L', 3, '可能，但不经常'],
      ['E', 6, '每天工作时间内暴露'],
      ['C', 15, '非常严重：1 人死亡，或经济损失 50 万元及以上'],
    ]);
    expect(explanation.verified).toBe(true);
  });

  it.each([
    ['national', { L: 10, E: 10, C: 7 }, 'D ≥ 320'],
    ['national', { L: 1, E: 1, C: 1 }, 'D < 70'],
    ['mwr-2018', { L: 10, E: 10, C: 7 }, 'D > 320'],
    ['mwr-2018', { L: 3, E: 6, C: 15 }, '160 < D ≤ 320'],
    ['mwr-2018', { L: 1, E: 10, C: 7 }, 'D ≤ 70'],
    ['shandong', { L: 3, E: 6, C: 15 }, '160 ≤ D ≤ 320'],
    ['shandong', { L: 1, E: 3, C: 15 }, '20 ≤ D < 70'],
  ])('prints the band of %s for %j as %s', (variant, inputs, range) => {
    expect(evaluate(shipped('lec', variant), inputs).explanation.band.range).toBe(range);
  });

  it('says that a figure is unverified when only one factor value is', () => {
    const beijing = shipped('lec', 'beijing');

    const { factors, verified } = evaluate(beijing, { L: 1, E: 10, C: 100 }).explanation;

    expect(factors.map((f) => f.verified)).toEqual([true, false, true]);
    expect(verified).toBe(false);
  });

  itWithSharedVectors('agrees with the shared vectors', () => {
    const { lec } = sharedVectors();

    expect(lec.length).toBeGreaterThan(0);
    for (const { L, E, C, D, color } of lec) {
      expect(evaluate(national, { L, E, C }).score).toBe(D);
      expect(colourOf(national, { L, E, C })).toBe(color);
    }
  });
});

describe('LS', () => {
  it.each([
    ['5x5', 5, 4, '红'],
    ['5x5', 4, 4, '橙'],
    ['5x5', 5, 3, '橙'],
    ['5x5', 4, 3, '黄'],
    ['5x5', 3, 3, '黄'],
    ['5x5', 4, 2, '蓝'],
    ['5x5-coal', 4, 3, '橙'],
    ['5x5-coal', 4, 2, '黄'],
    ['5x5-coal', 3, 1, '蓝'],
    ['5x5-b', 5, 3, '红'],
    ['5x5-b', 3, 3, '橙'],
    ['5x5-b', 2, 2, '黄'],
    ['5x5-b', 3, 1, '蓝'],
    ['4x4', 4, 3, '红'],
    ['4x4', 4, 2, '橙'],
    ['4x4', 4, 1, '黄'],
    ['4x4', 3, 1, '蓝'],
  ])('%s reads L %d, S %d as %s', (variant, L, S, colour) => {
    expect(colourOf(shipped('ls', variant), { L, S })).toBe(colour);
  });

  it('takes the level from the cell even where the product says otherwise', () => {
    const base = shipped('ls', '4x4');
    if (base.kind !== 'matrix') throw new Error('not a matrix');
    const cells = base.cells.map((cell) =>
      cell.L === 1 && cell.S === 4 ? { ...cell, level: 1 as const } : cell,
    );

    const asymmetric = evaluate({ ...base, cells }, { L: 1, S: 4 });

    expect([asymmetric.score, asymmetric.level]).toEqual([4, 1]);
    expect(evaluate({ ...base, cells }, { L: 4, S: 1 }).level).toBe(3);
  });

  it('explains the cell with the score and the range', () => {
    const { explanation, score } = evaluate(shipped('ls', '5x5'), { L: 4, S: 3 });

    expect(score).toBe(12);
    expect(explanation.formula).toBe('L × S = 4 × 3 = 12');
    expect(explanation.band.range).toBe('R 9–12');
    expect(explanation.verified).toBe(false);
  });

  it('refuses a definition with a hole in the matrix', () => {
    const base = shipped('ls', '4x4');
    if (base.kind !== 'matrix') throw new Error('not a matrix');

    expect(() => evaluate({ ...base, cells: [] }, { L: 1, S: 1 })).toThrow(RangeError);
  });

  itWithSharedVectors('agrees with the shared vectors', () => {
    const vectors = sharedVectors();

    for (const [L, S, colour] of vectors.ls5x5_common) {
      expect(colourOf(shipped('ls', '5x5'), { L, S })).toBe(colour);
    }
    for (const [L, S, colour] of vectors.ls4x4) {
      expect(colourOf(shipped('ls', '4x4'), { L, S })).toBe(colour);
    }
  });
});

describe('inputs that do not fit', () => {
  it('lists every fault at once, with the allowed values', () => {
    expect(faultsOf(national, { L: 2, C: '15', 'a/b~': 1 })).toEqual([
      {
        pointer: '/inputs/L',
        detail: {
          zh: 'L 不在取值表中；可取：10, 6, 3, 1, 0.5, 0.2, 0.1。',
          en: 'L is not a value of the scale; allowed: 10, 6, 3, 1, 0.5, 0.2, 0.1',
        },
      },
      {
        pointer: '/inputs/E',
        detail: {
          zh: 'E 未填写；可取：10, 6, 3, 2, 1, 0.5。',
          en: 'E is missing; allowed: 10, 6, 3, 2, 1, 0.5',
        },
      },
      {
        pointer: '/inputs/C',
        detail: {
          zh: 'C 不在取值表中；可取：100, 40, 15, 7, 3, 1。',
          en: 'C is not a value of the scale; allowed: 100, 40, 15, 7, 3, 1',
        },
      },
      {
        pointer: '/inputs/a~1b~0',
        detail: {
          zh: '评估方法 lec 没有这个因子；它的因子：L, E, C。',
          en: 'The method lec has no such factor; its factors: L, E, C',
        },
      },
    ]);
  });

  it('treats null as missing and never reads inherited keys', () => {
    const inherited = Object.create({ L: 1, E: 1, C: 1 }) as Record<string, unknown>;

    expect(faultsOf(national, { L: null, E: 1, C: 1 })).toEqual([
      {
        pointer: '/inputs/L',
        detail: {
          zh: 'L 未填写；可取：10, 6, 3, 1, 0.5, 0.2, 0.1。',
          en: 'L is missing; allowed: 10, 6, 3, 1, 0.5, 0.2, 0.1',
        },
      },
    ]);
    expect(faultsOf(national, inherited)).toHaveLength(3);
  });

  it('refuses a definition whose bands leave a gap', () => {
    if (national.kind !== 'product') throw new Error('not a product');
    const bands = national.bands.slice(0, 2);

    expect(() => evaluate({ ...national, bands }, { L: 1, E: 1, C: 1 })).toThrow(RangeError);
  });
});

describe('every shipped definition', () => {
  const chosen = fc
    .constantFrom(...shippedDefinitions)
    .chain((definition) =>
      fc
        .tuple(...definition.factors.map((f) => fc.nat(f.scale.length - 1)))
        .map((picks) => ({ definition, picks })),
    );

  it('gives exactly one level for every combination, the same each time', () => {
    fc.assert(
      fc.property(chosen, ({ definition, picks }) => {
        const result = evaluate(definition, inputsOf(definition, picks));

        expect([1, 2, 3, 4]).toContain(result.level);
        expect(result).toEqual(evaluate(definition, inputsOf(definition, picks)));
      }),
    );
  });

  it('never gives a better level when one factor gets a worse value', () => {
    fc.assert(
      fc.property(chosen, fc.nat(2), ({ definition, picks }, which) => {
        // Scales are listed worst first, so the step before is the worse one.
        const worse = picks.map((p, i) => (i === which % picks.length ? Math.max(0, p - 1) : p));
        const before = evaluate(definition, inputsOf(definition, picks)).level as Level;
        const after = evaluate(definition, inputsOf(definition, worse)).level as Level;

        expect(after).toBeLessThanOrEqual(before);
      }),
    );
  });
});

describe('thousands of factors that are none', () => {
  it('are told by the first twenty and a count of the rest', () => {
    const nonsense = Object.fromEntries(Array.from({ length: 9000 }, (_, n) => [`x${n}`, 1]));

    const faults = faultsOf(national, { L: 3, E: 6, C: 15, ...nonsense }) as unknown[];

    expect(faults).toHaveLength(21);
    expect(faults.at(-1)).toEqual({
      pointer: '/inputs',
      detail: {
        zh: '另有 8980 项不是该方法的因子。',
        en: 'And 8980 more that are no factors of the method',
      },
    });
  });
});
