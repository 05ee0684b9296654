import fc from 'fast-check';
import { createRowEvaluator } from '#server/domain/import/evaluate-row.ts';
import { IMPORT_KINDS } from '#server/domain/import/import-kind.ts';
import { mapColumns } from '#server/domain/import/map-columns.ts';
import { shippedDefinitions } from '../methods/definitions.ts';
import { tables, TODAY } from './import-data.ts';

const words = [
  ...tables.columns.fields.flatMap(({ names, headers }) => [names.zh, ...headers.slice(0, 2)]),
  ...['风险等级', 'url', '__proto__', 'constructor', '', ' ', '坐标 经度', '甲/乙'],
];

const header = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 8 }));

const cell = fc.oneof(
  fc.constantFrom(
    null,
    '',
    '在产',
    '125.3',
    '43.8',
    '125.3,43.8',
    '危化/燃气、x',
    'LEC',
    '1.甲；2.乙',
    '2025-06-30',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double().map(String),
);

const geometry = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue(),
  fc.record({
    type: fc.constantFrom('Point', 'MultiPoint', 'LineString', 'Polygon', 'MultiPolygon', 'x'),
    coordinates: fc.oneof(fc.jsonValue(), fc.array(fc.array(fc.double()))),
  }),
);

const readings = [
  null,
  { crs: 'wgs84', swapped: false },
  { crs: 'bd09', swapped: true },
  { crs: 'EPSG:4551', swapped: false },
] as const;

describe('whatever the headers, cells and geometry are', () => {
  it('a row is judged, storable and never thrown at', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...IMPORT_KINDS),
        fc.array(header, { maxLength: 12 }),
        fc.array(cell, { maxLength: 14 }),
        geometry,
        fc.constantFrom(...readings),
        (kind, headers, cells, shape, reading) => {
          const { columns } = mapColumns(tables.columns, kind, headers);
          const evaluate = createRowEvaluator({
            kind,
            ...tables,
            mapping: columns,
            headers,
            reading,
            today: TODAY,
            definitions: shippedDefinitions,
          });

          const row = evaluate({ row: 7, cells, geometry: shape });

          expect(columns).toHaveLength(headers.length);
          expect([...row.faults, ...row.warnings].every((fault) => fault.row === 7)).toBe(true);
          // What a database refuses in JSON: NUL and halves of characters.
          const { faults, warnings, ...said } = row;
          const values = [...faults, ...warnings].map(({ value, problem }) => [value, problem]);
          expect(JSON.stringify([said, values])).not.toMatch(/\\u0000|\\ud[89a-f]/i);
          expect(row.place?.position.every(Number.isFinite) ?? true).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});
