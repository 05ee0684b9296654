import { createHash } from 'node:crypto';
import { RequestRefusedError } from './request-errors.ts';
import type { RequestFault } from './request-errors.ts';

/** Versions of a row that the caller has seen and builds on; `any` for `If-Match: *`. */
export type ExpectedVersions = readonly number[] | 'any';

const TAG = /^(?:W\/)?"(?<version>\d{1,9})(?:\.[\w-]*)?"$/;

/**
 * Entity tag of one row of the register: its version, then a digest of this very answer. The digest makes a stored
 * answer stale when a level moved; an edit is only held to the version, which moves with edits alone.
 */
export function rowTag(version: number, body: Buffer): string {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  return `"${version}.${digest}"`;
}

/** Reads If-Match. Throws RequestRefusedError (428) where it is missing. */
export function readIfMatch(header: string | undefined): {
  readonly versions: ExpectedVersions;
  readonly faults: readonly RequestFault[];
} {
  if (header === undefined || header.trim() === '') {
    const detail = {
      zh: '请先读取该记录，并把它的 ETag 作为 If-Match 发送。',
      en: 'Read the resource first and send its ETag as If-Match.',
    };
    throw new RequestRefusedError('precondition-required', detail);
  }
  if (header.trim() === '*') return { versions: 'any', faults: [] };
  const versions = header.split(',').map((tag) => TAG.exec(tag.trim())?.groups?.['version']);
  if (versions.includes(undefined)) {
    const detail = {
      zh: '应为本服务给出的 ETag（如 "3.Zk1…"）或 *。',
      en: 'Must be an ETag that this service gave, such as "3.Zk1…", or *',
    };
    return { versions: [], faults: [{ parameter: 'If-Match', detail }] };
  }
  return { versions: versions.map(Number), faults: [] };
}
