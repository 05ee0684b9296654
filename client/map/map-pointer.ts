import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import { isPlacing, placeAt } from '#client/state/place-store.ts';
import type { Intent } from './layer-module.ts';
import { areaAt, marksAt } from './map-picking.ts';
import type { MapStore, Spot } from './map-state.ts';
import { layerModules } from './modules.ts';
import { worstFirst } from './seen-features.ts';
import type { SeenFeature } from './seen-features.ts';
import { FILL_FADES, POINTS_FROM } from './zoom-bands.ts';

/** How near a click must come, CSS pixels: a fingertip is wider than a pointer. */
const TOLERANCE = { mouse: 12, touch: 26, hover: 3 } as const;
/** A second click within this time belongs to the first, milliseconds. */
const DOUBLE_MS = 500;
const MOST_CHOICES = 30;

export type PointerOptions = {
  readonly map: MapLibreMap;
  readonly store: MapStore;
  readonly colour: () => 'assessed' | 'dynamic';
  /** Region in front, if any: among its points a click on bare ground does not go back to it. */
  readonly inFront: () => string | null;
  readonly onHover: (feature: SeenFeature | null) => void;
  /** False when the map is there already. */
  readonly follow: (intent: Intent) => boolean;
};

/** What a feature leads to; the layer modules know. */
export function intentOf(feature: SeenFeature): Intent | null {
  const open = layerModules.find(({ onClick }) => onClick[feature.sourceLayer] !== undefined)
    ?.onClick[feature.sourceLayer];
  return open?.({ properties: feature.properties, at: feature.at }) ?? null;
}

/** Hover, click and double click on the canvas. Returns what keyboard users need: pick a spot. */
export function listenToPointer(options: PointerOptions): (spot: Spot) => void {
  const { map, store, onHover } = options;
  let openedAt = 0;
  const leave = () => {
    onHover(null);
    map.getCanvas().style.cursor = '';
    store.set({ hovered: null });
  };

  map.on('mousemove', (event) => {
    if (isTouch(event.originalEvent)) return;
    if (isPlacing()) return leave();
    const feature = featureUnder(options, event.point);
    map.getCanvas().style.cursor = feature === null ? '' : 'pointer';
    onHover(feature);
    const { x, y } = event.point;
    store.set({ hovered: feature === null ? null : { feature, spot: { x, y } }, isAiming: false });
  });
  map.on('mouseout', leave);
  map.on('movestart', () => store.set({ chooser: null, hovered: null }));
  map.on('click', (event) => {
    if (event.originalEvent.detail > 1) return;
    if (placeAt([event.lngLat.lng, event.lngLat.lat])) return;
    const tolerance = isTouch(event.originalEvent) ? TOLERANCE.touch : TOLERANCE.mouse;
    openedAt = pick(options, event.point, tolerance) ? Date.now() : 0;
  });
  map.on('dblclick', (event: MapMouseEvent) => {
    // The first click has already opened the area and the map is on its way there.
    if (Date.now() - openedAt < DOUBLE_MS) event.preventDefault();
  });
  return (spot) => pick(options, spot, TOLERANCE.touch);
}

function featureUnder(options: PointerOptions, point: Spot): SeenFeature | null {
  const { map, colour } = options;
  const [mark] = marksAt(map, point, TOLERANCE.hover, colour());
  if (mark !== undefined) return mark;
  return openArea(options, point);
}

/** True when something new was opened. */
function pick(options: PointerOptions, spot: Spot, tolerance: number): boolean {
  const { map, store, colour, follow } = options;
  const choices = choicesAt(map, spot, tolerance, colour());
  if (choices.length > 1) {
    store.set({ chooser: { features: choices.slice(0, MOST_CHOICES), spot }, hovered: null });
    return false;
  }
  store.set({ chooser: null, hovered: null });
  const feature = choices[0] ?? openArea(options, spot);
  const intent = feature === null ? null : intentOf(feature);
  return intent !== null && follow(intent);
}

/** Several rings of counts are no choice to put to people: the nearest one opens. */
function choicesAt(
  map: MapLibreMap,
  spot: Spot,
  tolerance: number,
  colour: 'assessed' | 'dynamic',
): readonly SeenFeature[] {
  const marks = [...marksAt(map, spot, tolerance, colour)].sort(
    (a, b) => distance(map, spot, a) - distance(map, spot, b),
  );
  const single = marks.filter(({ kind }) => kind === 'risk-point' || kind === 'enterprise');
  return single.length > 0 ? worstFirst(single) : marks.slice(0, 1);
}

function distance(map: MapLibreMap, spot: Spot, { at }: SeenFeature): number {
  const { x, y } = map.project([at[0], at[1]]);
  return Math.hypot(x - spot.x, y - spot.y);
}

/** The area that a click would open: none close up, where points have taken over. */
function openArea({ map, colour, inFront }: PointerOptions, spot: Spot): SeenFeature | null {
  const zoom = map.getZoom();
  const area = zoom < FILL_FADES.to ? areaAt(map, spot, colour()) : null;
  return zoom >= POINTS_FROM && area?.id === inFront() ? null : area;
}

function isTouch(event: MouseEvent): boolean {
  return 'pointerType' in event && event.pointerType === 'touch';
}
