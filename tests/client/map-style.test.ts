import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import type { LayerContext } from '#client/map/layer-module.ts';
import { aContext, isDrawn, layerOf, styleOf, valueOf } from './map-context.ts';

const city = { region: '220200', opened: null, around: null };
const opened = { region: '220200', opened: '220200', around: null };
const county = { region: '220203', opened: null, around: '220200' };

const contexts: readonly (readonly [string, Partial<LayerContext>])[] = [
  ['the province in light', {}],
  ['the province in dark and English', { theme: 'dark', lang: 'en' }],
  ['a city without children', { focus: city, node: { kind: 'region', code: '220200' } }],
  ['a city with its counties', { focus: opened, isCompact: true }],
  ['a county', { focus: county, rule: 'highest' }],
  ['an enterprise', { node: { kind: 'enterprise', id: 'e1' }, selectedAt: [126.5, 43.8] }],
  ['dynamic colours with classes hidden', { colour: 'dynamic', hide: ['2', 'expired'] }],
  [
    'everything hidden',
    { hide: ['1', '2', '3', '4', 'not_assessed', 'expired', 'not_applicable'] },
  ],
];

describe('the style of the map', () => {
  it.each(contexts)('is valid for %s', (_, overrides) => {
    const style = styleOf(aContext(overrides));

    expect(validateStyleMin(style).map(({ message }) => message)).toEqual([]);
    const ids = style.layers.map(({ id }) => id);
    expect(ids.length).toBe(new Set(ids).size);
  });

  it('asks for no glyphs, no sprite and no address of its own', () => {
    const style = styleOf(aContext());

    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
  });

  it('leaves out layers whose source is not there yet', () => {
    const ids = styleOf(aContext()).layers.map(({ id }) => id);

    expect(ids).toContain('regions-fill');
    expect(ids).not.toContain('regions-inside-fill');
    expect(styleOf(aContext({ focus: opened })).layers.map(({ id }) => id)).toContain(
      'regions-inside-fill',
    );
  });

  it('draws land under areas, areas under outlines, outlines under marks', () => {
    const ids = styleOf(aContext()).layers.map(({ id }) => id);
    const order = ['base-land', 'regions-fill', 'regions-line', 'regions-names', 'regions-rings'];

    expect(ids.filter((id) => order.includes(id))).toEqual(order);
    expect(ids.at(-1)).toBe('selection-ring');
  });
});

describe('areas', () => {
  it('take the colour of their level', () => {
    const style = styleOf(aContext());
    const colours = [1, 2, 3, 4].map((level) =>
      String(valueOf(style, 'regions-fill', 'fill-color', { level })),
    );

    expect(colours).toEqual(['#BE1E2D', '#EE8A3C', '#FBE655', '#1B66C9']);
  });

  it.each([
    ['light', 0.65],
    ['dark', 0.84],
  ] as const)('in %s are never painted so thin that two levels look alike', (theme, least) => {
    const style = styleOf(aContext({ theme, focus: city }));
    const opacities = [8, 11].flatMap((zoom) =>
      ['220200', '220100'].map((code) =>
        Number(valueOf(style, 'regions-fill', 'fill-opacity', { code, level: 3 }, zoom)),
      ),
    );

    expect(Math.min(...opacities)).toBeGreaterThanOrEqual(least);
  });

  it('give way to the points once those are drawn one by one', () => {
    const style = styleOf(aContext());

    expect(valueOf(style, 'regions-fill', 'fill-opacity', { level: 1 }, 12)).toBe(0);
    expect(layerOf(style, 'regions-band').minzoom).toBeLessThan(12);
  });

  it('without a level are hatched by their state and never filled', () => {
    const style = styleOf(aContext());
    const hatches = ['not_assessed', 'insufficient', 'not_applicable', 'no_data'].map((state) =>
      String(valueOf(style, 'regions-grey', 'fill-pattern', { state })),
    );

    expect(hatches).toEqual([
      'hatch|light|not_assessed',
      'hatch|light|insufficient',
      'hatch|light|not_applicable',
      'hatch|light|no_data',
    ]);
    expect(isDrawn(style, 'regions-fill', { state: 'not_assessed' })).toBe(false);
    expect(isDrawn(style, 'regions-grey', { state: 'not_assessed' })).toBe(true);
    expect(isDrawn(style, 'regions-grey', { state: 'assessed', level: 4 })).toBe(false);
  });

  it('with too few assessments wear the worst known level as an edge only', () => {
    const style = styleOf(aContext());
    const area = { state: 'insufficient', edge: 1 };

    expect(isDrawn(style, 'regions-edge', area)).toBe(true);
    expect(isDrawn(style, 'regions-fill', area)).toBe(false);
    expect(String(valueOf(style, 'regions-edge', 'line-color', area))).toBe('#BE1E2D');
  });

  it('lose their fill but not their outline when their class is hidden', () => {
    const style = styleOf(aContext({ hide: ['3'] }));

    expect(isDrawn(style, 'regions-fill', { level: 3 })).toBe(false);
    expect(isDrawn(style, 'regions-fill', { level: 1 })).toBe(true);
    expect(isDrawn(style, 'regions-line', { level: 3 })).toBe(true);
  });

  it('leave the opened region to its children', () => {
    const style = styleOf(aContext({ focus: opened }));

    expect(isDrawn(style, 'regions-fill', { code: '220200', level: 1 })).toBe(false);
    expect(isDrawn(style, 'regions-fill', { code: '220100', level: 1 })).toBe(true);
    expect(isDrawn(style, 'regions-inside-fill', { code: '220203', level: 1 })).toBe(true);
  });

  it('change only their outline under the pointer', () => {
    const used = styleOf(aContext())
      .layers.filter((layer) => JSON.stringify(layer).includes('feature-state'))
      .filter((layer) => layer.id.startsWith('regions'))
      .map(({ type }) => type);

    expect(new Set(used)).toEqual(new Set(['line']));
  });
});

