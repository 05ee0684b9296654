import { regionsLayer } from '#client/features/regions/regions.layer.ts';
import { riskPointsLayer } from '#client/features/risk-points/risk-points.layer.ts';
import { focusOnPath, focusOnRegion } from '#client/map/node-place.ts';
import { seenFeature, sumCounts, worstFirst } from '#client/map/seen-features.ts';
import type { SeenFeature } from '#client/map/seen-features.ts';
import { aContext } from './map-context.ts';

const at = [126.5, 43.8] as const;

function seen(sourceLayer: string, properties: Record<string, unknown>): SeenFeature {
  const feature = seenFeature({ sourceLayer, properties, at }, 'assessed');
  if (feature === null) throw new Error('Nobody can point at this feature');
  return feature;
}

describe('features in view', () => {
  it('are counted once each, cells by their counts', () => {
    const counts = sumCounts([
      seen('risk-points', { id: 'a', level: 1, state: 'assessed' }),
      seen('risk-points', { id: 'b', state: 'expired', lastLevel: 1 }),
      seen('risk-point-cells', { key: '9/1/2', n: 12, n1: 2, n4: 9, nNotAssessed: 1 }),
      seen('enterprises', { id: 'e', level: 1, state: 'assessed', n: 4 }),
    ]);

    expect(counts).toEqual({
      '1': 3,
      '2': 0,
      '3': 0,
      '4': 9,
      not_assessed: 1,
      expired: 1,
      not_applicable: 0,
    });
  });

  it('are listed the worst first, each once, and of two equals the larger one', () => {
    const low = seen('risk-points', { id: 'low', level: 4, state: 'assessed' });
    const grey = seen('risk-points', { id: 'grey', state: 'not_assessed' });
    const small = seen('risk-point-cells', { key: 'small', n: 3, n1: 1, n4: 2 });
    const large = seen('risk-point-cells', { key: 'large', n: 30, n1: 1, n4: 29 });

    expect(worstFirst([grey, low, small, low, large]).map(({ id }) => id)).toEqual([
      'large',
      'small',
      'low',
      'grey',
    ]);
  });

  it('are painted by the dynamic level only when that is asked for', () => {
    const properties = { id: 'p', level: 3, state: 'assessed', dynamic: 1 };
    const keyOf = (colour: 'assessed' | 'dynamic') =>
      seenFeature({ sourceLayer: 'risk-points', properties, at }, colour)?.legendKey;

    expect(keyOf('assessed')).toBe('3');
    expect(keyOf('dynamic')).toBe('1');
  });

  it('have no class of the legend where an area has no colour', () => {
    const area = seen('regions', {
      code: '220800',
      state: 'insufficient',
      edge: 1,
      name_zh: '白城市',
    });

    expect(area).toMatchObject({
      kind: 'region',
      legendKey: null,
      state: 'insufficient',
      lastLevel: 1,
    });
    expect(seenFeature({ sourceLayer: 'land', properties: {}, at }, 'assessed')).toBeNull();
  });
});

describe('a click', () => {
  it('on an area or its ring opens the area', () => {
    const open = { kind: 'node', node: { kind: 'region', code: '220200' } };
    const feature = { properties: { code: '220200' }, at };

    expect(regionsLayer.onClick['regions']?.(feature)).toEqual(open);
    expect(regionsLayer.onClick['region-labels']?.(feature)).toEqual(open);
  });

  it('on a cell zooms to where it falls apart, on a point opens the point', () => {
    const cell = { properties: { key: '8/1/2', split: 10 }, at };
    const zoom = riskPointsLayer.onClick['risk-point-cells']?.(cell);

    expect(zoom).toMatchObject({ kind: 'zoom', at });
    expect(zoom?.kind === 'zoom' ? zoom.zoom : 0).toBeGreaterThanOrEqual(10);
    expect(riskPointsLayer.onClick['risk-points']?.({ properties: { id: 'p1' }, at })).toEqual({
      kind: 'node',
      node: { kind: 'risk-point', id: 'p1' },
    });
  });
});

describe('the areas round a node', () => {
  const region = { code: '220200', parentCode: '220000', depth: 'city', childCount: 0 } as const;

  it('are all cities at the root', () => {
    const root = { code: '220000', parentCode: null, depth: 'province', childCount: 9 } as const;

    expect(focusOnRegion(root)).toEqual({ region: null, opened: null, around: null });
    expect(regionsLayer.requests(aContext()).map(({ query }) => query)).toEqual([
      { rule: 'weighted', basis: 'current', colour: 'assessed' },
    ]);
  });

  it('stay the cities while a city has no children, and open once it has', () => {
    const closed = focusOnRegion(region);
    const focus = focusOnRegion({ ...region, childCount: 10 });

    expect(closed).toEqual({ region: '220200', opened: null, around: null });
    expect(focus).toEqual({ region: '220200', opened: '220200', around: null });
    const queries = regionsLayer.requests(aContext({ focus })).map(({ query }) => query['region']);
    expect(queries).toEqual([undefined, '220200']);
  });

  it('are the sisters of a county', () => {
    const county = {
      code: '220203',
      parentCode: '220200',
      depth: 'county',
      childCount: 0,
    } as const;
    const focus = focusOnRegion(county);

    expect(focus).toEqual({ region: '220203', opened: null, around: '220200' });
    const queries = regionsLayer.requests(aContext({ focus })).map(({ query }) => query['region']);
    expect(queries).toEqual(['220200']);
  });

  it('of an enterprise or risk point are those of the region that holds it', () => {
    expect(focusOnPath([])).toEqual({ region: null, opened: null, around: null });
    expect(focusOnPath(['220000', '220200'])).toEqual({
      region: '220200',
      opened: null,
      around: null,
    });
    expect(focusOnPath(['220000', '220200', '220203'])).toEqual({
      region: '220203',
      opened: null,
      around: '220200',
    });
  });
});
