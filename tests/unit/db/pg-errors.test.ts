import { codeOf, toDomainError } from '#server/db/pg-errors.ts';
import {
  ConflictError,
  OverloadedError,
  RuleViolationError,
  TimeoutError,
} from '#server/domain/errors.ts';

const databaseError = (code: string) =>
  Object.assign(new Error('insert into "secret_table" failed'), { code });

it.each([
  ['23505', ConflictError],
  ['23503', ConflictError],
  ['23P01', ConflictError],
  ['23502', RuleViolationError],
  ['23514', RuleViolationError],
  ['22P02', RuleViolationError],
  ['22003', RuleViolationError],
  ['57014', TimeoutError],
  ['40001', OverloadedError],
  ['40P01', OverloadedError],
  ['53100', OverloadedError],
  ['53300', OverloadedError],
  ['57P01', OverloadedError],
  ['08006', OverloadedError],
  ['ECONNREFUSED', OverloadedError],
])('turns %s into a %p that keeps the cause but not its words', (code, expected) => {
  const original = databaseError(code);

  const error = toDomainError(original);

  expect(error).toBeInstanceOf(expected);
  expect((error as Error).cause).toBe(original);
  expect((error as Error).message).not.toMatch(/secret_table/);
});

it('counts a connection that broke, or a pool that gave none, as overload', () => {
  const poolTimeout = Object.assign(new Error('Timeout acquiring a connection'), {
    name: 'KnexTimeoutError',
  });

  expect(toDomainError(new Error('Connection terminated unexpectedly'))).toBeInstanceOf(
    OverloadedError,
  );
  expect(toDomainError(poolTimeout)).toBeInstanceOf(OverloadedError);
});

it('leaves every other failure as it is: a mistake in SQL stays an internal error', () => {
  const syntaxError = databaseError('42601');
  const own = new ConflictError({ zh: '已占用', en: 'taken' });

  expect(toDomainError(syntaxError)).toBe(syntaxError);
  expect(toDomainError(own)).toBe(own);
  expect(toDomainError('text')).toBe('text');
  expect(codeOf(own)).toBe('');
});
