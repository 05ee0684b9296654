import { createByteCache } from '#server/features/tiles/byte-cache.ts';
import { filterQuery, isInCube, keptCounts } from '#server/features/tiles/tile-filters.ts';
import { NO_FILTERS } from '#tests/support/tile-requests.ts';

describe('byte cache', () => {
  it('drops what was unused longest once the bytes are used up', () => {
    // Each entry costs 400 bytes beside its own.
    const cache = createByteCache<string>(3000);
    cache.set('a', 'A', 600);
    cache.set('b', 'B', 600);
    cache.set('c', 'C', 600);

    cache.get('a');
    cache.set('d', 'D', 600);

    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual(['A', undefined, 'C', 'D']);
    expect(cache.bytes).toBe(3000);
  });

  it('does not keep what is larger than all of it, and replaces a key', () => {
    const cache = createByteCache<string>(1000);
    cache.set('a', 'old', 500);
    cache.set('a', 'new', 100);
    cache.set('b', 'huge', 5000);

    expect([cache.get('a'), cache.get('b'), cache.bytes]).toEqual(['new', undefined, 500]);
  });
});

describe('filters of a tile', () => {
  it('have one spelling, without what is the default', () => {
    const filters = {
      ...NO_FILTERS,
      levels: [2, 1],
      fields: ['gas', 'coal-mine'],
      region: '220000',
    } as const;

    expect(filterQuery(filters)).toBe('level=1,2&field=coal-mine,gas&region=220000');
    expect(filterQuery(NO_FILTERS)).toBe('');
  });

  it('can be counted by the cube unless they mix the two kinds of level', () => {
    const answers = [
      NO_FILTERS,
      { ...NO_FILTERS, levels: [1], states: ['assessed'] } as const,
      { ...NO_FILTERS, dynamicLevels: [1] } as const,
      { ...NO_FILTERS, dynamicLevels: [1], colour: 'dynamic' } as const,
      { ...NO_FILTERS, states: ['expired'], colour: 'dynamic' } as const,
    ].map(isInCube);

    expect(answers).toEqual([true, true, false, true, false]);
  });

  it('leave only counts that every filter lets through', () => {
    const kept = keptCounts({ ...NO_FILTERS, levels: [1, 2], states: ['assessed', 'expired'] });

    expect(kept).toEqual({
      k1: 1,
      k2: 1,
      k3: 0,
      k4: 0,
      kNotAssessed: 0,
      kExpired: 0,
      kNotApplicable: 0,
    });
  });
});
