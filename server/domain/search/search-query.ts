/** What is searched for: a text as the entries of the search are written. */
export type SearchQuery = {
  /** Each must occur in a name. */
  readonly terms: readonly string[];
  /** What a name must begin with, or be, to come first. */
  readonly whole: string;
  /** Pinyin initials that the text may be; null where it cannot be any. */
  readonly letters: string | null;
  readonly code: string;
};

const MOST_TERMS = 8;
/** Whole characters: half of one cannot be stored. */
const BEGINNING = /^.{1,100}/su;
const MOST_LETTERS = 40;

/**
 * Reads what somebody typed: full-width and half-width, capitals and small letters are the same, spaces part the terms.
 * Null when nothing is left. Names and codes are brought into the same form by `search_key` of the database.
 */
export function readSearchQuery(typed: string): SearchQuery | null {
  const terms = typed
    .normalize('NFKC')
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
    // What cannot be seen, and the separator of the names of an entry.
    .replaceAll(/[\s\p{Cc}\p{Cf}|]+/gu, ' ')
    .split(' ')
    .filter((term) => term !== '')
    .slice(0, MOST_TERMS)
    .map((term) => BEGINNING.exec(term)?.[0] ?? '');
  if (terms.length === 0) return null;
  const joined = terms.join('');
  // English words keep their spaces in a name; Chinese names have none.
  const isWords = /^[\u0020-\u007e]+$/.test(joined);
  return {
    terms,
    whole: isWords ? terms.join(' ') : joined,
    letters: areInitials(joined) ? joined : null,
    code: joined,
  };
}

function areInitials(text: string): boolean {
  return (
    /^[a-z0-9]+$/.test(text) &&
    /[a-z]/.test(text) &&
    text.length >= 2 &&
    text.length <= MOST_LETTERS
  );
}
