import type {
  SourceSpecification,
  VectorSourceSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { may, seesPublicOnly } from '#client/state/session-store.ts';
import { composeStyle } from './layer-module.ts';
import type { LayerContext, TileRequest } from './layer-module.ts';
import { createMarking, regionTargets } from './map-marking.ts';
import { layerModules } from './modules.ts';
import { palettes } from './palette.ts';
import { retarget } from './retarget.ts';
import { SELECTION, selectionSource } from './selection-layer.ts';
import { reloadTiles } from './tile-reload.ts';
import type { TileSources } from './tile-sources.ts';

export type PaintOrder = {
  readonly context: LayerContext;
  /** Tiles are asked for again even where their address is the same: their versions have changed. */
  readonly isForced: boolean;
  /** Sources with failed tiles: they are made anew. */
  readonly failed: ReadonlySet<string>;
  /** False once a newer order has come. */
  readonly isCurrent: () => boolean;
};

/** The ground is open to everyone, areas have a public view; anything else would be refused. */
function isAnswered({ layer }: TileRequest): boolean {
  return layer === 'base' || may('register.read') || (layer === 'regions' && seesPublicOnly());
}

/** Loads the sources a context needs and applies the style; false when a source is missing. */
export function createPainter(
  map: MapLibreMap,
  tiles: TileSources,
): (order: PaintOrder) => Promise<boolean> {
  const ready = new Promise<void>((resolve) => {
    map.once('style.load', () => resolve());
  });
  const markSelected = createMarking(map, 'selected');
  const renew = createRenewal();
  let drawn: Readonly<Record<string, SourceSpecification>> = {};
  let reloaded = Promise.resolve();
  return async ({ context, isForced, failed, isCurrent }) => {
    const requests = layerModules.flatMap((module) => module.requests(context)).filter(isAnswered);
    const loaded = await Promise.allSettled(requests.map((request) => tiles.load(request)));
    await ready;
    await reloaded;
    if (!isCurrent()) return true;
    const stale: string[] = [];
    const sources: Record<string, SourceSpecification> = { [SELECTION]: selectionSource(context) };
    for (const [index, result] of loaded.entries()) {
      const id = requests[index]?.source;
      if (id === undefined) continue;
      // What was drawn before stays: an old picture is better than a hole, and the reader is told.
      const source = result.status === 'fulfilled' ? renew(id, result.value, failed) : drawn[id];
      if (source === undefined) continue;
      sources[id] = source;
      if (source.type !== 'vector' || failed.has(id) || retarget(map.getSource(id), source.tiles))
        continue;
      if (isForced) stale.push(id);
    }
    drawn = sources;
    const ground = palettes[context.theme].sea;
    map.setStyle(composeStyle(layerModules, context, sources, ground), { diff: true });
    if (stale.length > 0) reloaded = reloadTiles(map, stale);
    markSelected(context.node.kind === 'region' ? regionTargets(context.node.code) : []);
    return loaded.every(({ status }) => status === 'fulfilled');
  };
}

/**
 * MapLibre 6.17 never ends the reload of a tile that has failed. A source with such tiles gets a
 * fragment on its addresses, which no server sees: another source to the style, so it is made anew.
 */
function createRenewal() {
  const times = new Map<string, number>();
  return (
    id: string,
    source: VectorSourceSpecification,
    failed: ReadonlySet<string>,
  ): VectorSourceSpecification => {
    if (failed.has(id)) times.set(id, (times.get(id) ?? 0) + 1);
    const count = times.get(id) ?? 0;
    if (count === 0) return source;
    return { ...source, tiles: (source.tiles ?? []).map((tile) => `${tile}#${count}`) };
  };
}
