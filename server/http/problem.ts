import type { ProblemSlug } from '../contract/problem.contract.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import {
  ConflictError,
  NotFoundError,
  OutOfScopeError,
  OverloadedError,
  RuleViolationError,
  StaleError,
  TimeoutError,
  TooMuchRoomError,
} from '../domain/errors.ts';
import { notFoundText } from './not-found-text.ts';
import { InvalidRequestError, RequestRefusedError } from './request-errors.ts';
import type { RequestFault } from './request-errors.ts';
import { MALFORMED_PATH } from './well-formed-path.ts';

/** What a failure becomes on the wire, before the request's own id, address and language are added. */
export type ProblemAnswer = {
  readonly slug: ProblemSlug;
  readonly detail: Bilingual;
  readonly errors?: readonly RequestFault[];
  readonly headers?: Readonly<Record<string, string>>;
};

const retryAfter = (seconds: number) => ({
  'Retry-After': String(Math.max(1, Math.ceil(seconds))),
});

/** Error → problem. Anything unknown is `internal`, and its message stays in the log. */
export function toProblem(error: unknown): ProblemAnswer {
  if (error instanceof InvalidRequestError) {
    return withErrors({ slug: error.slug, detail: error.detail }, error.faults);
  }
  if (error instanceof RequestRefusedError) {
    return { slug: error.slug, detail: error.detail, headers: error.headers };
  }
  if (error instanceof NotFoundError) return { slug: 'not-found', detail: notFoundText(error) };
  if (error instanceof OutOfScopeError) return { slug: 'forbidden', detail: error.detail };
  if (error instanceof ConflictError) return { slug: 'conflict', detail: error.detail };
  if (error instanceof StaleError) return { slug: 'stale', detail: error.detail };
  if (error instanceof RuleViolationError) {
    return withErrors({ slug: 'rule-violation', detail: error.detail }, error.faults);
  }
  if (error instanceof OverloadedError) {
    const detail = { zh: '服务繁忙，请稍后再试。', en: 'The service is busy; try again shortly.' };
    return { slug: 'overloaded', detail, headers: retryAfter(error.retryAfterSeconds) };
  }
  if (error instanceof TimeoutError) {
    const detail = { zh: '查询超时，已停止。', en: 'The question took too long and was stopped.' };
    return { slug: 'query-timeout', detail, headers: retryAfter(error.retryAfterSeconds) };
  }
  if (error instanceof TooMuchRoomError) return { slug: 'query-timeout', detail: TOO_MUCH_ROOM };
  // Express reports a path whose percent-encoding cannot be decoded this way.
  if (error instanceof URIError) {
    return { slug: 'invalid-request', detail: MALFORMED_PATH };
  }
  return {
    slug: 'internal',
    detail: {
      zh: '出现了意外的错误，已按 instance 中的编号记入日志。',
      en: 'An unexpected error happened. It was logged under the id in “instance”.',
    },
  };
}

const TOO_MUCH_ROOM = {
  zh: '查询所需的临时空间超出上限，已停止。请缩小范围或减少条数。',
  en: 'The question needed more temporary space than it may have and was stopped. Ask for a smaller area or fewer rows.',
};

function withErrors(answer: ProblemAnswer, errors: readonly RequestFault[]): ProblemAnswer {
  return errors.length > 0 ? { ...answer, errors } : answer;
}
