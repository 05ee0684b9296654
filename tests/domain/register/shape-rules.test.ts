import { shapeFaults } from '#server/domain/register/shape-rules.ts';

const SQUARE = [
  [125, 43],
  [126, 43],
  [126, 44],
  [125, 44],
  [125, 43],
];
const faults = (type: string, coordinates: unknown) =>
  shapeFaults({ type, coordinates }, '/geometry');

describe('the shape of a risk point', () => {
  it.each([
    ['Point', [125, 43]],
    [
      'LineString',
      [
        [125, 43],
        [126, 43],
      ],
    ],
    ['Polygon', [SQUARE]],
    [
      'MultiLineString',
      [
        [
          [125, 43],
          [126, 43],
        ],
      ],
    ],
    ['MultiPolygon', [[SQUARE]]],
    ['Point', [180, -85]],
  ])('may be a %s', (type, coordinates) => {
    expect(faults(type, coordinates)).toEqual([]);
  });

  it('may not be several points, nor a collection', () => {
    expect(faults('MultiPoint', [[125, 43]])).toMatchObject([{ pointer: '/geometry/type' }]);
    expect(faults('GeometryCollection', [])).toMatchObject([{ pointer: '/geometry/type' }]);
    expect(shapeFaults(null, '/geometry')).toMatchObject([{ pointer: '/geometry/type' }]);
  });

  it('may not reach beyond 85 degrees, which is told with the latitude', () => {
    const [fault] = faults('MultiPolygon', [[SQUARE], [SQUARE.map(([lon = 0]) => [lon, 85.5])]]);

    expect(fault?.pointer).toBe('/geometry/coordinates');
    expect(fault?.detail).toMatchObject({ en: expect.stringContaining('85.5') });
  });

  it('is told its structural faults first', () => {
    expect(faults('Polygon', [SQUARE.slice(1)])).toMatchObject([
      { pointer: '/geometry/coordinates/0' },
    ]);
  });
});
