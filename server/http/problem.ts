import type { ProblemFault, ProblemSlug } from '../contract/problem.contract.ts';
import {
  ConflictError,
  NotFoundError,
  OverloadedError,
  RuleViolationError,
  StaleError,
  TimeoutError,
} from '../domain/errors.ts';
import { InvalidRequestError, RequestRefusedError } from './request-errors.ts';

/** What a failure becomes on the wire, before the request's own id and address are added. */
export type ProblemAnswer = {
  readonly slug: ProblemSlug;
  readonly detail: string;
  readonly errors?: readonly ProblemFault[];
  readonly headers?: Readonly<Record<string, string>>;
};

const retryAfter = (seconds: number) => ({
  'Retry-After': String(Math.max(1, Math.ceil(seconds))),
});

/** Error → problem. Anything unknown is `internal`, and its message stays in the log. */
export function toProblem(error: unknown): ProblemAnswer {
  if (error instanceof InvalidRequestError) {
    return withErrors({ slug: error.slug, detail: error.message }, error.faults);
  }
  if (error instanceof RequestRefusedError) {
    return { slug: error.slug, detail: error.message, headers: error.headers };
  }
  if (error instanceof NotFoundError) return { slug: 'not-found', detail: `${error.message}.` };
  if (error instanceof ConflictError) return { slug: 'conflict', detail: error.message };
  if (error instanceof StaleError) return { slug: 'stale', detail: error.message };
  if (error instanceof RuleViolationError) {
    return withErrors({ slug: 'rule-violation', detail: error.message }, error.faults);
  }
  if (error instanceof OverloadedError) {
    const detail = 'The service is busy; try again shortly.';
    return { slug: 'overloaded', detail, headers: retryAfter(error.retryAfterSeconds) };
  }
  if (error instanceof TimeoutError) {
    const detail = 'The question took too long and was stopped.';
    return { slug: 'query-timeout', detail, headers: retryAfter(error.retryAfterSeconds) };
  }
  // Express reports a path whose percent-encoding cannot be decoded this way.
  if (error instanceof URIError) {
    return { slug: 'invalid-request', detail: 'The path holds a malformed percent-encoding.' };
  }
  return {
    slug: 'internal',
    detail: 'An unexpected error happened. It was logged under the id in “instance”.',
  };
}

function withErrors(answer: ProblemAnswer, errors: readonly ProblemFault[]): ProblemAnswer {
  return errors.length > 0 ? { ...answer, errors } : answer;
}
