import { types } from 'node:util';

import {
  ConflictError,
  OutOfScopeError,
  OverloadedError,
  RuleViolationError,
  TimeoutError,
  TooMuchRoomError,
} from '../domain/errors.ts';

const TIMED_OUT = 'The query took too long and was stopped. Ask for a smaller area or fewer rows.';
const NO_ROOM = 'The query needed more temporary space than it may have and was stopped.';
const DISK_FULL = 'The disk of the database is full. Free some space and try again.';
const BUSY = 'The database is busy or restarting. Try again in a few seconds.';

type Translate = (cause: Error) => Error;

const conflict =
  (zh: string, en: string): Translate =>
  (cause) =>
    new ConflictError({ zh, en }, { cause });

const violation =
  (zh: string, en: string): Translate =>
  (cause) =>
    Object.assign(new RuleViolationError({ zh, en }, []), { cause });

const overloaded: Translate = (cause) => Object.assign(new OverloadedError(BUSY), { cause });
const diskFull: Translate = (cause) => Object.assign(new OverloadedError(DISK_FULL, 60), { cause });
const tooMuchRoom: Translate = (cause) => new TooMuchRoomError(NO_ROOM, { cause });
const timedOut: Translate = (cause) => Object.assign(new TimeoutError(TIMED_OUT), { cause });

/** SQLSTATE, whole or by class (its first two characters), to the domain's error. The first match wins. */
const TRANSLATIONS: readonly (readonly [code: string, translate: Translate])[] = [
  ['23505', conflict('已有相同键的记录。', 'An entry with the same key exists already.')],
  [
    '23503',
    conflict(
      '所引用的记录不存在，或仍被引用。',
      'The entry refers to one that does not exist, or is still referred to.',
    ),
  ],
  ['23P01', conflict('与已有的记录重叠。', 'The entry overlaps one that exists already.')],
  ['23502', violation('缺少必填的内容。', 'A value that is required is missing.')],
  ['23514', violation('有内容超出允许的范围。', 'A value is outside what the database allows.')],
  [
    '22',
    violation('有内容的形式或大小无法保存。', 'A value has a form or size that cannot be stored.'),
  ],
  ['57014', timedOut],
  ['55P03', overloaded],
  ['40001', overloaded],
  ['40P01', overloaded],
  ['53100', diskFull],
  // temp_file_limit
  ['53400', tooMuchRoom],
  ['53', overloaded],
  ['57P', overloaded],
  ['08', overloaded],
  ['ECONNREFUSED', overloaded],
  ['ECONNRESET', overloaded],
  ['EPIPE', overloaded],
  ['ENOENT', overloaded],
];

/** The domain's error for a failure of the database; anything else comes back unchanged. The cause keeps the original. */
export function toDomainError(error: unknown): unknown {
  if (!types.isNativeError(error)) return error;
  if (isLostConnection(error)) return overloaded(error);
  const code = codeOf(error);
  if (code === '42501' && /row-level security/.test(error.message)) {
    return new OutOfScopeError({ cause: error });
  }
  const found = TRANSLATIONS.find(([prefix]) => code.startsWith(prefix));
  return found === undefined ? error : found[1](error);
}

/** SQLSTATE of a database error or the system's code of a connection error; empty when there is none. */
export function codeOf(error: unknown): string {
  const code = types.isNativeError(error) ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Neither pg nor knex gives these a code. */
function isLostConnection(error: Error): boolean {
  return (
    error.name === 'KnexTimeoutError' ||
    /^(Connection terminated|Client has encountered a connection error|timeout expired)/.test(
      error.message,
    )
  );
}
