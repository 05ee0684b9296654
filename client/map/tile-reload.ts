import type { Map as MapLibreMap } from 'maplibre-gl';
import { askAgain } from './retarget.ts';

/** A hidden window draws no frame, and a tile may never come: the map goes on without. Milliseconds. */
const FRAME_MS = 500;
const TILES_MS = 5000;

/**
 * Asks for every tile of some sources anew. MapLibre 6.17 forgets that a tile is to be fetched when
 * the style of its layers changes meanwhile, and only draws the old one again: so the style of before
 * is drawn first, and the promise keeps the next one waiting until the tiles are there.
 */
export async function reloadTiles(map: MapLibreMap, ids: readonly string[]): Promise<void> {
  await within(FRAME_MS, (done) => {
    map.once('render', done);
    map.triggerRepaint();
    return () => map.off('render', done);
  });
  for (const id of ids) askAgain(map.getSource(id));
  await within(TILES_MS, (done) => {
    const look = () => {
      if (ids.every((id) => map.getSource(id) === undefined || map.isSourceLoaded(id))) done();
    };
    map.on('sourcedata', look);
    return () => map.off('sourcedata', look);
  });
}

/** Ends when `done` is called, or after so many milliseconds; then `start`'s cleanup runs. */
function within(most: number, start: (done: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      clean();
      resolve();
    };
    const timer = setTimeout(end, most);
    const clean = start(end);
  });
}
