import { readBytes, refusalOf, TYPES } from './read-bytes.ts';

const collection = (features: readonly unknown[], more: object = {}): string =>
  JSON.stringify({ type: 'FeatureCollection', ...more, features });

const feature = (properties: unknown, geometry: unknown = null, more: object = {}): object => ({
  type: 'Feature',
  properties,
  geometry,
  ...more,
});

const point = (...coordinates: unknown[]): object => ({ type: 'Point', coordinates });

describe('the features of a GeoJSON file', () => {
  it('become rows, their property names columns in the order of their appearance', async () => {
    const text = collection(
      [
        feature({ name_zh: '氨罐', lon: 1.5, tags: ['a', { b: 1 }] }, point(126.5, 43.5)),
        feature({ code: 'A"}]', live: false, name_zh: '' }, null, { id: 7 }),
        feature(null, {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0, 5],
              [0, 1],
              [0, 0],
            ],
          ],
          x: 1,
        }),
      ],
      { name: 'sites', crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } } },
    );

    const { head, rows, count } = await readBytes(`\uFEFF ${text}\n`, TYPES.geojson);

    expect(count).toBe(3);
    expect(head).toEqual({
      format: { kind: 'geojson' },
      titleRows: [],
      headerRows: [],
      titles: ['crs: urn:ogc:def:crs:EPSG::4490'],
      headers: ['name_zh', 'lon', 'tags', 'id', 'code', 'live'],
    });
    expect(rows).toEqual([
      {
        row: 1,
        cells: ['氨罐', '1.5', '["a",{"b":1}]', null, null, null],
        geometry: { type: 'Point', coordinates: [126.5, 43.5] },
      },
      { row: 2, cells: [null, null, null, '7', 'A"}]', 'FALSE'], geometry: null },
      {
        row: 3,
        cells: [null, null, null, null, null, null],
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0, 5],
              [0, 1],
              [0, 0],
            ],
          ],
        },
      },
    ]);
  });

  it('may be one alone, pretty-printed, or under a key that is spelled out', async () => {
    const lone = await readBytes(JSON.stringify(feature({ a: 1 }, point(1, 2))), TYPES.geojson);
    const pretty = await readBytes(
      JSON.stringify(JSON.parse(collection([feature({ a: 1 }), feature({ a: 2 })])), null, 4),
      TYPES.geojson,
    );
    const spelled = await readBytes(
      collection([feature({ a: 1 })]).replace('"features"', String.raw`"feature\u0073"`),
      TYPES.geojson,
    );

    expect(lone.rows).toEqual([
      { row: 1, cells: ['1'], geometry: { type: 'Point', coordinates: [1, 2] } },
    ]);
    expect(pretty.rows.map(({ cells }) => cells)).toEqual([['1'], ['2']]);
    expect(spelled.count).toBe(1);
  });

  it('may not have names that are dangerous elsewhere', async () => {
    for (const name of ['__proto__', 'constructor', ' prototype ']) {
      const text = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":null},{"type":"Feature","properties":{"${name}":{"polluted":"yes"}},"geometry":null}]}`;

      expect(await refusalOf(text, TYPES.geojson)).toEqual({
        slug: 'invalid-body',
        row: 2,
        column: name,
        detail: {
          zh: `文件被拒绝：第 2 个要素的属性名“${name}”是保留名称，不能用作属性名。请改名或删去这个属性。`,
          en: `Refused: feature 2 has a property "${name}", which is reserved and no name for a property. Rename or delete it.`,
        },
      });
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('may have other names of members of all objects, and a geometry with any members', async () => {
    const text =
      '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2],"__proto__":{"polluted":1}},"properties":{"valueOf":"x","toString":null}}]}';

    const { head, rows } = await readBytes(text, TYPES.geojson);

    expect(head.headers).toEqual(['valueOf', 'toString']);
    expect(rows[0]?.cells).toEqual(['x', null]);
    expect(Object.keys(rows[0]?.geometry as object)).toEqual(['type', 'coordinates']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('come in order over many pieces of the file', async () => {
    const many = Array.from({ length: 12_345 }, (_, at) =>
      feature({ n: at, 名称: '甲'.repeat(at % 50) }),
    );

    const { rows } = await readBytes(collection(many), TYPES.geojson);

    expect(rows).toHaveLength(12_345);
    expect(rows.every(({ row, cells }) => cells[0] === String(row - 1))).toBe(true);
    expect(rows[49]?.cells[1]).toBe('甲'.repeat(49));
  });
});

describe('a GeoJSON file is refused', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  const ring = (vertices: number): unknown[] =>
    Array.from({ length: vertices }, (_, at) => [at / 1e4, 0]);

  it.each([
    [
      'NaN',
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[NaN,1]}}]}',
      1,
    ],
    [
      'a number beyond all',
      collection([feature({}, point(1, 2)), feature({}, point(1, 3))]).replace(
        '[1,3]',
        '[1e999,3]',
      ),
      2,
    ],
    ['null as a coordinate', collection([feature({}, point(null, 1))]), 1],
    ['texts as coordinates', collection([feature({}, point('126', '43'))]), 1],
    ['five coordinates', collection([feature({}, point(1, 2, 3, 4, 5))]), 1],
    [
      'a polygon that is a line',
      collection([
        feature(
          {},
          {
            type: 'Polygon',
            coordinates: [
              [1, 2],
              [3, 4],
            ],
          },
        ),
      ]),
      1,
    ],
    ['no coordinates', collection([feature({}, { type: 'Point' })]), 1],
    [
      'a geometry collection',
      collection([feature({}, { type: 'GeometryCollection', geometries: [] })]),
      1,
    ],
    [
      'a type like an inherited name',
      collection([feature({}, { type: 'constructor', coordinates: [1, 2] })]),
      1,
    ],
    ['a geometry that is a text', collection([feature({}, 'POINT(1 2)')]), 1],
    ['properties that are a list', collection([feature([1])]), 1],
    [
      'a code that lost its end',
      collection([feature({}), feature({ code: 1 })]).replace(
        '"code":1',
        '"code":912201011234567890',
      ),
      2,
    ],
    ['a control character', collection([feature({ a: 'x\u0000y' })]), 1],
    ['half a character', collection([feature({ a: 1 })]).replace(':1', String.raw`:"\ud800"`), 1],
    ['a thing that is no feature', collection([feature({}), { type: 'Point' }]), 2],
  ])('for %s, with the feature', async (_, text, row) => {
    expect(await refusalOf(text, TYPES.geojson)).toMatchObject({ slug: 'invalid-body', row });
  });

  it.each([
    [
      'deep nesting',
      `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":${nested(20_000)}}}]}`,
    ],
    ['deep nesting anywhere', `{"a":${nested(20_000)}}`],
    [
      'deep nesting of coordinates',
      collection([feature({}, { type: 'Point', coordinates: JSON.parse(nested(12)) })]),
    ],
    ['a bare geometry', JSON.stringify(point(1, 2))],
    ['a list', '[{"type":"Feature"}]'],
    ['items that are none', '{"type":"FeatureCollection","features":[1,"x",null]}'],
    ['zeros that could be placeholders', '{"type":"FeatureCollection","features":[0,0]}'],
    [
      'two lists of features',
      `{"type":"FeatureCollection","features":[${JSON.stringify(feature({}))}],"features":[]}`,
    ],
    ['a comma too many', collection([feature({})]).replace('}]}', '},]}')],
    ['a missing comma', collection([feature({}), feature({})]).replace('},{', '}{')],
    ['an end that is missing', collection([feature({}), feature({})]).slice(0, -3)],
    ['more after the end', `${collection([feature({})])}{}`],
    ['no features', collection([])],
  ])('for %s', async (_, text) => {
    expect(await refusalOf(text, TYPES.geojson)).toMatchObject({ slug: 'invalid-body' });
  });

  it('for bytes that are not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":"'),
      Buffer.of(0xc1, 0xaa),
      Buffer.from('"},"geometry":null}]}'),
    ]);

    expect(await refusalOf(bytes, TYPES.geojson)).toMatchObject({ slug: 'invalid-body', row: 1 });
  });

  it('for more vertices, columns, features or cells than the limits', async () => {
    const slug = 'payload-too-large';
    const line = (vertices: number): object =>
      feature({}, { type: 'LineString', coordinates: ring(vertices) });
    const names = Object.fromEntries(ring(301).map((_, at) => [`p${at}`, at]));

    expect(await refusalOf(collection([line(50_001)]), TYPES.geojson)).toMatchObject({
      slug,
      row: 1,
    });
    expect(
      await refusalOf(collection(Array.from({ length: 3 }, () => line(40))), TYPES.geojson, {
        budgets: { vertices: 100 },
      }),
    ).toMatchObject({ slug, row: 3 });
    expect(await refusalOf(collection([feature({}), feature(names)]), TYPES.geojson)).toMatchObject(
      { slug, row: 2 },
    );
    expect(
      await refusalOf(collection([feature({}), feature({})]), TYPES.geojson, {
        budgets: { rows: 1 },
      }),
    ).toMatchObject({ slug, row: 2 });
    expect(
      await refusalOf(collection([feature({ a: 1, b: 2 })]), TYPES.geojson, {
        budgets: { cells: 1 },
      }),
    ).toMatchObject({ slug, row: 1 });
    expect(
      await refusalOf(collection([feature({ a: 'x'.repeat(40_000) })]), TYPES.geojson),
    ).toMatchObject({ slug, row: 1, column: 'a' });
  });
});
