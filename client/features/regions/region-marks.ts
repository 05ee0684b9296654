import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { FONT, FONT_STRONG, nameIn, shownCount, shownSum } from '#client/map/expressions.ts';
import type { Expr } from '#client/map/expressions.ts';
import type { Language } from '#client/state/url-state.ts';
import type { LayerContext } from '#client/map/layer-module.ts';
import { palettes } from '#client/map/palette.ts';
import { ringId } from '#client/map/ring-id.ts';
import { ringRadiusOf } from '#client/map/ring-size.ts';
import type { RingKind } from '#client/map/ring-size.ts';
import { cellsFrom } from '#client/map/zoom-bands.ts';

/** Room between a ring and its name, CSS pixels: the shadow of the ring and the rise of the letters count. */
const GAP = 10;

/** One ring chart per area, from the point that stands for it exactly once. */
export function regionRings(source: string, context: LayerContext): LayerSpecification {
  return {
    id: `${source}-rings`,
    type: 'symbol',
    source,
    'source-layer': 'region-labels',
    maxzoom: cellsFrom(context.focus),
    filter: ['all', hasRing(source, context), ['>', shownSum(context.hide), 0]],
    layout: {
      'icon-image': ringId(ringKind(context), context),
      'icon-overlap': source === 'regions' ? 'always' : 'never',
      'icon-padding': 0,
      'symbol-sort-key': [
        '-',
        ['to-number', ['get', 'level'], 5],
        ['/', shownSum(context.hide), 1e6],
      ],
    },
  };
}

/** Names of areas: outside the ring on whichever side is free, never under it. */
export function regionNames(source: string, context: LayerContext): LayerSpecification {
  const palette = palettes[context.theme];
  const { focus, hide, lang, isCompact } = context;
  return {
    id: `${source}-names`,
    type: 'symbol',
    source,
    'source-layer': 'region-labels',
    maxzoom: 11,
    filter: ['!=', ['get', 'code'], focus.opened ?? ''],
    layout: {
      'text-field': nameText(lang),
      'text-font': FONT_STRONG,
      'text-size': nameSize(context),
      'text-max-width': lang === 'en' ? 8 : isCompact ? 6 : 12,
      'text-line-height': 1.15,
      'text-justify': 'auto',
      'text-padding': 1,
      'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
      'text-radial-offset': nameDistance(source, context),
      'symbol-sort-key': ['-', 0, shownSum(hide)],
    },
    paint: {
      'text-color': nameColour(source, context),
      'text-halo-color': palette.halo,
      'text-halo-width': 1.6,
      'text-halo-blur': 0.4,
    },
  };
}

/** The name, and under it 待定 where the unassessed could change the colour. */
function nameText(lang: Language): Expr {
  const pending = lang === 'en' ? '\npending' : '\n待定';
  return [
    'format',
    nameIn(lang),
    { 'text-font': ['literal', FONT_STRONG] },
    ['case', ['to-boolean', ['get', 'pending']], pending, ''],
    { 'font-scale': 0.8, 'text-font': ['literal', FONT] },
  ];
}

/** From the middle of the ring to the name, ems; none where the ring has given way to cells. */
function nameDistance(source: string, context: LayerContext): Expr {
  const { focus, hide } = context;
  const radius = ringRadiusOf(ringKind(context), shownTotal(hide));
  const isRinged: Expr = ['all', hasRing(source, context), ['>', shownSum(hide), 0]];
  const distance: Expr = ['/', ['+', radius, GAP], nameSize(context)];
  const cells = Math.ceil(cellsFrom(focus));
  return ['step', ['zoom'], ['case', isRinged, distance, 0], cells, 0];
}

/** CSS pixels; English names are long, and a phone is narrow. */
function nameSize({ isCompact, lang }: LayerContext): number {
  if (!isCompact) return 13;
  return lang === 'en' ? 11 : 12;
}

/** The number a ring shows; mirrors ringTotal. */
function shownTotal(hide: LayerContext['hide']): Expr {
  const all = shownSum(hide);
  const applicable: Expr = ['-', all, shownCount('not_applicable', hide)];
  return ['case', ['>', applicable, 0], applicable, all];
}

function ringKind({ isCompact }: LayerContext): RingKind {
  return isCompact ? 'area-compact' : 'area';
}

/** Around an opened region the rings rest: they would crowd the ones inside. */
function hasRing(source: string, { focus }: LayerContext): Expr {
  const isQuiet = source === 'regions' && focus.opened !== null;
  return ['literal', !isQuiet] as unknown as Expr;
}

function nameColour(source: string, { theme, focus }: LayerContext): Expr | string {
  const { ink, inkSoft } = palettes[theme];
  if (focus.region === null || source !== 'regions') return ink;
  return ['case', ['==', ['get', 'code'], focus.region], ink, inkSoft];
}
