/** What a search finds, in the order in which it is shown. */
export const SEARCH_KINDS = [
  'region',
  'jurisdiction',
  'enterprise',
  'risk-point',
  'hazard-source',
  'place',
  'coordinate',
] as const;

export type SearchKind = (typeof SEARCH_KINDS)[number];

/** Kinds that have entries in the database. */
export type EntryKind = Exclude<SearchKind, 'coordinate'>;

/** Why a row was found; `part` of a name or of its pinyin initials. */
export type SearchMatch = {
  readonly on: 'code' | 'name' | 'initials' | 'coordinate';
  readonly how: 'exact' | 'start' | 'part';
};
