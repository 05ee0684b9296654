import { StaleError } from './errors.ts';

/** Versions of a row that a caller has seen and builds on; `any` takes what is there. */
export type ExpectedVersions = readonly number[] | 'any';

/** Throws StaleError where the row is at a version that the caller has not seen. */
export function holdToVersion(what: string, version: number, expected: ExpectedVersions): void {
  if (expected !== 'any' && !expected.includes(version)) throw new StaleError(what, version);
}
