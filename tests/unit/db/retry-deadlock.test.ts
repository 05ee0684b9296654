import { toDomainError } from '#server/db/pg-errors.ts';
import { retryDeadlock } from '#server/db/retry-deadlock.ts';
import { OverloadedError } from '#server/domain/errors.ts';

const failure = (code: string) => toDomainError(Object.assign(new Error(code), { code }));

/** A write that fails as told before it runs the work; `tries` counts. */
function failing(...failures: readonly unknown[]) {
  const left = [...failures];
  const seen = { tries: 0 };
  const write = retryDeadlock(async (work) => {
    seen.tries += 1;
    if (left.length > 0) throw left.shift() as Error;
    return work({} as never);
  });
  return { seen, write };
}

describe('a write that gives way in a deadlock', () => {
  it('begins again until it is done', async () => {
    const { seen, write } = failing(failure('40P01'), failure('40P01'));

    await expect(write(() => Promise.resolve('done'))).resolves.toBe('done');
    expect(seen.tries).toBe(3);
  });

  it('gives up after five times', async () => {
    const { seen, write } = failing(...Array.from({ length: 9 }, () => failure('40P01')));

    await expect(write(() => Promise.resolve(1))).rejects.toThrow(OverloadedError);
    expect(seen.tries).toBe(5);
  });

  it.each(['55P03', '23505', '57014'])('is not begun again after %s', async (code) => {
    const { seen, write } = failing(failure(code));

    await expect(write(() => Promise.resolve(1))).rejects.toThrow(Error);
    expect(seen.tries).toBe(1);
  });

  it('is not begun again where the work itself fails', async () => {
    const { seen, write } = failing();

    await expect(write(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(seen.tries).toBe(1);
  });
});
