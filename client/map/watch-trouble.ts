import type { Map as MapLibreMap } from 'maplibre-gl';

/** Waits between tries, milliseconds; the last one repeats. */
const WAITS_MS = [3000, 8000, 20_000, 60_000] as const;

/**
 * Notices tiles that could not be loaded, says so, and tries again by itself; the map stays usable
 * with what it has. `report` takes the result of loading the sources.
 */
export function watchTrouble(
  map: MapLibreMap,
  onTrouble: (isTroubled: boolean) => void,
  retry: () => void,
): { readonly report: (isTroubled: boolean) => void; readonly stop: () => void } {
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isFresh = false;

  const plan = () => {
    onTrouble(true);
    isFresh = true;
    if (timer !== null) return;
    const wait = WAITS_MS[Math.min(tries, WAITS_MS.length - 1)];
    timer = setTimeout(() => {
      timer = null;
      isFresh = false;
      tries += 1;
      retry();
    }, wait);
  };
  map.on('error', (event) => {
    if ('sourceId' in event || 'tile' in event) plan();
    // Anything else is a fault of ours: it belongs in the console, not in front of the reader.
    else reportError(event.error);
  });
  map.on('idle', () => {
    if (isFresh || timer !== null || tries === 0) return;
    tries = 0;
    onTrouble(false);
  });
  return {
    report: (isTroubled) => {
      if (isTroubled) plan();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
