import type { Bilingual } from './bilingual.ts';

/** One fault in some input: where (JSON Pointer, RFC 6901) and what, safe to show to a user. */
export type Fault = { readonly pointer: string; readonly detail: Bilingual };

/** What may be asked for and not be there. */
export type Findable =
  | 'account'
  | 'assessment'
  | 'enterprise'
  | 'grant'
  | 'hazard source'
  | 'import'
  | 'jurisdiction'
  | 'key'
  | 'measure'
  | 'method'
  | 'method version'
  | 'problem'
  | 'region'
  | 'risk point'
  | 'row of this import'
  | 'tile layer'
  | 'zoom of this tile layer';

/**
 * The thing asked for does not exist, or is outside what the caller may see. `hint`: sentences that
 * say what there is.
 */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
  readonly what: Findable;
  readonly id: string;
  readonly hint: Bilingual | null;

  constructor(what: Findable, id: string, hint: Bilingual | null = null) {
    super(`No ${what} "${id}"`);
    this.what = what;
    this.id = id;
    this.hint = hint;
  }
}

/** The state of the data forbids the change: a duplicate, a reference in use, a wrong state. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly detail: Bilingual;

  constructor(detail: Bilingual, options?: ErrorOptions) {
    super(detail.en, options);
    this.detail = detail;
  }
}

/** The row was changed after the caller read it. */
export class StaleError extends Error {
  override readonly name = 'StaleError';
  readonly version: number;
  readonly detail: Bilingual;

  constructor(what: string, version: number) {
    const en = `The ${what} was changed meanwhile; it is at version ${version} now.`;
    super(en);
    this.version = version;
    this.detail = { zh: `这条记录已被他人修改，现为第 ${version} 版。`, en };
  }
}

/** A rule of the domain says no. Carries every fault found, not just the first. */
export class RuleViolationError extends Error {
  override readonly name = 'RuleViolationError';
  readonly detail: Bilingual;
  readonly faults: readonly Fault[];

  constructor(detail: Bilingual, faults: readonly Fault[]) {
    super(detail.en);
    this.detail = detail;
    this.faults = faults;
  }
}

/** The row would lie, or lies, outside what the caller may change. */
export class OutOfScopeError extends Error {
  override readonly name = 'OutOfScopeError';
  readonly detail: Bilingual;

  constructor(options?: ErrorOptions) {
    const en = 'This lies outside the regions, fields or enterprise that you may change.';
    super(en, options);
    this.detail = { zh: '超出您可以更改的行政区、行业领域或企业范围。', en };
  }
}

/** Too much work is waiting; worth trying again after the given time. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
  readonly retryAfterSeconds: number;

  constructor(detail: string, retryAfterSeconds = 5) {
    super(detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The work took longer than it may and was stopped. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  readonly retryAfterSeconds: number;

  constructor(detail: string, retryAfterSeconds = 5) {
    super(detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The work needed more temporary space than it may have and was stopped; asking for the same again helps nothing. */
export class TooMuchRoomError extends Error {
  override readonly name = 'TooMuchRoomError';
}

/** Escapes one key for use in a JSON Pointer. */
export function pointerKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
