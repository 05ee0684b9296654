import type { SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import { VectorTileSource } from 'maplibre-gl';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { composeStyle } from './layer-module.ts';
import type { LayerContext } from './layer-module.ts';
import { createMarking, regionTargets } from './map-marking.ts';
import { layerModules } from './modules.ts';
import { palettes } from './palette.ts';
import { SELECTION, selectionSource } from './selection-layer.ts';
import type { TileSources } from './tile-sources.ts';

/** Loads the sources a context needs and applies the style; false when a source is missing. */
export function createPainter(map: MapLibreMap, tiles: TileSources) {
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
function retarget(map: MapLibreMap, id: string, tiles: readonly string[], isForced: boolean): void {
  const source = map.getSource(id);
  if (!(source instanceof VectorTileSource)) return;
  if (isForced || source.tiles.join() !== tiles.join()) source.setTiles([...tiles]);
}
