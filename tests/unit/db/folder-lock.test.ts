import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { lockFolder } from '#server/db/folder-lock.ts';
import { mayBeRunning, ownIdentity } from '#server/db/process-identity.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'risk-map-test-'));
  file = path.join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

const writeLock = (change: object) =>
  writeFileSync(file, JSON.stringify({ ...ownIdentity(), socketFolder: '/nowhere', ...change }));

it('is held by this process and gone after release', () => {
  const lock = lockFolder(folder, '/nowhere');

  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    ...ownIdentity(),
    socketFolder: '/nowhere',
  });
  expect(lock.abandoned).toBeNull();

  lock.release();
  expect(existsSync(file)).toBe(false);
});

it('is refused while its owner runs, with the owner’s pid and the way out', () => {
  writeLock({});

  expect(() => lockFolder(folder, '/mine')).toThrow(
    `already in use by process ${process.pid} on the computer ${os.hostname()}. Stop that process first`,
  );
  expect(existsSync(file)).toBe(true);
  expect(existsSync(path.join(folder, 'lock.reap'))).toBe(false);
});

it('is taken over from a process that was killed', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  await once(child, 'spawn');
  writeLock({ pid: child.pid, startedAt: null });
  expect(() => lockFolder(folder, '/mine')).toThrow(/already in use/);

  child.kill('SIGKILL');
  await once(child, 'close');

  expect(lockFolder(folder, '/mine').abandoned?.pid).toBe(child.pid);
});

it('is never taken over from another computer, where nobody can tell', () => {
  writeLock({ pid: 2 ** 30, host: 'another-computer' });

  expect(() => lockFolder(folder, '/mine')).toThrow(/on the computer another-computer/);
});

it('waits for an owner that has not written its name yet, but not for ever', () => {
  writeFileSync(file, '');
  expect(() => lockFolder(folder, '/mine')).toThrow(/in use by another process/);

  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(file, longAgo, longAgo);

  expect(lockFolder(folder, '/mine').abandoned).toBeNull();
});

it('does not remove a lock that belongs to the next owner by now', () => {
  const lock = lockFolder(folder, '/mine');
  writeLock({ socketFolder: '/theirs' });

  lock.release();

  expect(existsSync(file)).toBe(true);
});

it('knows a pid that was given to another process since', () => {
  const own = ownIdentity();
  const canTell = own.startedAt !== null;

  expect(mayBeRunning(own)).toBe(true);
  expect(mayBeRunning({ ...own, startedAt: 'another-boot/1' })).toBe(!canTell);
});
