import type { Map as MapLibreMap } from 'maplibre-gl';
import { isSameNode } from '#client/state/url-state.ts';
import type { ViewNode } from '#client/state/url-state.ts';
import { may } from '#client/state/session-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import type { LayerContext } from './layer-module.ts';
import { createNodePlaces } from './node-place.ts';
import type { NodePlace, NodePlaces } from './node-place.ts';
import type { TileSources } from './tile-sources.ts';
import { createPainter } from './style-painter.ts';
import { watchTrouble } from './watch-trouble.ts';

/** What the look depends on beside the view. */
export type Screen = Pick<LayerContext, 'theme' | 'isCompact'>;

type Options = {
  readonly map: MapLibreMap;
  readonly sources: TileSources;
  readonly onTrouble: (isTroubled: boolean) => void;
};

const NONE: ReadonlySet<string> = new Set();

export type StyleKeeper = {
  /** Draws the present view; the newest call wins. */
  readonly refresh: () => void;
  /** Asks for versions and tiles anew, after a save. */
  readonly reload: () => void;
  readonly setScreen: (patch: Partial<Screen>) => void;
  /** Calls back with the place of a node once it is known, unless the view has moved on. */
  readonly onceFound: (node: ViewNode, then: (place: NodePlace) => void) => void;
  /** Region the map is about; null for the whole. */
  readonly inFront: () => string | null;
  readonly stop: () => void;
};

/** Keeps the style of the map equal to what the view, the theme and the screen ask for. */
export function createStyleKeeper({ map, sources, onTrouble }: Options): StyleKeeper {
  const places = createNodePlaces();
  const drawing = createDrawing(createPainter(map, sources), places, sources);
  let screen: Screen = { theme: 'light', isCompact: false };
  const trouble = watchTrouble(map, onTrouble, () => draw(true));
  const draw = (isForced: boolean): Promise<void> => drawing.draw(() => screen, isForced, trouble);
  const refresh = () => void draw(false);
  return {
    refresh,
    reload: () => {
      places.forget();
      void draw(true);
    },
    setScreen: (patch) => {
      const { theme, isCompact } = screen;
      screen = { ...screen, ...patch };
      if (screen.theme !== theme || screen.isCompact !== isCompact) refresh();
    },
    onceFound: (node, then) => void whenFound(places, node, then),
    inFront: () => drawing.place()?.focus.region ?? null,
    stop: () => {
      drawing.stop();
      trouble.stop();
    },
  };
}

type Trouble = ReturnType<typeof watchTrouble>;

/** Draws what the view asks for, one drawing after another: a newer one ends those under way. */
function createDrawing(
  paint: ReturnType<typeof createPainter>,
  places: ReturnType<typeof createNodePlaces>,
  sources: Options['sources'],
) {
  let turn = 0;
  let lastPlace: NodePlace | null = null;
  // A save often moves the view as well: the newer drawing takes over what the older one was to fetch anew.
  let isReloadOwed = false;
  const draw = async (screen: () => Screen, isForced: boolean, trouble: Trouble): Promise<void> => {
    const mine = (turn += 1);
    if (isForced) sources.forget();
    isReloadOwed ||= isForced;
    // A node that cannot be read is the panel's to report: the map keeps what it shows.
    lastPlace = await places.find(viewStore.get().node).catch(() => lastPlace);
    if (mine !== turn) return;
    const isWhole = await paint({
      context: contextOf(screen(), lastPlace),
      failed: isReloadOwed ? trouble.takeFailed() : NONE,
      isForced: isReloadOwed,
      isCurrent: () => mine === turn,
    });
    if (mine !== turn) return;
    isReloadOwed = false;
    trouble.report(!isWhole);
  };
  const stop = (): void => {
    turn += 1;
  };
  return { draw, stop, place: (): NodePlace | null => lastPlace };
}

async function whenFound(
  places: NodePlaces,
  node: ViewNode,
  then: (place: NodePlace) => void,
): Promise<void> {
  const place = await places.find(node).catch(() => null);
  if (place !== null && isSameNode(viewStore.get().node, node)) then(place);
}

function contextOf(screen: Screen, place: NodePlace | null): LayerContext {
  const { node, rule, basis, colour, field, hide, lang } = viewStore.get();
  const isPublic = !may('register.read');
  const focus = place?.focus ?? { region: null, opened: null, around: null };
  return {
    ...screen,
    lang,
    node,
    rule,
    basis,
    colour,
    field,
    // What everyone is told has no classes to switch off.
    hide: isPublic ? [] : hide,
    isPublic,
    focus,
    selectedAt: place?.at ?? null,
  };
}
