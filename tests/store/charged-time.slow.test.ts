import { chargedTo } from '#server/db/charged-time.ts';
import { TimeoutError } from '#server/domain/errors.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase({ environment: { STATEMENT_TIMEOUT_MS: '1000' } });
});
afterAll(() => closeTestDatabase(database));

const sleep = (seconds: number) => database.read((trx) => trx.raw('SELECT pg_sleep(?)', [seconds]));

/** What the work was charged with, in milliseconds, one entry for each transaction. */
async function charges(work: () => Promise<unknown>): Promise<number[]> {
  const told: number[] = [];
  await chargedTo(
    (milliseconds) => told.push(milliseconds),
    () => work().catch(() => undefined),
  );
  return told;
}

it('charges each transaction with the time for which it held its connection', async () => {
  const told = await charges(async () => {
    await sleep(0.2);
    await sleep(0.3);
  });

  expect(told).toHaveLength(2);
  expect(told[0]).toBeGreaterThanOrEqual(195);
  expect(told[0]).toBeLessThan(290);
  expect(told[1]).toBeGreaterThanOrEqual(295);
});

it('charges nobody for waiting until there is a connection', async () => {
  const many = Array.from({ length: 12 }, () => 0.1);

  const told = await charges(() => Promise.all(many.map(sleep)));

  // The last of them waited for a connection, on the embedded engine for all the others.
  expect(told).toHaveLength(12);
  expect(Math.max(...told)).toBeLessThan(200);
});

it('charges for a statement that fails, and for one that is stopped', async () => {
  const failed = await charges(() =>
    database.read((trx) => trx.raw('SELECT pg_sleep(0.2), 1 / (random() * 0)::int')),
  );
  expect(failed).toHaveLength(1);

  const told: number[] = [];
  const stopped = chargedTo(
    (milliseconds) => told.push(milliseconds),
    () => sleep(60),
  );
  await expect(stopped).rejects.toBeInstanceOf(TimeoutError);
  // The embedded engine is ended for it; that the connection is gone shows a moment later.
  await sleep(0);
  expect(told).toHaveLength(1);
  expect(told[0]).toBeGreaterThanOrEqual(995);
});

it('charges nobody outside', async () => {
  const told = await charges(() => Promise.resolve());
  await sleep(0);

  expect(told).toEqual([]);
});
