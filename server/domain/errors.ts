import { textIn } from './bilingual.ts';
import type { Bilingual, UserText } from './bilingual.ts';

/** One fault in some input: where (JSON Pointer, RFC 6901) and what, safe to show to a user. */
export type Fault = { readonly pointer: string; readonly detail: UserText };

/** The thing asked for does not exist, or is outside what the caller may see. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
  readonly what: string;
  readonly id: string;

  constructor(what: string, id: string) {
    super(`No ${what} "${id}"`);
    this.what = what;
    this.id = id;
  }
}

/** The state of the data forbids the change: a duplicate, a reference in use, a wrong state. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly detail: UserText;

  constructor(detail: UserText, options?: ErrorOptions) {
    super(textIn(detail, 'en'), options);
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
  readonly detail: UserText;
  readonly faults: readonly Fault[];

  constructor(detail: UserText, faults: readonly Fault[]) {
    super(textIn(detail, 'en'));
    this.detail = detail;
    this.faults = faults;
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

/** Escapes one key for use in a JSON Pointer. */
export function pointerKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
