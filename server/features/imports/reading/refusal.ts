import type { Bilingual } from '#server/domain/bilingual.ts';

/** Why a file as a whole is not read. Rows are numbered as a spreadsheet shows them; a column is its letters or name. */
export type Refusal = {
  slug: 'invalid-body' | 'payload-too-large' | 'unsupported-media-type' | 'overloaded';
  detail: Bilingual;
  row?: number;
  column?: string;
};

/** A file that is broken, hostile, too large, or of a kind that is not read. */
export class FileRefusedError extends Error {
  override readonly name = 'FileRefusedError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail.en);
    this.refusal = refusal;
  }
}

type Where = { readonly row?: number; readonly column?: string };

/** The content breaks the rules of its format. */
export function broken(zh: string, en: string, where: Where = {}): FileRefusedError {
  return new FileRefusedError({ slug: 'invalid-body', detail: { zh, en }, ...where });
}

/** A stated limit is exceeded. */
export function tooLarge(zh: string, en: string, where: Where = {}): FileRefusedError {
  return new FileRefusedError({ slug: 'payload-too-large', detail: { zh, en }, ...where });
}

/** Something that is not a table we read; the texts name the remedy. */
export function unsupported(zh: string, en: string): FileRefusedError {
  return new FileRefusedError({ slug: 'unsupported-media-type', detail: { zh, en } });
}

/** Nothing is wrong with the file, but it cannot be stored now. */
export function noRoom(zh: string, en: string): FileRefusedError {
  return new FileRefusedError({ slug: 'overloaded', detail: { zh, en } });
}
