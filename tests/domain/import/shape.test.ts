import { fromWgs84 } from '#server/domain/crs/crs.ts';
import { judge, problemsOf } from './import-data.ts';

const NAME = { 名称: '罐区' };

const shape = (
  geometry: unknown,
  options: Partial<Parameters<typeof judge>[2]> = {},
  kind: 'risk-points' | 'enterprises' = 'risk-points',
) => judge(kind, NAME, { geometry, ...options });

const SQUARE = [
  [125, 43],
  [126, 43],
  [126, 44],
  [125, 44],
  [125, 43],
];

describe('a geometry', () => {
  it('that is a point is the place', () => {
    const { place } = shape({ type: 'Point', coordinates: [125.3245, 43.8868, 210] });

    expect(place).toEqual({
      position: [125.3245, 43.8868],
      original: { x: '125.3245', y: '43.8868', crs: 'wgs84', swapped: false },
      stated: { code: null, city: null, county: null },
    });
  });

  it('of several points is a place only where there is one', () => {
    const one = shape({ type: 'MultiPoint', coordinates: [[125, 43]] });
    const two = shape({
      type: 'MultiPoint',
      coordinates: [
        [125, 43],
        [126, 43],
      ],
    });

    expect(one.place?.position).toEqual([125, 43]);
    expect(problemsOf(two)).toEqual([': 一行有几个点（MultiPoint）']);
  });

  it.each([
    [
      'LineString',
      [
        [125, 43],
        [125.5, 43.5],
        [126, 43],
      ],
      [125.5, 43.5],
    ],
    [
      'MultiLineString',
      [
        [
          [125, 43],
          [126, 43],
        ],
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ],
      [3, 4],
    ],
    // The parallel lies between the middle, 43.5, and the next vertex above, 44.
    ['Polygon', [SQUARE], [125.5, 43.75]],
    [
      'MultiPolygon',
      [
        [
          [
            [1, 1],
            [2, 1],
            [2, 2],
            [1, 1],
          ],
        ],
        [SQUARE],
      ],
      [125.5, 43.75],
    ],
  ])('that is a %s keeps its vertices and has a place on it', (type, coordinates, position) => {
    const { place, faults } = shape({ type, coordinates });

    expect(faults).toEqual([]);
    expect(place?.position).toEqual(position);
    expect(place?.geometry).toEqual({ type, coordinates });
  });

  it('with a hole has its place outside the hole', () => {
    const hole = [
      [125.1, 43.1],
      [125.9, 43.1],
      [125.9, 43.9],
      [125.1, 43.9],
      [125.1, 43.1],
    ];

    const { place } = shape({ type: 'Polygon', coordinates: [SQUARE, hole] });

    // From the west edge at 125 to the hole at 125.1, on the parallel between 43.5 and 44.
    expect(place?.position).toEqual([125.05, 43.75]);
  });

  it('without extent has its place on its first vertex', () => {
    const flat = [
      [125, 43],
      [126, 43],
      [127, 43],
      [125, 43],
    ];

    expect(shape({ type: 'Polygon', coordinates: [flat] }).place?.position).toEqual([125, 43]);
  });

  it('is converted vertex by vertex', () => {
    const moved = SQUARE.map(([lon = 0, lat = 0]) => fromWgs84('gcj02', [lon, lat]));
    const closed = [...moved.slice(0, -1), moved[0]];

    const { place } = shape(
      { type: 'Polygon', coordinates: [closed] },
      { reading: { crs: 'gcj02', swapped: false } },
    );

    expect(place?.geometry?.coordinates).toEqual([SQUARE]);
    expect(place?.original.crs).toBe('gcj02');
  });

  it('of an enterprise is a point on it, with a warning', () => {
    const row = shape({ type: 'Polygon', coordinates: [SQUARE] }, {}, 'enterprises');

    expect(row.place).toMatchObject({ position: [125.5, 43.75] });
    expect(row.place).not.toHaveProperty('geometry');
    expect(row.warnings.map(({ problem }) => problem.zh)).toEqual(['企业以点登记，取图形内的一点']);
  });

  it('of a hazard source is not looked at', () => {
    const row = judge(
      'hazard-sources',
      { ...NAME, 风险点: '甲' },
      { geometry: { type: 'Nonsense' } },
    );

    expect([row.place, row.faults]).toEqual([null, []]);
  });

  const NO_TYPE =
    '应为 Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon 之一（/type）';

  it.each<[unknown, string]>([
    [{ type: 'GeometryCollection', geometries: [] }, `: ${NO_TYPE}`],
    [{ type: 'Polygon', coordinates: [] }, ': 应为非空的数组（/coordinates）'],
    [
      { type: 'Polygon', coordinates: [SQUARE.slice(0, 4)] },
      ': 环的终点须与起点相同（/coordinates/0）',
    ],
    [
      { type: 'LineString', coordinates: [[125, 43]] },
      ': 至少要有 2 个坐标点，现有 1 个（/coordinates）',
    ],
    [
      {
        type: 'LineString',
        coordinates: [
          [125, 43],
          ['x', 1],
        ],
      },
      ': 经度和纬度须为有限的数字（/coordinates/1）',
    ],
    [
      { type: 'LineString', coordinates: [[125, 43], [125]] },
      ': 应为 [经度, 纬度]（/coordinates/1）',
    ],
    [
      {
        type: 'LineString',
        coordinates: [
          [125, 43],
          [125, 95],
        ],
      },
      ': [125, 95] 不在经度 −180…180、纬度 −90…90 度之内（/coordinates/1）',
    ],
    [
      {
        type: 'LineString',
        coordinates: [
          [125, 43],
          [125, 88],
        ],
      },
      ': 纬度为 88',
    ],
    [{ type: 'Point', coordinates: [0, 0] }, ': 坐标为 0，通常表示没有填写'],
    [{ type: 'Point', coordinates: [Number.NaN, 1] }, ': 坐标不是数值'],
    [{ type: 'Point' }, ': 应为 [经度, 纬度]（/coordinates）'],
    ['text', `: ${NO_TYPE}`],
    [
      { type: 'LineString', coordinates: Array.from({ length: 50_001 }, () => [125, 43]) },
      ': 共有 50001 个坐标点，最多 50000 个',
    ],
  ])('that is wrong is told: %#', (geometry, problem) => {
    expect(problemsOf(shape(geometry))).toContain(problem);
  });

  it('nested without end ends nothing', () => {
    const nested = JSON.parse(`${'['.repeat(5000)}1${']'.repeat(5000)}`) as unknown;

    expect(shape({ type: 'MultiPolygon', coordinates: nested }).faults).not.toEqual([]);
  });
});
