import { array, assert, nat, pre, property } from 'fast-check';
import { parsePointId } from '#client/map/point-image.ts';
import { parseRingId, ringSectors, ringTotal, shortCount } from '#client/map/ring-image.ts';
import { ringRadius } from '#client/map/ring-size.ts';
import { aContext, isDrawn, styleOf, valueOf } from './map-context.ts';

const counts = { n1: 3, n2: 20, n3: 40, n4: 30, nNotAssessed: 5, nExpired: 2, nNotApplicable: 9 };

describe('a ring chart', () => {
  it('is asked for by an id that carries everything it shows', () => {
    const id = String(valueOf(styleOf(aContext()), 'regions-rings', 'icon-image', counts));

    expect(id).toBe('ring|light|zh-CN|area|3,20,40,30,5,2,9');
    expect(parseRingId(id)).toEqual({
      theme: 'light',
      lang: 'zh-CN',
      kind: 'area',
      counts: [3, 20, 40, 30, 5, 2, 9],
    });
  });

  it('leaves out hidden classes, and is not drawn when nothing is left', () => {
    const style = styleOf(aContext({ hide: ['4', 'not_assessed'] }));

    expect(valueOf(style, 'risk-point-cells', 'icon-image', counts, 9)).toBe(
      'ring|light|zh-CN|cell|3,20,40,0,0,2,9',
    );
    expect(isDrawn(style, 'risk-point-cells', { n4: 7, nNotAssessed: 1 }, 9)).toBe(false);
    expect(isDrawn(style, 'risk-point-cells', { n4: 7, n1: 1 }, 9)).toBe(true);
  });

  it('begins at twelve o’clock with the worst class and goes round once', () => {
    const sectors = ringSectors([1, 0, 2, 0, 1, 0, 0]);

    expect(sectors.map(({ key }) => key)).toEqual(['1', '3', 'not_assessed']);
    expect(sectors[0]?.from).toBe(0);
    // Shares 1/4, 2/4, 1/4 of the full turn.
    expect(sectors.map(({ to }) => to / Math.PI)).toEqual(
      [0.5, 1.5, 2].map((turn) => expect.closeTo(turn)),
    );
  });

  it('shows even one point among thousands', () => {
    const [worst] = ringSectors([1, 0, 0, 9999, 0, 0, 0]);

    // 0.16 rad, scaled to leave room for the rest.
    expect(worst?.to).toBeGreaterThan(0.15);
  });

  it('has sectors that meet and end where they began, whatever the counts', () => {
    const anyCounts = array(nat(5000), { minLength: 7, maxLength: 7 });
    assert(
      property(anyCounts, (numbers) => {
        const sectors = ringSectors(numbers);
        pre(sectors.length > 0);
        expect(sectors.at(-1)?.to).toBeCloseTo(2 * Math.PI);
        for (const [index, { from }] of sectors.entries()) {
          expect(from).toBe(index === 0 ? 0 : sectors[index - 1]?.to);
        }
      }),
    );
  });

  it('counts the not applicable points only where there are no others', () => {
    expect(ringTotal([3, 20, 40, 30, 5, 2, 9])).toBe(100);
    expect(ringTotal([0, 0, 0, 0, 0, 0, 9])).toBe(9);
  });

  it('has an area that grows with the square root of the count', () => {
    // Radii 6 · ⁴√256 = 24 and 6 · ⁴√1296 = 36; areas as 576 : 1296 = √256 : √1296.
    expect(ringRadius('area', 256)).toBeCloseTo(24);
    expect(ringRadius('area', 1296)).toBeCloseTo(36);
    expect(ringRadius('area', 1)).toBe(15);
    expect(ringRadius('area', 1e9)).toBe(42);
  });

  it('keeps its number short', () => {
    expect([9999, 12_345, 1_234_567].map((n) => shortCount(n, 'zh-CN'))).toEqual([
      '9999',
      '1.2万',
      '123万',
    ]);
    expect([9999, 12_345, 1_234_567].map((n) => shortCount(n, 'en'))).toEqual([
      '9999',
      '12k',
      '1.2M',
    ]);
  });
});

describe('the picture of a point', () => {
  it('is read from its id', () => {
    expect(parsePointId('point|dark|2||1')).toEqual({
      theme: 'dark',
      level: 2,
      state: 'assessed',
      lastLevel: null,
      raised: 1,
      lang: 'zh-CN',
    });
    expect(parsePointId('point|light|expired|1||en')).toEqual({
      theme: 'light',
      level: null,
      state: 'expired',
      lastLevel: 1,
      raised: null,
      lang: 'en',
    });
  });

  it('is never a level where there is none', () => {
    expect(parsePointId('point|light|||')?.level).toBeNull();
    expect(parsePointId('point|light|no_data||')).toMatchObject({
      level: null,
      state: 'not_assessed',
    });
    expect(parsePointId('ring|light|zh-CN|area|1')).toBeNull();
    expect(parseRingId('point|light|1||')).toBeNull();
  });
});
