import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { checkVersion, explained, makeDataFolder, writeVersion } from '#server/db/data-folder.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'risk-map-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it('removes a cluster whose making was interrupted, and keeps one that was completed', () => {
  const data = makeDataFolder(folder);
  checkVersion(data);
  mkdirSync(data.cluster);
  checkVersion(data);
  expect(existsSync(data.cluster)).toBe(false);

  mkdirSync(data.cluster);
  writeVersion(data);
  checkVersion(data);

  expect(readdirSync(folder).sort()).toEqual(['postgres', 'version.json']);
});

it('refuses a folder whose cluster it did not mark, and touches nothing', () => {
  const data = makeDataFolder(folder);
  mkdirSync(data.cluster);
  writeFileSync(path.join(data.cluster, 'keep.txt'), 'rows of somebody');

  expect(() => checkVersion(data)).toThrow(
    /version\.json, which this program writes beside it, is not/,
  );
  expect(readdirSync(data.cluster)).toEqual(['keep.txt']);
});

it('makes the levels of a folder that are missing, and ends where none can be made', () => {
  expect(existsSync(makeDataFolder(path.join(folder, 'a/b/c')).folder)).toBe(true);
  expect(() => makeDataFolder('/proc/nothing/here')).toThrow(/cannot be written/);
});

it.each([
  ['{"format":2,"postgres":18}', /made by a newer version .*Update the program/],
  ['{"format":1,"postgres":19}', /made by a newer version .*Update the program/],
  [
    '{"format":1,"postgres":17}',
    /made by an older version .*Open it with the version that made it/,
  ],
  ['{"format":', /version\.json cannot be read.*Restore that file from a backup/],
  ['{}', /version\.json cannot be read/],
])('refuses a folder with the version %s and touches nothing', (version, expected) => {
  const data = makeDataFolder(folder);
  mkdirSync(data.cluster);
  writeFileSync(path.join(folder, 'version.json'), version);

  expect(() => checkVersion(data)).toThrow(expected);
  expect(existsSync(data.cluster)).toBe(true);
});

it('says so when the data folder is a file', () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, '');

  expect(() => makeDataFolder(file)).toThrow(`${file} is not a folder. Set DATA_DIR to a folder.`);
});

it.each([
  [
    Object.assign(new Error('write'), { code: 'ENOSPC' }),
    /The disk that holds \/srv\/risk is full\. Free/,
  ],
  [new Error('could not extend file: No space left on device'), /is full/],
  [
    Object.assign(new Error('mkdir'), { code: 'EACCES' }),
    /cannot be written\. Give this user the right/,
  ],
  [new Error('unreachable'), /did not open \(unreachable\)\. Start again/],
])('explains %s', (error, expected) => {
  expect(explained(error, '/srv/risk').message).toMatch(expected);
});
