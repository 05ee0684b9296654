import * as fc from 'fast-check';
import {
  LANGUAGES,
  LEGEND_KEYS,
  namesNode,
  nodePath,
  parseUrl,
  ROW_TABS,
  sortLegend,
  toUrl,
} from '#client/state/url-state.ts';
import type { ViewNode, ViewPage, ViewState } from '#client/state/url-state.ts';

const defaults: ViewState = {
  node: { kind: 'region', code: '220000' },
  page: null,
  rule: 'weighted',
  basis: 'current',
  colour: 'assessed',
  hide: [],
  field: null,
  lang: 'zh-CN',
  camera: null,
};

const decimals = (least: number, most: number, digits: number) =>
  fc
    .integer({ min: Math.ceil(least * 10 ** digits), max: Math.floor(most * 10 ** digits) })
    .map((value) => value / 10 ** digits);

const anyNode: fc.Arbitrary<ViewNode> = fc.oneof(
  fc.stringMatching(/^\d{6}(\d{3}(\d{3})?)?$/).map((code) => ({ kind: 'region' as const, code })),
  fc.uuid().map((id) => ({ kind: 'enterprise' as const, id })),
  fc.uuid().map((id) => ({ kind: 'risk-point' as const, id })),
);

const anyPage: fc.Arbitrary<ViewPage | null> = fc.oneof(
  fc.constant(null),
  fc.constant({ kind: 'faults' as const }),
  fc.constantFrom(
    { kind: 'deleted' as const },
    { kind: 'sign-in' as const },
    { kind: 'accounts' as const },
  ),
  fc.record({
    kind: fc.constant('imports' as const),
    id: fc.option(fc.uuid()),
    rows: fc.option(fc.constantFrom(...ROW_TABS)),
  }),
  fc.record({
    kind: fc.constant('audit' as const),
    filter: fc.record({
      account: fc.option(fc.uuid()),
      action: fc.option(fc.constantFrom('add', 'sign-in')),
      subject: fc.option(fc.stringMatching(/^[^\s\p{C}]{1,100}$/u)),
      from: fc.option(fc.constant('2026-06-01')),
      to: fc.option(fc.constant('2026-06-30')),
    }),
  }),
);

const anyView: fc.Arbitrary<ViewState> = fc.record({
  node: anyNode,
  page: anyPage,
  rule: fc.constantFrom('weighted' as const, 'highest' as const),
  basis: fc.constantFrom('current' as const, 'inherent' as const),
  colour: fc.constantFrom('assessed' as const, 'dynamic' as const),
  hide: fc.subarray([...LEGEND_KEYS]),
  field: fc.option(fc.stringMatching(/^[a-z0-9-]{1,40}$/)),
  lang: fc.constantFrom(...LANGUAGES),
  camera: fc.option(
    fc.record({
      zoom: decimals(0, 24, 2),
      lng: decimals(-180, 180, 5),
      lat: decimals(-90, 90, 5),
    }),
  ),
});

describe('the address of a view', () => {
  it('says only the path when everything stands on its default', () => {
    expect(toUrl(defaults)).toBe('/r/220000');
  });

  it('writes every switch that is off its default, and the camera in the hash', () => {
    const view: ViewState = {
      node: { kind: 'region', code: '220100' },
      page: null,
      rule: 'highest',
      basis: 'inherent',
      colour: 'dynamic',
      hide: ['not_applicable', '4'],
      field: 'dust-explosion',
      lang: 'en',
      camera: { zoom: 8.5, lng: 125.324, lat: 43.9 },
    };

    expect(toUrl(view)).toBe(
      '/r/220100?rule=highest&basis=inherent&colour=dynamic&hide=4.not_applicable&field=dust-explosion&lang=en#8.5/43.9/125.324',
    );
  });

  it('comes back as the same view, whatever the view', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(parseUrl(toUrl(view))).toEqual(view);
      }),
    );
  });

  it('reads any text without failing and gives a view that it can write again', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        const view = parseUrl(url);

        expect(parseUrl(toUrl(view))).toEqual(view);
      }),
    );
  });

  it('ignores unknown keys and falls back to the default of each bad value', () => {
    const url = '/r/220200?rule=density&basis=both&colour=red&hide=9.2&field=..%2F&lang=fr&x=1#a/b';

    expect(parseUrl(url)).toEqual({
      ...defaults,
      node: { kind: 'region', code: '220200' },
      hide: ['2'],
    });
  });

  it('stands on the root for paths that name no node', () => {
    expect(parseUrl('/').node).toEqual({ kind: 'region', code: '220000' });
    expect(parseUrl('/', '370000').node).toEqual({ kind: 'region', code: '370000' });
    expect(parseUrl('/r/22').node).toEqual({ kind: 'region', code: '220000' });
    expect(parseUrl('/r/220100/children').node).toEqual({ kind: 'region', code: '220000' });
    expect(parseUrl('/e/42').node).toEqual({ kind: 'region', code: '220000' });
  });

  it('opens the deleted records of a region, and nothing below them', () => {
    const view = parseUrl('/deleted?at=r.220200&lang=en');

    expect(view.page).toEqual({ kind: 'deleted' });
    expect(view.node).toEqual({ kind: 'region', code: '220200' });
    expect(toUrl(view)).toBe('/deleted?at=r.220200&lang=en');
    expect(parseUrl('/deleted/more').page).toBeNull();
  });

  it('reads an identifier in capitals as the same node', () => {
    const id = '0199F3A0-0000-7000-8000-0000000000AB';

    expect(parseUrl(`/p/${id}`).node).toEqual({ kind: 'risk-point', id: id.toLowerCase() });
  });

  it.each([
    ['#25/43/125', 'zoom above 24'],
    ['#5/91/125', 'latitude above 90'],
    ['#5/43/181', 'longitude above 180'],
    ['#5/43', 'a missing part'],
  ])('frames the node when the hash %s has %s', (hash) => {
    expect(parseUrl(`/r/220000${hash}`).camera).toBeNull();
  });

  it('knows whether a path names a node', () => {
    expect(namesNode('/')).toBe(false);
    expect(namesNode('/r/220000')).toBe(true);
    expect(nodePath({ kind: 'enterprise', id: 'x' })).toBe('/e/x');
  });

  it('keeps hidden classes in the order of the legend and once each', () => {
    expect(sortLegend(['expired', '1', 'expired'])).toEqual(['1', 'expired']);
  });
});
