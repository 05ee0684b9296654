import { z } from 'zod';
import { InvalidRequestError } from '#server/http/request-errors.ts';
import type { AssessmentCursor, AssessmentRecord } from './assessments.store.ts';

const cursor = z.object({ at: z.iso.datetime(), id: z.uuid() });

/** Position after a row of a list ordered newest first. */
export function writeCursor({
  assessedAt,
  id,
}: Pick<AssessmentRecord, 'assessedAt' | 'id'>): string {
  const at = new Date(assessedAt).toISOString();
  return Buffer.from(JSON.stringify({ at, id })).toString('base64url');
}

/** Throws InvalidRequestError for a cursor that this service did not write. */
export function readCursor(raw: string | undefined): AssessmentCursor | null {
  if (raw === undefined) return null;
  try {
    return cursor.parse(JSON.parse(Buffer.from(raw, 'base64url').toString()));
  } catch {
    throw new InvalidRequestError('The cursor cannot be read.', [
      { parameter: 'cursor', detail: 'Not a cursor of this list: use `next` of the page before.' },
    ]);
  }
}
