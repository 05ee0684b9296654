import type { Map as MapLibreMap } from 'maplibre-gl';

/** Waits between tries, milliseconds; the last one repeats. */
const WAITS_MS = [3000, 8000, 20_000, 60_000] as const;

export type TroubleWatch = {
  /** Takes the result of loading the sources. */
  readonly report: (isTroubled: boolean) => void;
  /** Ids of the sources with tiles that failed since they were last asked for. */
  readonly takeFailed: () => ReadonlySet<string>;
  readonly stop: () => void;
};

/**
 * Notices tiles that could not be loaded, says so, and tries again by itself; the map stays usable
 * with what it has.
 */
export function watchTrouble(
  map: MapLibreMap,
  onTrouble: (isTroubled: boolean) => void,
  retry: () => Promise<void>,
): TroubleWatch {
  let phase: 'calm' | 'waiting' | 'retried' = 'calm';
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const tryAgain = async () => {
    timer = null;
    tries += 1;
    await retry();
    // An error during the retry has already planned the next one.
    if (timer === null) phase = 'retried';
  };
  const plan = () => {
    onTrouble(true);
    phase = 'waiting';
    const wait = WAITS_MS[Math.min(tries, WAITS_MS.length - 1)];
    timer ??= setTimeout(() => void tryAgain(), wait);
  };
  const takeFailed = collectFailed(map, plan);
  map.on('idle', () => {
    if (phase !== 'retried') return;
    phase = 'calm';
    tries = 0;
    onTrouble(false);
  });
  return {
    report: (isTroubled) => {
      if (isTroubled) plan();
    },
    takeFailed,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Gathers the sources whose tiles fail, until they are taken. */
function collectFailed(map: MapLibreMap, onFailure: () => void): () => ReadonlySet<string> {
  let failed = new Set<string>();
  map.on('error', (event) => {
    const isOfSource = 'sourceId' in event && typeof event.sourceId === 'string';
    if (isOfSource) failed.add(String(event.sourceId));
    if (isOfSource || 'tile' in event) onFailure();
    // Anything else is a fault of ours: it belongs in the console, not in front of the reader.
    else reportError(event.error);
  });
  return () => {
    const taken = failed;
    failed = new Set();
    return taken;
  };
}