describe('single points', () => {
  it('carry level, last level and a worse dynamic level in the id of their picture', () => {
    const style = styleOf(aContext());
    const image = (properties: Record<string, unknown>) =>
      String(valueOf(style, 'risk-points', 'icon-image', properties, 12));

    expect(image({ level: 2, state: 'assessed', dynamic: 2 })).toBe('point|light|2|||zh-CN');
    expect(image({ level: 3, state: 'assessed', dynamic: 1 })).toBe('point|light|3||1|zh-CN');
    expect(image({ state: 'expired', lastLevel: 1 })).toBe('point|light|expired|1||zh-CN');
    expect(image({ state: 'not_assessed' })).toBe('point|light|not_assessed|||zh-CN');
  });

  it('are painted by the dynamic level when that is asked for', () => {
    const style = styleOf(aContext({ colour: 'dynamic' }));
    const expired = { state: 'expired', lastLevel: 2, dynamic: 1 };

    expect(valueOf(style, 'risk-points', 'icon-image', expired, 12)).toBe('point|light|1|2||zh-CN');
  });

  it('are left out when their class is hidden', () => {
    const style = styleOf(aContext({ hide: ['4', 'expired'] }));

    expect(isDrawn(style, 'risk-points', { level: 4, state: 'assessed' }, 12)).toBe(false);
    expect(isDrawn(style, 'risk-points', { state: 'expired', lastLevel: 4 }, 12)).toBe(false);
    expect(isDrawn(style, 'risk-points', { state: 'not_assessed' }, 12)).toBe(true);
  });

  it('lie over each other with the worst on top', () => {
    const style = styleOf(aContext());
    const key = (properties: Record<string, unknown>) =>
      Number(valueOf(style, 'risk-points', 'symbol-sort-key', properties, 12));

    // A symbol with a greater key is drawn later.
    expect(key({ level: 1 })).toBeGreaterThan(key({ level: 2 }));
    expect(key({ level: 4 })).toBeGreaterThan(key({ state: 'expired' }));
    expect(key({ state: 'expired' })).toBeGreaterThan(key({ state: 'not_applicable' }));
  });
});

const placeText = (lang: 'zh-CN' | 'en', properties: Record<string, unknown>) =>
  valueOf(styleOf(aContext({ lang })), 'base-places', 'text-field', properties, 8);

describe('names', () => {
  it('are in the language of the page, and in the other one where it has none', () => {
    const place = { name_zh: '长春市', name_en: 'Changchun' };

    expect(placeText('zh-CN', place)).toBe('长春市');
    expect(placeText('en', place)).toBe('Changchun');
    expect(placeText('en', { name_zh: '长春市' })).toBe('长春市');
  });

  it('stand outside the ring of their area', () => {
    const style = styleOf(aContext());
    const ems = Number(valueOf(style, 'regions-names', 'text-radial-offset', { n4: 625 }));

    // Radius 6 · ⁴√625 = 30 px; letters of 13 px.
    expect(ems * 13).toBeGreaterThan(30);
  });
});
