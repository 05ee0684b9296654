import { ConflictError, TimeoutError } from '#server/domain/errors.ts';

import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

type Rows<Row> = { rows: Row[] };

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase({ environment: { STATEMENT_TIMEOUT_MS: '1500' } });
  await database.asOwner(async (trx) => {
    await trx.raw("CREATE TABLE notes (id int PRIMARY KEY, body text NOT NULL CHECK (body <> ''))");
    await trx.raw('GRANT SELECT, INSERT ON notes TO risk_app');
  });
});

afterAll(() => closeTestDatabase(database));

const currentUser = 'SELECT current_user AS name';

describe('scope of a transaction', () => {
  it('runs reads and writes as the role that owns nothing, and the owner’s work as the owner', async () => {
    const read = await database.read((trx) => trx.raw<Rows<{ name: string }>>(currentUser));
    const write = await database.write((trx) => trx.raw<Rows<{ name: string }>>(currentUser));
    const owner = await database.asOwner((trx) => trx.raw<Rows<{ name: string }>>(currentUser));

    expect([read.rows[0]?.name, write.rows[0]?.name]).toEqual(['risk_app', 'risk_app']);
    expect(owner.rows[0]?.name).toBe(database.login);
    expect(database.login).not.toBe('risk_app');
  });

  it('leaves no role behind on the connection that the next transaction gets', async () => {
    await expect(
      database.write((trx) => trx.raw('CREATE TABLE not_allowed (id int)')),
    ).rejects.toThrow(/permission denied/);

    const owner = await database.asOwner((trx) => trx.raw<Rows<{ name: string }>>(currentUser));

    expect(owner.rows[0]?.name).toBe(database.login);
  });

  it('refuses a write inside a read', async () => {
    const attempt = database.read((trx) => trx('notes').insert({ id: 1, body: 'a' }));

    await expect(attempt).rejects.toThrow(/read-only transaction/);
  });

  it('gives a read one snapshot, whatever is committed meanwhile', async () => {
    const shown = await database.read((trx) =>
      trx.raw<Rows<{ transaction_isolation: string }>>('SHOW transaction_isolation'),
    );

    expect(shown.rows).toEqual([{ transaction_isolation: 'repeatable read' }]);
  });

  it('undoes everything when the work throws', async () => {
    const attempt = database.write(async (trx) => {
      await trx('notes').insert({ id: 2, body: 'b' });
      throw new Error('changed my mind');
    });

    await expect(attempt).rejects.toThrow('changed my mind');
    const found = await database.read((trx) => trx('notes').where('id', 2));
    expect(found).toEqual([]);
  });

  it('names the mistake when a transaction is opened inside another', async () => {
    const attempt = database.read(() => database.read((trx) => trx.raw('SELECT 1')));

    await expect(attempt).rejects.toThrow('A transaction is already open here');
  });
});

describe('values', () => {
  it('reads big integers and decimals as numbers and dates as plain text', async () => {
    const result = await database.read((trx) =>
      trx.raw<Rows<unknown>>(
        `SELECT 9007199254740991::bigint AS big, 12.50::numeric AS decimal, '2025-06-30'::date AS day,
                ARRAY[1, 2]::bigint[] AS bigs, ARRAY[0.5]::numeric[] AS decimals, count(*) AS n FROM notes`,
      ),
    );

    expect(result.rows).toEqual([
      {
        big: 9007199254740991,
        decimal: 12.5,
        day: '2025-06-30',
        bigs: [1, 2],
        decimals: [0.5],
        n: 0,
      },
    ]);
  });

  it('refuses an integer that a number cannot hold instead of rounding it', async () => {
    const attempt = database.read((trx) => trx.raw('SELECT 9007199254740992::bigint AS big'));

    await expect(attempt).rejects.toThrow('9007199254740992 is too large');
  });
});

describe('failures', () => {
  it('turns a broken unique key into a conflict that keeps its cause', async () => {
    await database.write((trx) => trx('notes').insert({ id: 10, body: 'first' }));

    const failure = await database
      .write((trx) => trx('notes').insert({ id: 10, body: 'second' }))
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ConflictError);
    expect((failure as Error).cause).toHaveProperty('code', '23505');
  });

  it('stops a statement that runs too long, and the next one works', async () => {
    const endless = 'SELECT count(*) FROM generate_series(1, 20000000000) AS n WHERE n % 7 = 8';
    const started = Date.now();

    await expect(database.read((trx) => trx.raw(endless))).rejects.toBeInstanceOf(TimeoutError);

    expect(Date.now() - started).toBeLessThan(4000);
    const found = await database.read((trx) => trx('notes').select('body').where('id', 10));
    expect(found).toEqual([{ body: 'first' }]);
  });

  it('gives the owner’s work all the time it needs', async () => {
    const slow = await database.asOwner((trx) =>
      trx.raw<Rows<{ ok: number }>>('SELECT pg_sleep(2), 1 AS ok'),
    );

    expect(slow.rows[0]?.ok).toBe(1);
  });

  it('turns work away once it is closed, and keeps what was committed for the next opening', async () => {
    await database.write((trx) => trx('notes').insert({ id: 20, body: 'kept' }));
    const closed = database;

    database = await closed.reopen();

    await expect(closed.read((trx) => trx.raw('SELECT 1'))).rejects.toThrow(/stopping/);
    const found = await database.read((trx) => trx('notes').select('body').where('id', 20));
    expect(found).toEqual([{ body: 'kept' }]);
  });
});
