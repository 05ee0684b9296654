import type { SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import { VectorTileSource } from 'maplibre-gl';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { isSameNode } from '#client/state/url-state.ts';
import type { ViewNode } from '#client/state/url-state.ts';
import { viewStore } from '#client/state/view-store.ts';
import { composeStyle } from './layer-module.ts';
import type { LayerContext } from './layer-module.ts';
import { createMarking, regionTargets } from './map-marking.ts';
import { layerModules } from './modules.ts';
import { createNodePlaces } from './node-place.ts';
import type { NodePlace, NodePlaces } from './node-place.ts';
import { palettes } from './palette.ts';
import type { Theme } from './palette.ts';
import { SELECTION, selectionSource } from './selection-layer.ts';
import type { TileSources } from './tile-sources.ts';
import { watchTrouble } from './watch-trouble.ts';

/** Below this free width, CSS pixels, rings are drawn smaller. */
const COMPACT_BELOW = 620;

type Options = {
  readonly map: MapLibreMap;
  readonly sources: TileSources;
  readonly onTrouble: (isTroubled: boolean) => void;
};

export type StyleKeeper = {
  /** Draws the present view; the newest call wins. */
  readonly refresh: () => void;
  /** Asks for versions and tiles anew, after a save. */
  readonly reload: () => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setFreeWidth: (pixels: number) => void;
  /** Calls back with the place of a node once it is known, unless the view has moved on. */
  readonly onceFound: (node: ViewNode, then: (place: NodePlace) => void) => void;
  readonly stop: () => void;
};

/** Keeps the style of the map equal to what the view, the theme and the screen ask for. */
export function createStyleKeeper({ map, sources, onTrouble }: Options): StyleKeeper {
  const places = createNodePlaces();
  const paint = createPainter(map, sources);
  let theme: Theme = 'light';
  let isCompact = false;
  let turn = 0;
  let lastPlace: NodePlace | null = null;

  const trouble = watchTrouble(map, onTrouble, () => {
    sources.forget();
    void draw(true);
  });
  const draw = async (isForced: boolean): Promise<void> => {
    turn += 1;
    const mine = turn;
    // A node that cannot be read is the panel's to report: the map keeps what it shows.
    lastPlace = await places.find(viewStore.get().node).catch(() => lastPlace);
    if (mine !== turn) return;
    const context = contextOf(theme, isCompact, lastPlace);
    const isWhole = await paint(context, isForced, () => mine === turn);
    if (mine === turn) trouble.report(!isWhole);
  };
  const refresh = () => void draw(false);

  return {
    refresh,
    reload: () => {
      sources.forget();
      places.forget();
      void draw(true);
    },
    setTheme: (next) => {
      theme = next;
      refresh();
    },
    setFreeWidth: (pixels) => {
      if (pixels < COMPACT_BELOW === isCompact) return;
      isCompact = pixels < COMPACT_BELOW;
      refresh();
    },
    onceFound: (node, then) => void whenFound(places, node, then),
    stop: () => {
      turn += 1;
      trouble.stop();
    },
  };
}

async function whenFound(
  places: NodePlaces,
  node: ViewNode,
  then: (place: NodePlace) => void,
): Promise<void> {
  const place = await places.find(node).catch(() => null);
  if (place !== null && isSameNode(viewStore.get().node, node)) then(place);
}

function contextOf(theme: Theme, isCompact: boolean, place: NodePlace | null): LayerContext {
  const { node, rule, basis, colour, field, hide, lang } = viewStore.get();
  const focus = place?.focus ?? { region: null, opened: null, around: null };
  return {
    theme,
    lang,
    node,
    rule,
    basis,
    colour,
    field,
    hide,
    focus,
    isCompact,
    selectedAt: place?.at ?? null,
  };
}

/** Loads the sources a context needs and applies the style; false when a source is missing. */
function createPainter(map: MapLibreMap, tiles: TileSources) {
  const ready = new Promise<void>((resolve) => {
    map.once('style.load', () => resolve());
  });
  const markSelected = createMarking(map, 'selected');
  let drawn: Readonly<Record<string, SourceSpecification>> = {};
  return async (
    context: LayerContext,
    isForced: boolean,
    isCurrent: () => boolean,
  ): Promise<boolean> => {
    const requests = layerModules.flatMap((module) => module.requests(context));
    const loaded = await Promise.allSettled(requests.map((request) => tiles.load(request)));
    await ready;
    if (!isCurrent()) return true;
    const sources: Record<string, SourceSpecification> = { [SELECTION]: selectionSource(context) };
    for (const [index, result] of loaded.entries()) {
      const request = requests[index];
      if (request === undefined) continue;
      if (result.status === 'rejected') {
        // What was drawn before stays: an old picture is better than a hole, and the reader is told.
        const old = drawn[request.source];
        if (old !== undefined) sources[request.source] = old;
        continue;
      }
      sources[request.source] = result.value;
      retarget(map, request.source, result.value.tiles ?? [], isForced);
    }
    drawn = sources;
    const ground = palettes[context.theme].sea;
    map.setStyle(composeStyle(layerModules, context, sources, ground), { diff: true });
    markSelected(context.node.kind === 'region' ? regionTargets(context.node.code) : []);
    return loaded.every(({ status }) => status === 'fulfilled');
  };
}

/** New filters or versions: tiles are replaced in place, so that the map never flashes empty. */
function retarget(
  map: MapLibreMap,
  id: string,
  tiles: readonly string[],
  isForced: boolean,
): void {
  const source = map.getSource(id);
  if (!(source instanceof VectorTileSource)) return;
  if (isForced || source.tiles.join() !== tiles.join()) source.setTiles([...tiles]);
}
