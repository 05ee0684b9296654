import { checkGeometry, MAX_VERTICES_PER_FEATURE } from '#server/domain/geometry/check-geometry.ts';

const square = [
  [125, 43],
  [126, 43],
  [126, 44],
  [125, 43],
];

const faultsOf = (geometry: unknown, most?: number): readonly string[] =>
  checkGeometry(geometry, '/geometry', most).faults.map((f) => `${f.pointer}: ${f.detail.en}`);

describe('a geometry', () => {
  it.each([
    ['Point', [125, 43], 1],
    ['Point', [125, 43, 200], 1],
    ['MultiPoint', [[125, 43]], 1],
    ['LineString', square, 4],
    ['MultiLineString', [square], 4],
    ['Polygon', [square, square], 8],
    ['MultiPolygon', [[square]], 4],
  ])('of type %s is accepted and its positions counted', (type, coordinates, vertices) => {
    expect(checkGeometry({ type, coordinates }, '')).toEqual({ faults: [], vertices });
  });

  it.each([[null], [5], [{}], [{ type: 'Circle' }], [{ type: 'toString' }], [{ type: 3 }]])(
    '%j is refused for its type',
    (geometry) => {
      expect(checkGeometry(geometry, '/g').faults.map((f) => f.pointer)).toEqual(['/g/type']);
    },
  );

  it.each([
    ['Point', [125], '/geometry/coordinates', 'Must be [lon, lat].'],
    ['Point', [1, 2, 3, 4], '/geometry/coordinates', 'Must be [lon, lat].'],
    ['Point', 'here', '/geometry/coordinates', 'Must be [lon, lat].'],
    [
      'Point',
      ['125', 43],
      '/geometry/coordinates',
      'Longitude and latitude must be finite numbers.',
    ],
    [
      'Point',
      [125, Number.NaN],
      '/geometry/coordinates',
      'Longitude and latitude must be finite numbers.',
    ],
    ['LineString', [[125, 43]], '/geometry/coordinates', 'Needs at least 2 positions, has 1.'],
    ['LineString', [], '/geometry/coordinates', 'Must be an array that is not empty.'],
    ['Polygon', [null], '/geometry/coordinates/0', 'Must be an array that is not empty.'],
  ])('%s %j is refused', (type, coordinates, pointer, detail) => {
    expect(faultsOf({ type, coordinates })).toEqual([`${pointer}: ${detail}`]);
  });

  it('with latitude first is refused with a hint, and far off without one', () => {
    const [swapped] = faultsOf({ type: 'Point', coordinates: [43, 125] });
    const [projected] = faultsOf({ type: 'Point', coordinates: [13950000, 5440000] });

    expect(swapped).toContain('[43, 125] is not in −180…180, −90…90 degrees. Latitude first?');
    expect(projected).not.toContain('Latitude first?');
  });

  it('with an open or short ring is refused', () => {
    const open = [...square.slice(0, 3), [124, 43]];

    expect(faultsOf({ type: 'Polygon', coordinates: [open] })).toEqual([
      '/geometry/coordinates/0: A ring must end where it begins.',
    ]);
    expect(faultsOf({ type: 'MultiPolygon', coordinates: [[square.slice(0, 2)]] })).toEqual([
      '/geometry/coordinates/0/0: Needs at least 4 positions, has 2.',
      '/geometry/coordinates/0/0: A ring must end where it begins.',
    ]);
  });

  it('stops after as many faults as asked for', () => {
    const coordinates = Array.from({ length: 30 }, () => ['x', 'y']);

    expect(faultsOf({ type: 'MultiPoint', coordinates })).toHaveLength(20);
    expect(faultsOf({ type: 'MultiPoint', coordinates }, 3)).toHaveLength(3);
  });

  it('with too many positions is refused first of all for that', () => {
    const coordinates = Array.from({ length: MAX_VERTICES_PER_FEATURE + 1 }, () => [125, 43]);

    expect(faultsOf({ type: 'LineString', coordinates })).toEqual([
      '/geometry: Has 50001 positions; at most 50000 are taken.',
    ]);
  });
});
