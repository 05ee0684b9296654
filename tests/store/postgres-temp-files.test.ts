import { Client } from 'pg';
import type { Config } from '#server/config.ts';
import { openDatabase } from '#server/db/open-database.ts';
import type { Database } from '#server/db/open-database.ts';
import { inScope, SYSTEM } from '#server/db/scope.ts';
import { migrate } from '#server/db/migrate.ts';
import { TooMuchRoomError } from '#server/domain/errors.ts';
import { toProblem } from '#server/http/problem.ts';
import { pino } from 'pino';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

/** Sorts 200 MB, far more than a connection may keep in memory. */
const SPILLS =
  "SELECT count(*) FROM (SELECT repeat('x', 1000) || n AS text FROM generate_series(1, 200000) AS n ORDER BY 1) AS sorted";

const LIMIT_MB = 20;
const LOGIN = 'test_spilling';
const OWNER = 'test_plain_owner';

let database: TestDatabase;
let server: Client;
let lines: string[];

beforeAll(async () => {
  database = await openTestDatabase({ environment: { TEMP_FILE_LIMIT_MB: String(LIMIT_MB) } });
  server = new Client({ connectionString: database.config.databaseUrl ?? '' });
  await server.connect();
});
beforeEach(async () => {
  lines = [];
  await server.query(`CREATE ROLE ${LOGIN} LOGIN PASSWORD 'secret'`);
  await server.query(`CREATE ROLE ${OWNER} LOGIN PASSWORD 'secret'`);
});
afterEach(async () => {
  await server.query(`REVOKE ALL ON PARAMETER temp_file_limit FROM ${LOGIN}, ${OWNER}`);
  await server.query(`DROP ROLE ${LOGIN}, ${OWNER}`);
});
afterAll(async () => {
  await server?.end();
  await closeTestDatabase(database);
});

const log = () => pino({ level: 'warn' }, { write: (line) => lines.push(line) });

const as = (name: string): string => {
  const url = new URL(database.config.databaseUrl ?? '');
  url.username = name;
  url.password = 'secret';
  return url.href;
};

async function opened(change: Partial<Config>, work: (db: Database) => Promise<void>) {
  const db = await openDatabase({ ...database.config, ...change }, log());
  try {
    await work(db);
  } finally {
    await db.close();
  }
}

const spill = (db: Database) => inScope(SYSTEM, () => db.read((trx) => trx.raw(SPILLS)));
const limitOf = async (db: Database) => {
  const shown = await inScope(SYSTEM, () =>
    db.read((trx) => trx.raw<{ rows: { temp_file_limit: string }[] }>('SHOW temp_file_limit')),
  );
  return shown.rows[0]?.temp_file_limit;
};

it('stops a query that puts more into temporary files than it may, and the next one works', async () => {
  const failure = await database.read((trx) => trx.raw(SPILLS)).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(TooMuchRoomError);
  expect((failure as Error).cause).toHaveProperty('code', '53400');
  expect(toProblem(failure)).toMatchObject({
    slug: 'query-timeout',
    detail: { zh: expect.stringContaining('临时空间'), en: expect.stringContaining('space') },
  });
  const shown = await database.read((trx) => trx.raw<{ rows: unknown[] }>('SHOW temp_file_limit'));
  expect(shown.rows).toEqual([{ temp_file_limit: '20MB' }]);
});

it('leaves the owner’s work without a limit', async () => {
  await expect(database.asOwner((trx) => trx.raw(SPILLS))).resolves.toBeDefined();
});

it('is set by the owner for a login that may not set it', async () => {
  const databaseOwnerUrl = database.config.databaseUrl;

  await opened({ databaseUrl: as(LOGIN), databaseOwnerUrl }, async (db) => {
    await migrate(db);
    await expect(spill(db)).rejects.toBeInstanceOf(TooMuchRoomError);
    const lifted = inScope(SYSTEM, () => db.read((trx) => trx.raw('SET temp_file_limit = -1')));
    await expect(lifted).rejects.toThrow(/permission denied/);
  });

  expect(lines).toEqual([]);
});

it('names the statement to run where neither the login nor the owner may set it, and then holds', async () => {
  const split = { databaseUrl: as(LOGIN), databaseOwnerUrl: as(OWNER) };
  await server.query(`GRANT risk_app TO ${LOGIN}`);
  await opened(split, async (db) => {
    expect(await limitOf(db)).toBe('-1');
  });

  expect(lines).toHaveLength(1);
  const { statements } = JSON.parse(lines[0] ?? '') as { statements: string[] };
  for (const statement of statements) await server.query(statement);

  lines = [];
  await opened(split, async (db) => {
    expect(await limitOf(db)).toBe('20MB');
  });
  expect(lines).toEqual([]);
});

it('leaves a limit as it is that somebody has set already', async () => {
  await server.query(`GRANT risk_app TO ${LOGIN}`);
  await server.query(`ALTER ROLE ${LOGIN} SET temp_file_limit = '7MB'`);
  const databaseOwnerUrl = database.config.databaseUrl;

  await opened({ databaseUrl: as(LOGIN), databaseOwnerUrl }, async (db) => {
    expect(await limitOf(db)).toBe('7MB');
  });
});
