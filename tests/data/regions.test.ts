import { area, booleanPointInPolygon, featureCollection, intersect, kinks, union } from '@turf/turf';
import type { Feature, Polygon, Position } from 'geojson';
import { readCities, readProvince } from './shipped-files.ts';
import type { RegionProperties } from './shipped-files.ts';

type City = Feature<Polygon, RegionProperties>;

const cities = readCities().features;
const province = readProvince().features;
const byCode = cities.map((city) => ({ code: city.properties.code, city }));
const pairs = cities.flatMap((a, i) => cities.slice(i + 1).map((b) => [a, b] as const));
const squareKilometres = (shape: Feature<Polygon>): number => area(shape) / 1e6;

const directedEdges = (shape: Feature<Polygon>): string[] =>
  shape.geometry.coordinates.flatMap((ring) =>
    ring.slice(1).map((end, i) => edge(ring[i] ?? [], end)),
  );
const edge = (from: Position, to: Position): string => `${from.join(' ')} > ${to.join(' ')}`;
const reversed = (text: string): string => text.split(' > ').toReversed().join(' > ');

describe('the shipped cities of Jilin', () => {
  it('are the nine cities by their codes', () => {
    expect(cities.map(({ properties }) => [properties.code, properties.name_zh])).toEqual([
      ['220100', '长春市'],
      ['220200', '吉林市'],
      ['220300', '四平市'],
      ['220400', '辽源市'],
      ['220500', '通化市'],
      ['220600', '白山市'],
      ['220700', '松原市'],
      ['220800', '白城市'],
      ['222400', '延边朝鲜族自治州'],
    ]);
    expect(cities[8]?.properties.name_en).toBe('Yanbian Korean Autonomous Prefecture');
  });

  it.each(byCode)('give $code one ring without holes that never crosses itself', ({ city }) => {
    const ring = city.geometry.coordinates[0] ?? [];
    const inner = ring.slice(1).map((position) => position.join(' '));

    expect(city.geometry.type).toBe('Polygon');
    expect(city.geometry.coordinates).toHaveLength(1);
    expect(ring[0]).toEqual(ring.at(-1));
    expect(new Set(inner).size).toBe(inner.length);
    expect(kinks(city).features).toHaveLength(0);
  });

  it.each(byCode)('have a label point inside $code, a source and no approval', ({ city }) => {
    expect(booleanPointInPolygon(city.properties.label, city)).toBe(true);
    expect(city.properties.source).toContain('Apache ECharts');
    expect(city.properties).toMatchObject({ level: 'city', parent: '220000', approval: null });
  });

  it('have one part and no holes as their union', () => {
    const whole = union(featureCollection(cities));

    expect(whole?.geometry.type).toBe('Polygon');
    expect(whole?.geometry.coordinates).toHaveLength(1);
  });

  it('overlap nowhere', () => {
    const shared = pairs.map(([a, b]) => intersect(featureCollection<Polygon>([a, b])));

    expect(shared.filter((shape) => shape !== null && area(shape) > 0)).toEqual([]);
  });

  it('share every inner border vertex by vertex, and the outline with the province', () => {
    const edges = cities.flatMap(directedEdges);
    const known = new Set(edges);

    const unshared = edges.filter((text) => !known.has(reversed(text)));

    expect(known.size).toBe(edges.length);
    expect(unshared.sort()).toEqual(province.flatMap(directedEdges).sort());
  });

  it('have areas near the published ones', () => {
    const areas = cities.map((city: City) => Math.round(squareKilometres(city) / 1000));

    expect(areas).toEqual([21, 28, 14, 5, 16, 17, 21, 26, 43]);
  });
});

describe('the shipped province', () => {
  it('is one polygon of 187 to 191 thousand square kilometres', () => {
    const [jilin] = province;
    const size = jilin ? squareKilometres(jilin) : 0;

    expect(province).toHaveLength(1);
    expect(jilin?.geometry.coordinates).toHaveLength(1);
    expect(jilin?.properties).toMatchObject({ code: '220000', level: 'province', parent: null });
    expect(size).toBeGreaterThan(187_000);
    expect(size).toBeLessThan(191_000);
  });

  it('is as large as its cities together', () => {
    const sum = cities.reduce((total, city) => total + squareKilometres(city), 0);

    expect(sum).toBeCloseTo(province.reduce((total, shape) => total + squareKilometres(shape), 0), 3);
  });
});
