import type { SearchAnswer, SearchGroup, SearchItem } from '#client/api/search.ts';
import type { Here } from '#client/state/here-store.ts';
import type { Camera, ViewNode } from '#client/state/url-state.ts';

export type FoundKind = SearchGroup['kind'];
export type Option = { readonly kind: FoundKind; readonly item: SearchItem };

/** All rows in the order in which they stand, so that each has one number. */
export function optionsOf(answer: SearchAnswer | undefined): readonly Option[] {
  return (answer?.groups ?? []).flatMap(({ kind, items }) => items.map((item) => ({ kind, item })));
}

/** Node that a row leads to; null where it is only a spot on the map. */
export function nodeOf({ kind, item }: Option): ViewNode | null {
  if (kind === 'region') return { kind: 'region', code: item.id };
  if (kind === 'enterprise') return { kind: 'enterprise', id: item.id };
  if (kind === 'risk-point') return { kind: 'risk-point', id: item.id };
  const { belongsTo } = item;
  return kind === 'hazard-source' && belongsTo !== null
    ? { kind: 'risk-point', id: belongsTo.id }
    : null;
}

const SPOT_ZOOM = 14;
const TOWN_ZOOM = 12;

/** The spot that a coordinate, place or jurisdiction stands for; null without a position. */
export function spotOf(
  { kind, item }: Option,
  typed: string,
): { readonly here: Here; readonly camera: Camera } | null {
  if (item.position === null) return null;
  const [lng, lat] = item.position;
  const zoom = kind === 'coordinate' ? SPOT_ZOOM : (zoomOf(item) ?? TOWN_ZOOM);
  const name = kind === 'coordinate' ? null : item.names;
  return {
    here: { at: [lng, lat], typed, name, regionPath: item.parentPath },
    camera: { zoom, lng, lat },
  };
}

/** A zoom that shows the whole extent: a window holds about three tiles of 256 pixels. */
function zoomOf({ bbox }: SearchItem): number | null {
  if (bbox === null) return null;
  const [west, , east] = bbox;
  const degrees = Math.max(0.01, east - west);
  return Math.min(SPOT_ZOOM, Math.max(4, Math.log2((360 / degrees) * 1.5)));
}

export type Marked = { readonly text: string; readonly isMatch: boolean };

/** A name cut where the searched text stands in it. */
export function markMatch(name: string, q: string): readonly Marked[] {
  const wanted = q.trim();
  const at = wanted === '' ? -1 : name.toLowerCase().indexOf(wanted.toLowerCase());
  if (at === -1) return [{ text: name, isMatch: false }];
  return [
    { text: name.slice(0, at), isMatch: false },
    { text: name.slice(at, at + wanted.length), isMatch: true },
    { text: name.slice(at + wanted.length), isMatch: false },
  ].filter(({ text }) => text !== '');
}
