import { VectorTileSource } from 'maplibre-gl';
import type { Source } from 'maplibre-gl';

/**
 * Gives a source other tile addresses, so that its tiles are replaced in place and the map never
 * flashes empty; `[]` where none are told. True when they were others than before.
 */
export function retarget(source: Source | undefined, tiles: readonly string[] = []): boolean {
  if (!(source instanceof VectorTileSource) || isSame(addressesOf(source), tiles)) return false;
  source.setTiles([...tiles]);
  return true;
}

/** Asks for all tiles of a source again at the addresses it has. */
export function askAgain(source: Source | undefined): void {
  if (source instanceof VectorTileSource) source.setTiles([...addressesOf(source)]);
}

/** MapLibre 6.17 leaves `source.tiles` undefined until it has read its own options, after `addSource`. */
function addressesOf(source: VectorTileSource): readonly string[] {
  return source.serialize().tiles ?? [];
}

function isSame(before: readonly string[], after: readonly string[]): boolean {
  return before.join() === after.join();
}
