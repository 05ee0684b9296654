import * as fc from 'fast-check';
import {
  BASES,
  basisNames,
  isLevel,
  isWorse,
  LEVELS,
  levelStyle,
  STATES,
  stateStyle,
  worstLevel,
} from '#server/domain/level.ts';
import type { Level } from '#server/domain/level.ts';

const anyLevel = fc.constantFrom<Level | null>(1, 2, 3, 4, null);

describe('levels', () => {
  it('takes the smallest number as the worst and ignores unknown ones', () => {
    expect(worstLevel([3, null, 2, 4])).toBe(2);
    expect(worstLevel([null])).toBeNull();
    expect(worstLevel([])).toBeNull();
  });

  it('calls any level worse than none, and no level worse than itself', () => {
    expect(isWorse(1, 4)).toBe(true);
    expect(isWorse(4, 1)).toBe(false);
    expect(isWorse(4, null)).toBe(true);
    expect(isWorse(null, 4)).toBe(false);
    expect(isWorse(2, 2)).toBe(false);
  });

  it('never finds a better worst level when one more is added', () => {
    fc.assert(
      fc.property(fc.array(anyLevel), anyLevel, (levels, added) => {
        expect(isWorse(worstLevel(levels), worstLevel([...levels, added]))).toBe(false);
      }),
    );
  });

  it('knows a level from anything else', () => {
    expect([0, 1, 4, 5, '1', null, 1.5].map(isLevel)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('how levels and states look', () => {
  it('gives each level its measured colour, its letter and its name', () => {
    const rows = LEVELS.map((level) => {
      const style = levelStyle[level];
      return [style.colour, style.letter, style.zh, style.colourZh, style.pattern].join(' ');
    });

    expect(rows).toEqual([
      '#BE1E2D Ⅰ 重大风险 红 dense-diagonal',
      '#EE8A3C Ⅱ 较大风险 橙 open-diagonal',
      '#FBE655 Ⅲ 一般风险 黄 dots',
      '#1B66C9 Ⅳ 低风险 蓝 plain',
    ]);
  });

  it('draws the three grey states apart, and none in a level colour', () => {
    const grey = [stateStyle.not_assessed, stateStyle.expired, stateStyle.not_applicable];

    expect(STATES).toEqual(['assessed', 'not_assessed', 'expired', 'not_applicable']);
    expect(grey.map((s) => `${s.colour} ${s.letter} ${s.zh}`)).toEqual([
      '#98A2AE ？ 未评估',
      '#98A2AE 期 已过期',
      '#98A2AE — 不适用',
    ]);
    expect(new Set(grey.map((s) => s.pattern)).size).toBe(3);
  });

  it.each(LEVELS.map((level) => levelStyle[level]).concat())(
    'keeps the text on $colourEn readable',
    ({ colour, textColour }) => {
      expect(contrast(colour, textColour)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('names both bases', () => {
    expect(BASES.map((basis) => basisNames[basis].zh)).toEqual(['固有风险', '现状风险']);
  });
});

/** WCAG 2 contrast ratio of two #RRGGBB colours. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
