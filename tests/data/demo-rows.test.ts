import { booleanPointInPolygon } from '@turf/turf';
import type { Position } from 'geojson';
import { FIELDS } from '#server/domain/fields.ts';
import { LIFECYCLES } from '#server/domain/lifecycle.ts';
import type { DemoRiskPoint } from '#server/features/demo/demo-rows.ts';
import { generateDemo } from '#server/features/demo/generate-demo.ts';
import { demoInput } from './demo-map.ts';
import { readCities } from './shipped-files.ts';

const REFERENCE_DAY = '2026-06-30';
const rows = generateDemo(demoInput(REFERENCE_DAY, 7));
const everyRow = Object.values(rows).flat();

const positionsOf = ({ geometry }: DemoRiskPoint): Position[] =>
  (geometry.type === 'Point'
    ? [geometry.coordinates]
    : geometry.type === 'LineString'
      ? geometry.coordinates
      : geometry.coordinates.flat()) as unknown as Position[];

describe('the demonstration set', () => {
  it('has over 300 enterprises, each named as an example in both languages', () => {
    expect(rows.enterprises.length).toBeGreaterThan(300);
    expect(rows.enterprises.filter(({ nameZh }) => !nameZh.startsWith('示例'))).toEqual([]);
    expect(rows.enterprises.filter(({ nameEn }) => !nameEn.startsWith('Example '))).toEqual([]);
    expect(new Set(rows.enterprises.map(({ nameZh }) => nameZh)).size).toBe(
      rows.enterprises.length,
    );
  });

  it('has over 2,000 risk points, of which some stand for themselves', () => {
    const publicPlaces = rows.riskPoints.filter(({ enterpriseId }) => enterpriseId === null);

    expect(rows.riskPoints.length).toBeGreaterThan(2000);
    expect(publicPlaces).toHaveLength(120);
    expect(publicPlaces.filter(({ kind }) => kind !== 'public_place')).toEqual([]);
    expect(new Set(rows.riskPoints.map(({ geometry }) => geometry.type))).toEqual(
      new Set(['Point', 'LineString', 'Polygon']),
    );
  });

  it('is the same for the same input', () => {
    expect(generateDemo(demoInput(REFERENCE_DAY, 7))).toEqual(rows);
  });

  it('keeps its places when only the reference day differs, and moves them with the seed', () => {
    const places = (day: string, seed: number): readonly number[] =>
      generateDemo(demoInput(day, seed)).riskPoints.map(({ lon }) => lon);
    const here = rows.riskPoints.map(({ lon }) => lon);

    expect(places('2025-01-01', 7)).toEqual(here);
    expect(places(REFERENCE_DAY, 8)).not.toEqual(here);
  });

  it('has unique ids of the form UUIDv7, and unique codes', () => {
    const ids = everyRow.map(({ id }) => id);
    const codes = rows.riskPoints.map(({ code }) => code);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/u.test(id))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('puts every vertex of every point, and every enterprise, inside the city it names', () => {
    const cities = new Map(readCities().features.map((city) => [city.properties.code, city]));
    const isAstray = (code: string, position: Position): boolean => {
      const city = cities.get(code);
      return !city || !booleanPointInPolygon(position, city);
    };

    const points = rows.riskPoints.filter((point) =>
      positionsOf(point).some((position) => isAstray(point.cityCode, position)),
    );
    const enterprises = rows.enterprises.filter(({ cityCode, lon, lat }) =>
      isAstray(cityCode, [lon, lat]),
    );

    expect([...points, ...enterprises]).toEqual([]);
  });

  it('keeps the points of an enterprise within 400 metres of it', () => {
    const enterprises = new Map(rows.enterprises.map((enterprise) => [enterprise.id, enterprise]));
    const far = rows.riskPoints.filter(({ enterpriseId, lon, lat }) => {
      const enterprise = enterprises.get(enterpriseId ?? '');
      if (!enterprise) return false;
      const north = (lat - enterprise.lat) * 111_320;
      const east = (lon - enterprise.lon) * 111_320 * Math.cos((lat * Math.PI) / 180);
      return Math.hypot(north, east) > 400;
    });

    expect(far).toEqual([]);
  });

  it('speaks only of the time before the reference day, and of about 14 months of it', () => {
    const instants = [
      ...rows.assessments.map(({ assessedAt }) => assessedAt),
      ...rows.riskPoints.flatMap(({ lifecycleChanges }) => lifecycleChanges.map(({ at }) => at)),
      ...rows.enterprises.flatMap(({ lifecycleChanges }) => lifecycleChanges.map(({ at }) => at)),
    ].map(Date.parse);
    const ends = Date.parse(`${REFERENCE_DAY}T00:00:00+08:00`);
    const days = (instant: number): number => (ends - instant) / 86_400_000;

    expect(instants.filter((instant) => instant >= ends)).toEqual([]);
    expect(days(Math.min(...instants))).toBeGreaterThan(425);
    expect(days(Math.min(...instants))).toBeLessThan(450);
  });

  it('assesses nothing before it is in the register', () => {
    const entered = new Map(rows.riskPoints.map(({ id, existsFrom }) => [id, existsFrom]));

    const early = rows.assessments.filter(
      ({ riskPointId, assessedAt }) => assessedAt < (entered.get(riskPointId) ?? '9'),
    );

    expect(early).toEqual([]);
  });

  it('ends each story of changes in the lifecycle that the row carries, in order of time', () => {
    const wrong = [...rows.riskPoints, ...rows.enterprises].filter(
      ({ lifecycle, lifecycleChanges }) =>
        lifecycleChanges.at(-1)?.lifecycle !== lifecycle ||
        lifecycleChanges.some(({ at }, i) => i > 0 && at <= (lifecycleChanges[i - 1]?.at ?? '')),
    );

    expect(wrong).toEqual([]);
    expect(new Set(rows.enterprises.map(({ lifecycle }) => lifecycle))).toEqual(
      new Set(LIFECYCLES),
    );
  });

  it('names only known fields, and rows that exist', () => {
    const fields = new Set(FIELDS.map(({ code }) => code));
    const points = new Set(rows.riskPoints.map(({ id }) => id));
    const sources = new Set(rows.hazardSources.map(({ id }) => id));
    const enterprises = new Set(rows.enterprises.map(({ id }) => id));
    const used = [...rows.enterprises, ...rows.riskPoints].flatMap((row) => row.fields);

    expect(used.filter((field) => !fields.has(field))).toEqual([]);
    expect(new Set(used).size).toBeGreaterThan(14);
    expect(rows.hazardSources.filter(({ riskPointId }) => !points.has(riskPointId))).toEqual([]);
    expect(
      rows.measures.filter(
        ({ riskPointId, hazardSourceId }) =>
          !points.has(riskPointId) || (hazardSourceId !== null && !sources.has(hazardSourceId)),
      ),
    ).toEqual([]);
    expect(
      rows.assessments.filter(
        ({ subjectKind, subjectId }) =>
          !(subjectKind === 'risk_point' ? points : sources).has(subjectId),
      ),
    ).toEqual([]);
    expect(
      rows.riskPoints.filter(
        ({ enterpriseId }) => enterpriseId !== null && !enterprises.has(enterpriseId),
      ),
    ).toEqual([]);
  });

  it('gives every point a responsible post, and every enterprise point a control level', () => {
    const incomplete = rows.riskPoints.filter(
      ({ enterpriseId, controlLevel, responsibleDept, responsiblePost }) =>
        responsibleDept.zh === '' ||
        responsiblePost.en === '' ||
        (enterpriseId === null) !== (controlLevel === null),
    );

    expect(incomplete).toEqual([]);
  });
});
