import { z } from 'zod';
import { InvalidRequestError } from './request-errors.ts';
import { textFault } from './text-rule.ts';

const KINDS = {
  integer: z.int().min(0).max(1000),
  text: z.string().refine((value) => textFault(value) === null),
  id: z.uuid(),
  /** RFC 3339, UTC. */
  instant: z.iso.datetime(),
} as const;

type Kind = keyof typeof KINDS;
type Place<K extends readonly Kind[]> = { readonly [I in keyof K]: z.output<(typeof KINDS)[K[I]]> };

/** Turns the place of a row in the order of a list into a text that is opaque to callers, and back. */
export type Cursor<P> = {
  write(place: P): string;
  /** Null without a cursor. Throws InvalidRequestError for a text that `write` did not make. */
  read(cursor: string | undefined): P | null;
};

const UNREADABLE = { zh: '无法读取 cursor。', en: 'The cursor cannot be read.' };
const NO_CURSOR = {
  zh: '不是这个列表的 cursor；请用上一页的 next。',
  en: 'Not a cursor of this list: use `next` of the page before',
};

/** A cursor over the values that a list is ordered by, e.g. `['integer', 'text', 'id']`. */
export function cursorOf<const K extends readonly Kind[]>(kinds: K): Cursor<Place<K>> {
  return {
    write: (place) => Buffer.from(JSON.stringify(place)).toString('base64url'),
    read: (cursor) => {
      if (cursor === undefined) return null;
      const place = decode(cursor);
      if (isPlace(place, kinds)) return place;
      throw new InvalidRequestError(UNREADABLE, [{ parameter: 'cursor', detail: NO_CURSOR }]);
    },
  };
}

function isPlace<K extends readonly Kind[]>(place: unknown, kinds: K): place is Place<K> {
  return (
    Array.isArray(place) &&
    place.length === kinds.length &&
    kinds.every((kind, index) => KINDS[kind].safeParse(place[index]).success)
  );
}

function decode(cursor: string): unknown {
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    // Only the exact text that `write` makes: no padding, no other alphabet, no broken UTF-8.
    return Buffer.from(text).toString('base64url') === cursor ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
