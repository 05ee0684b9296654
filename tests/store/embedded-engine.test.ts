import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { openDatabase } from '#server/db/open-database.ts';
import { OverloadedError, TimeoutError } from '#server/domain/errors.ts';
import { createLog } from '#server/log.ts';
import { StartupError } from '#server/startup-error.ts';

import { buildProgram, runWriter } from '#tests/support/run-writer.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  buildProgram('writer-process');
  database = await openTestDatabase({ environment: { STATEMENT_TIMEOUT_MS: '1000' } });
  await database.asOwner(async (trx) => {
    await trx.raw('CREATE TABLE acknowledged (id int PRIMARY KEY)');
    await trx.raw('GRANT SELECT, INSERT, DELETE ON acknowledged TO risk_app');
  });
});

afterAll(() => closeTestDatabase(database));

const openAgain = () => openDatabase(database.config, createLog('silent'));

/** Folder of the socket that the process which holds the data folder made for itself. */
const socketFolderOf = (dataDir: string): string => {
  const lock = JSON.parse(readFileSync(path.join(dataDir, 'lock'), 'utf8')) as {
    socketFolder: string;
  };
  return lock.socketFolder;
};

const storedIds = () =>
  database.read((trx) => trx('acknowledged').orderBy('id').pluck<number[]>('id'));

it('refuses a second opening of its folder and says what to do', async () => {
  const attempt = openAgain();

  await expect(attempt).rejects.toThrow(
    new RegExp(
      `already in use by process ${process.pid} .*Stop that process first, or set DATA_DIR`,
    ),
  );
  await expect(attempt).rejects.toBeInstanceOf(StartupError);
  expect(await storedIds()).toEqual([]);
});

it('ends a statement that runs too long, and turns away what waited behind it', async () => {
  const slow = database.write(async (trx) => {
    await trx('acknowledged').insert({ id: 999 });
    await trx.raw('SELECT pg_sleep(60)');
  });
  const waiting = database.read((trx) => trx.raw('SELECT 1'));

  const [first, second] = await Promise.allSettled([slow, waiting]);

  expect(first).toHaveProperty('reason', expect.any(TimeoutError));
  expect(second).toHaveProperty('reason', expect.any(OverloadedError));
  expect(await storedIds()).toEqual([]);
});

it('keeps every acknowledged row when its process is killed in the middle of writing', async () => {
  await database.close();
  const writer = runWriter(database.config.dataDir);
  await writer.untilAcknowledged(50);

  await expect(openAgain()).rejects.toThrow(`already in use by process ${writer.pid}`);
  const { acknowledged } = await writer.end('SIGKILL');

  database = await database.reopen();
  // A row may have been committed and the process killed before it could say so: at most one.
  const ids = await storedIds();
  expect(ids.slice(0, acknowledged.length)).toEqual(acknowledged);
  expect(ids.length - acknowledged.length).toBeLessThanOrEqual(1);
});

it('closes cleanly on SIGTERM and leaves neither a lock nor a socket', async () => {
  await database.write((trx) => trx('acknowledged').delete());
  await database.close();
  const writer = runWriter(database.config.dataDir);
  await writer.untilAcknowledged(5);
  const socketFolder = socketFolderOf(database.config.dataDir);
  expect(existsSync(socketFolder)).toBe(true);

  const { code, acknowledged } = await writer.end('SIGTERM');

  expect(code).toBe(0);
  expect(existsSync(path.join(database.config.dataDir, 'lock'))).toBe(false);
  expect(existsSync(socketFolder)).toBe(false);
  database = await database.reopen();
  expect(await storedIds()).toEqual(acknowledged);
});

it('takes over the lock of a dead process and removes the socket that it left', async () => {
  await database.close();
  const abandoned = await mkdtemp(path.join(os.tmpdir(), 'risk-map-'));
  writeFileSync(path.join(abandoned, '.s.PGSQL.5432'), '');
  writeFileSync(
    path.join(database.config.dataDir, 'lock'),
    // No system gives out a pid this large.
    JSON.stringify({ pid: 2 ** 30, host: os.hostname(), startedAt: null, socketFolder: abandoned }),
  );

  database = await database.reopen();

  expect(existsSync(abandoned)).toBe(false);
});

it('refuses a folder that a newer version made and changes nothing in it', async () => {
  await database.close();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'risk-map-test-'));
  await cp(path.join(database.config.dataDir, 'version.json'), path.join(folder, 'version.json'));
  const newer = '{"format":1,"postgres":19}';
  writeFileSync(path.join(folder, 'version.json'), newer);

  const attempt = openDatabase({ ...database.config, dataDir: folder }, createLog('silent'));

  await expect(attempt).rejects.toThrow(
    /was made by a newer version .*Update the program, or set DATA_DIR/,
  );
  expect(readdirSync(folder)).toEqual(['version.json']);
  expect(readFileSync(path.join(folder, 'version.json'), 'utf8')).toBe(newer);
  await rm(folder, { recursive: true });
});
