import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { createServices } from '#server/composition.ts';
import { differences } from '#server/db/reconcile.ts';
import { createLog } from '#server/log.ts';
import { seedShippedData } from '#server/seed.ts';
import { csvText } from '#tests/support/csv-text.ts';
import { aSmallProvince } from '#tests/support/factories.ts';
import { killImporter } from '#tests/support/run-importer.ts';
import { buildProgram } from '#tests/support/run-writer.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

const ROWS = 3000;

let database: TestDatabase;
let folder: string;
let file: string;

beforeAll(() => {
  buildProgram('import-process');
  folder = mkdtempSync(path.join(os.tmpdir(), 'risk-map-killed-'));
  file = path.join(folder, 'points.csv');
  const rows = Array.from(
    { length: ROWS },
    (_, at) =>
      `示例表 | ${at} | 示例点${at} | 在产 | ${125.1 + (at % 50) / 100} | ${43.1 + at / 10_000}`,
  );
  writeFileSync(file, csvText('数据来源 | 风险点编号 | 风险点名称 | 状态 | 经度 | 纬度', ...rows));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  database = await openTestDatabase();
  await database.asOwner(aSmallProvince);
  await seedShippedData(database);
});
afterEach(() => closeTestDatabase(database));

/** What the next start of the service makes of the imports that it finds. */
async function startAgain() {
  database = await database.reopen();
  const parts = {
    db: database,
    clock: () => Date.now(),
    newId: () => v7(),
    log: createLog('silent'),
  };
  const { imports } = createServices({ ...parts, config: database.config }).imports;
  const stop = imports.job.start();
  await stop();
  return imports;
}

async function counts(): Promise<Readonly<Record<string, number>>> {
  const tables = ['import_rows', 'risk_points', 'level_periods', 'point_states', 'summary_cells'];
  return database.asOwner(async (trx) => {
    const found: [string, number][] = [];
    for (const table of tables) {
      const [row] = await trx(table).count<{ n: string }[]>({ n: '*' });
      found.push([table, Number(row?.n)]);
    }
    return Object.fromEntries(found);
  });
}

const NOTHING = { risk_points: 0, level_periods: 0, point_states: 0, summary_cells: 0 };

it('leaves nothing in the register when it is killed while it writes, and can be written then', async () => {
  await database.close();

  const said = await killImporter(database.config, file, (line) => line === `writing 0 of ${ROWS}`);

  expect(said.join()).toMatch(/reading \d+ of .*comparing/);
  const imports = await startAgain();
  expect(await counts()).toEqual({ ...NOTHING, import_rows: ROWS });
  const [found] = await imports.list(null, 10);
  expect(found).toMatchObject({ state: 'ready', outcome: { new: ROWS, faulty: 0 } });

  let written = await imports.commit(found?.id ?? '', false);
  while (written.state === 'committing') written = await imports.get(written.id);
  expect(written.state).toBe('committed');
  // A point has one period, and one row on the map, for each of the two bases.
  expect(await counts()).toMatchObject({
    risk_points: ROWS,
    level_periods: 2 * ROWS,
    point_states: 2 * ROWS,
  });
  const differing = await database.asOwner(differences);
  expect(differing.filter(({ rows }) => rows > 0)).toEqual([]);
});

it('leaves no row of the file when it is killed while it reads, and has failed', async () => {
  await database.close();

  await killImporter(database.config, file, (line) => /^reading [1-9]/.test(line));

  const imports = await startAgain();
  expect(await counts()).toEqual({ ...NOTHING, import_rows: 0 });
  const [found] = await imports.list(null, 10);
  expect(found).toMatchObject({ state: 'failed' });
  expect(found?.problem?.zh).toMatch(/重新上传/);
});
