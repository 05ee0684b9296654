import {
  ancestorCodes,
  cityCodeOf,
  parentCodeOf,
  provinceCodeOf,
  regionDepth,
} from '#server/domain/identifiers/region-code.ts';

describe('region codes', () => {
  it.each([
    ['220000', 'province', null, null, []],
    ['220100', 'city', '220100', '220000', ['220000']],
    ['220102', 'county', '220100', '220100', ['220000', '220100']],
    ['220102001', 'township', '220100', '220102', ['220000', '220100', '220102']],
    ['220102001003', 'village', '220100', '220102001', ['220000', '220100', '220102', '220102001']],
    ['222401', 'county', '222400', '222400', ['220000', '222400']],
  ])('%s is a %s of city %s under %s', (code, depth, city, parent, ancestors) => {
    expect(regionDepth(code)).toBe(depth);
    expect(cityCodeOf(code)).toBe(city);
    expect(parentCodeOf(code)).toBe(parent);
    expect(ancestorCodes(code)).toEqual(ancestors);
    expect(provinceCodeOf(code)).toBe('220000');
  });

  it.each(['', '000000', '22010', '2201021', '22O102', '2201020010031', ' 220102'])(
    '"%s" is no region code',
    (code) => {
      expect(regionDepth(code)).toBeNull();
      expect(cityCodeOf(code)).toBeNull();
      expect(provinceCodeOf(code)).toBeNull();
      expect(parentCodeOf(code)).toBeNull();
      expect(ancestorCodes(code)).toEqual([]);
    },
  );
});
