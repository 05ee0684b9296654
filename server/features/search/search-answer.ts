import type { Level, State } from '#server/domain/level.ts';
import type { SearchKind, SearchMatch } from '#server/domain/search/search-kind.ts';
import type { AreaState } from '#server/domain/zoning/roll-up.ts';
import type { FoundRow } from './found-rows.store.ts';

/** State and level as a row of the list shows them. */
export type Chip = {
  readonly state: State | AreaState | null;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
};

export type SearchItem = Omit<FoundRow, 'state'> & Chip & { readonly match: SearchMatch };

export type SearchGroup = {
  readonly kind: SearchKind;
  readonly items: readonly SearchItem[];
  readonly more: boolean;
};

export type SearchAnswer = {
  readonly query: string;
  readonly searched: readonly SearchKind[];
  readonly groups: readonly SearchGroup[];
  /** What the same search finds anywhere; null unless it was narrowed and found nothing. */
  readonly wider:
    | readonly { readonly kind: SearchKind; readonly count: number; readonly more: boolean }[]
    | null;
};
