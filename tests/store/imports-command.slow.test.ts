import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { importCommand } from '#server/cli/import-command.ts';
import { UsageError } from '#server/cli/command.ts';
import { inScope, SYSTEM } from '#server/db/scope.ts';
import { createLog } from '#server/log.ts';
import { csvText } from '#tests/support/csv-text.ts';
import { aSmallProvince } from '#tests/support/factories.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;
let folder: string;

/** The command opens the database itself, so that it is closed until the end. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'risk-map-command-'));
  database = await openTestDatabase();
  await database.asOwner(aSmallProvince);
  await database.close();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeTestDatabase(database);
});

const fileOf = (name: string, ...rows: readonly string[]): string => {
  const file = path.join(folder, name);
  writeFileSync(file, csvText('数据来源 | 风险点编号 | 风险点名称 | 状态 | 经度 | 纬度', ...rows));
  return file;
};

async function run(...args: readonly string[]): Promise<{ text: string; code: unknown }> {
  const said: string[] = [];
  const before = process.exitCode;
  try {
    process.exitCode = 0;
    const say = (line: string) => said.push(line);
    const { config } = database;
    // As the command line runs it.
    await inScope(SYSTEM, () => importCommand.run({ args, config, log: createLog('silent'), say }));
    return { text: said.join('\n'), code: process.exitCode };
  } finally {
    process.exitCode = before;
  }
}

const KIND = ['--kind', 'risk-points', '--crs', 'wgs84'];

it('says what a file would write, and writes it only when asked', async () => {
  const file = fileOf(
    'good.csv',
    '甲 | 1 | 甲一 | 在产 | 125.2 | 43.2',
    '甲 | 2 | 甲二 | 停产 | 126.2 | 43.2',
  );

  const looked = await run(file, ...KIND);
  expect(looked.code).toBe(0);
  expect(looked.text).toContain('good.csv: CSV, utf-8, separated by ,, header in row 1');
  expect(looked.text).toContain('2 rows: 2 new, 0 changed, 0 unchanged, 0 with faults');
  expect(looked.text).toContain('nothing was written');

  const written = await run(file, ...KIND, '--commit');
  expect(written.code).toBe(0);
  expect(written.text).toContain('2 rows: 2 new, 0 changed, 0 unchanged');
  expect(written.text).toMatch(/\nwritten$/);
});

it('ends with 1 while faults stand, and writes the good rows when they may be left out', async () => {
  const file = fileOf(
    'faulty.csv',
    '乙 | 1 | 乙一 | 在产 | 125.2 | 43.2',
    '乙 | 2 | 乙二 | 半停 | 125.3 |',
  );

  const refused = await run(file, ...KIND, '--commit');
  expect(refused.code).toBe(1);
  expect(refused.text).toContain('nothing was written');
  expect(refused.text).toMatch(/row 3, 状态: “半停”: .*expected/);
  expect(refused.text).toMatch(/row 3, 纬度: The latitude is missing/);

  const written = await run(file, ...KIND, '--commit', '--skip-faulty');
  expect(written.code).toBe(0);
  expect(written.text).toContain('2 rows: 1 new');
  database = await database.reopen();
  const names = await database.read((trx) =>
    trx('risk_points').orderBy('name_zh').pluck<string[]>('name_zh'),
  );
  await database.close();
  expect(names).toEqual(['乙一', '甲一', '甲二']);
});

it('ends with 1 and the readings to choose from when it cannot tell the coordinates', async () => {
  const file = fileOf('undecided.csv', '丙 | 1 | 丙一 | 在产 | 125.2 | 43.2');

  const { code, text } = await run(file, '--kind', 'risk-points', '--commit');

  expect(code).toBe(1);
  expect(text).toMatch(/--crs gcj02: GCJ-02 .* m from the first/);
  expect(text).toContain('nothing was written');
});

it('ends with 1 and the reason when the file is refused', async () => {
  const file = path.join(folder, 'empty.csv');
  writeFileSync(file, '');

  const { code, text } = await run(file, ...KIND);

  expect(code).toBe(1);
  expect(text).toContain('was refused: The file is empty');
});

it('tells how it is called when that is not understood', async () => {
  const file = fileOf('any.csv', '丁 | 1 | 丁一 | 在产 | 125.2 | 43.2');

  await expect(run(file)).rejects.toBeInstanceOf(UsageError);
  await expect(run(file, '--kind', 'risks')).rejects.toThrow(/--kind/);
  await expect(run(path.join(folder, 'none.csv'), ...KIND)).rejects.toThrow(
    /none.csv cannot be read/,
  );
  await expect(run(file, ...KIND, '--nonsense')).rejects.toThrow(/Usage: import FILE/);
});
