import type { Map as MapLibreMap } from 'maplibre-gl';
import { isPlacing, stopPlacing } from '#client/state/place-store.ts';
import type { Intent } from './layer-module.ts';
import { areaAt, marksAt } from './map-picking.ts';
import { putAtCentre } from './map-placing.ts';
import { intentOf } from './map-pointer.ts';
import type { MapStore, Spot } from './map-state.ts';

/** Step of Shift and an arrow, CSS pixels; the arrow alone moves by 100. */
const NUDGE = 20;
const READ_WITHIN = 26;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type Options = {
  readonly map: MapLibreMap;
  readonly store: MapStore;
  readonly colour: () => 'assessed' | 'dynamic';
  readonly pick: (spot: Spot) => void;
  readonly follow: (intent: Intent) => boolean;
  readonly moveTo: (at: readonly [number, number]) => void;
};

/**
 * The map without a pointer: arrows pan, Shift and arrows nudge, Enter opens what the crosshair
 * points at, Alt and Enter read it out, Alt and arrows go from feature to feature, Escape closes.
 */
export function listenToKeyboard(options: Options): void {
  const { map, store } = options;
  const canvas = map.getCanvas();
  canvas.addEventListener('keydown', (event) => {
    const arrow = ARROWS[event.key];
    if (arrow !== undefined && !event.ctrlKey && !event.metaKey) onArrow(options, event, arrow);
    if (event.key === 'Enter') onEnter(options, event);
    if (event.key === 'Escape') onEscape(store, event);
  });
  canvas.addEventListener('blur', () => store.set({ isAiming: false }));
}

/** Closes what the map has open; only with nothing open does Escape belong to the page. */
function onEscape(store: MapStore, event: KeyboardEvent): void {
  if (isPlacing()) {
    event.preventDefault();
    stopPlacing();
    return;
  }
  const { chooser, isAiming, spoken } = store.get();
  if (chooser === null && !isAiming && spoken === null) return;
  event.preventDefault();
  store.set({ chooser: null, isAiming: false, spoken: null });
}

function onArrow(options: Options, event: KeyboardEvent, [x, y]: readonly [number, number]): void {
  const { map, store } = options;
  if (event.altKey) {
    event.preventDefault();
    stepTo(options, x + y);
    return;
  }
  store.set({ isAiming: true });
  if (event.shiftKey) map.panBy([x * NUDGE, y * NUDGE], { duration: 0 });
}

/** The next feature of the list, worst first, comes to the middle and is read out. */
function stepTo({ store, moveTo }: Options, step: number): void {
  const { seen, spoken } = store.get();
  if (seen.length === 0) return;
  const at = seen.findIndex(({ key }) => key === spoken?.key);
  const next = seen[at === -1 ? 0 : (at + step + seen.length) % seen.length];
  if (next === undefined) return;
  store.set({ spoken: next, isAiming: true });
  moveTo(next.at);
}

function onEnter({ map, store, colour, pick, follow }: Options, event: KeyboardEvent): void {
  event.preventDefault();
  const { centre, spoken, isAiming } = store.get();
  if (isPlacing()) return putAtCentre(map, store);
  if (event.altKey) {
    const [mark] = marksAt(map, centre, READ_WITHIN, colour());
    store.set({ spoken: mark ?? areaAt(map, centre, colour()), isAiming: true });
    return;
  }
  const intent = spoken === null || !isAiming ? null : intentOf(spoken);
  if (intent === null) pick(centre);
  else follow(intent);
  store.set({ spoken: null });
}
