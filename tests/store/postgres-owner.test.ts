import { Client } from 'pg';

import { inScope, SYSTEM } from '#server/db/scope.ts';
import { checkLogin } from '#server/db/check-login.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { renewStatistics } from '#server/db/statistics.ts';
import { migrate } from '#server/db/migrate.ts';
import { createLog } from '#server/log.ts';

import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(async () => {
  await database.asOwner((trx) => trx.raw('DROP ROLE IF EXISTS test_login'));
  await closeTestDatabase(database);
});

const ownerUrl = () => {
  if (database.config.databaseUrl === null) throw new Error('This suite needs PostgreSQL');
  return new URL(database.config.databaseUrl);
};

const withUrl = (change: (url: URL) => void) => {
  const url = ownerUrl();
  change(url);
  return openDatabase({ ...database.config, databaseUrl: url.href }, createLog('silent'));
};

it('lets a login that owns nothing serve requests once the owner has migrated', async () => {
  await database.asOwner((trx) => trx.raw(`CREATE ROLE test_login LOGIN PASSWORD 'secret'`));
  const appUrl = ownerUrl();
  appUrl.username = 'test_login';
  appUrl.password = 'secret';

  const split = await openDatabase(
    { ...database.config, databaseUrl: appUrl.href, databaseOwnerUrl: ownerUrl().href },
    createLog('silent'),
  );
  await migrate(split);
  const roles = await inScope(SYSTEM, () =>
    split.read((trx) =>
      trx.raw<{ rows: unknown[] }>('SELECT session_user AS login, current_user AS role'),
    ),
  );
  await split.close();

  expect(split.login).toBe('test_login');
  expect(roles.rows).toEqual([{ login: 'test_login', role: 'risk_app' }]);
});

it('refuses a login of its own for requests that row policies would not hold for', async () => {
  const check = (login: string) => database.asOwner((trx) => checkLogin(trx, login));
  await database.asOwner(async (trx) => {
    await trx.raw('CREATE ROLE test_held LOGIN');
    await trx.raw('CREATE ROLE test_bypassing LOGIN BYPASSRLS');
  });

  try {
    await check('test_held');
    await expect(check('test_bypassing')).rejects.toThrow(/but it has BYPASSRLS/);
    // The owner of the test database is a superuser.
    await expect(check(database.login)).rejects.toThrow(/it is a superuser.*it owns tables/);
  } finally {
    await database.asOwner((trx) => trx.raw('DROP ROLE test_held, test_bypassing'));
  }
});

it('renews statistics whatever the owner of the tables is called', async () => {
  const renewed = database.asOwner(async (trx) => {
    await trx.raw('CREATE ROLE "Risk.Owner"');
    await trx.raw('ALTER FUNCTION analyse_grown_tables() OWNER TO "Risk.Owner"');
    await renewStatistics(trx);
    throw new Error('undone');
  });

  await expect(renewed).rejects.toThrow('undone');
});

it('sets a statement timeout that also holds outside our own transactions', async () => {
  const shown = await database.read((trx) =>
    trx.raw<{ rows: unknown[] }>(
      `SELECT current_setting('statement_timeout') AS timeout, current_setting('jit') AS jit,
              current_setting('application_name') AS name`,
    ),
  );

  expect(shown.rows).toEqual([{ timeout: '15s', jit: 'off', name: 'risk-map' }]);
});

it('says in plain words why a database cannot be used, without its password', async () => {
  const wrongPassword = withUrl((url) => {
    url.password = 'not-the-one';
  });
  await expect(wrongPassword).rejects.toThrow(
    /cannot be used: the password is wrong\. Check DATABASE_URL/,
  );
  await expect(wrongPassword).rejects.toThrow(/^(?!.*not-the-one)/s);

  const noDatabase = withUrl((url) => {
    url.pathname = '/nowhere';
  });
  await expect(noDatabase).rejects.toThrow(
    /nowhere cannot be used: the database does not exist\. Create it/,
  );

  const nobodyListens = withUrl((url) => {
    url.port = '1';
  });
  await expect(nobodyListens).rejects.toThrow(/nothing listens at that address\. Start PostgreSQL/);
});

it('adds PostGIS by itself, and says what to do when it may not', async () => {
  const server = new Client({ connectionString: ownerUrl().href });
  await server.connect();
  await server.query(`CREATE ROLE plain_owner LOGIN PASSWORD 'plain'`);
  await server.query('CREATE DATABASE bare OWNER plain_owner');

  const attempt = withUrl((url) => {
    url.pathname = '/bare';
    url.username = 'plain_owner';
    url.password = 'plain';
  });

  await expect(attempt).rejects.toThrow(/As a superuser run: CREATE EXTENSION postgis;/);
  const asSuperuser = await withUrl((url) => {
    url.pathname = '/bare';
  });
  expect(asSuperuser.capabilities).toMatchObject({ mvt: true, copy: true });
  await asSuperuser.close();
  await server.query('DROP DATABASE bare');
  await server.query('DROP ROLE plain_owner');
  await server.end();
});
