import { LEGEND_KEYS, sortLegend } from './url-state.ts';
import type { LegendKey } from './url-state.ts';

type Level = 1 | 2 | 3 | 4;
type State = 'assessed' | 'not_assessed' | 'expired' | 'not_applicable';

/** The class of the legend that a row belongs to. */
export function legendKeyOf(state: State, level: Level | null): LegendKey {
  if (level !== null) return String(level) as LegendKey;
  return state === 'assessed' ? 'not_assessed' : state;
}

/** Switches one class off, or on again. */
export function toggleHidden(hide: readonly LegendKey[], key: LegendKey): readonly LegendKey[] {
  return sortLegend(hide.includes(key) ? hide.filter((other) => other !== key) : [...hide, key]);
}

/** Leaves only one class on; asked again of the same class, everything comes back. */
export function isolate(hide: readonly LegendKey[], key: LegendKey): readonly LegendKey[] {
  const others = LEGEND_KEYS.filter((other) => other !== key);
  const isAlone = others.every((other) => hide.includes(other)) && !hide.includes(key);
  return isAlone ? [] : others;
}

const LEVEL_KEYS = LEGEND_KEYS.slice(0, 4);
const STATE_KEYS = LEGEND_KEYS.slice(4);

/**
 * Query parameters that leave out hidden classes as far as one request can say it: levels when all
 * greys are hidden, states otherwise. The rest is left out by `legendKeyOf` on the rows.
 */
export function listFilterOf(
  hide: readonly LegendKey[],
  colour: 'assessed' | 'dynamic',
): { readonly level?: string; readonly dynamic?: string; readonly state?: string } {
  const levels = LEVEL_KEYS.filter((key) => !hide.includes(key));
  const states = STATE_KEYS.filter((key) => !hide.includes(key));
  if (levels.length === 4 && states.length === 3) return {};
  if (states.length === 0) {
    if (levels.length === 0) return {};
    return colour === 'dynamic' ? { dynamic: levels.join(',') } : { level: levels.join(',') };
  }
  // A dynamic level can stand on a grey state, so states alone cannot tell which rows to leave out.
  if (colour === 'dynamic' || states.length === 3)
    return levels.length === 0 ? greyOnly(colour) : {};
  return { state: [...(levels.length > 0 ? ['assessed'] : []), ...states].join(',') };
}

function greyOnly(colour: 'assessed' | 'dynamic') {
  return colour === 'dynamic' ? {} : { state: STATE_KEYS.join(',') };
}
