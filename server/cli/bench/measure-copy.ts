import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Database } from '../../db/open-database.ts';
import type { Cell } from '../../files/cell.ts';
import {
  dropStaged,
  fillStaging,
  indexStaged,
  insertStaged,
  makeStaging,
  STAGING,
} from './bench-copy.store.ts';
import { BENCH_COLUMNS } from './import-file.ts';

const ROWS_AT_ONCE = 2_000;

/**
 * The least that the same rows cost: into a table of texts (`\copy`; without COPY in batches of JSON), from there into a
 * table like that of the points, then its indexes. Returns a line to print.
 */
export async function measureCopy(
  db: Database,
  {
    file,
    rows,
    url,
  }: {
    readonly file: string;
    readonly rows: readonly (readonly Cell[])[];
    readonly url: string | null;
  },
): Promise<string> {
  await db.asOwner((trx) => makeStaging(trx, BENCH_COLUMNS));
  const seconds: number[] = [];
  const timed = async (work: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    await work();
    seconds.push((performance.now() - began) / 1000);
  };
  await timed(() => (url === null ? fillByRows(db, rows) : copyFile(url, file)));
  await timed(() => db.asOwner(insertStaged));
  let indexes = 0;
  await timed(async () => {
    indexes = await db.asOwner(indexStaged);
  });
  await db.asOwner(dropStaged);
  const [copied = 0, inserted = 0, indexed = 0] = seconds;
  const all = copied + inserted + indexed;
  const how = url === null ? 'batches of JSON' : '\\copy';
  return (
    `\nthe bare minimum for the same ${rows.length} rows, without regions, levels, map and search: ${how} ` +
    `${copied.toFixed(1)} s + INSERT…SELECT ${inserted.toFixed(1)} s + ${indexes} indexes ${indexed.toFixed(1)} s = ` +
    `${all.toFixed(1)} s, ${Math.round(rows.length / all)} rows/s`
  );
}

async function fillByRows(db: Database, rows: readonly (readonly Cell[])[]): Promise<void> {
  await db.asOwner(async (trx) => {
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      await fillStaging(trx, rows.slice(start, start + ROWS_AT_ONCE));
    }
  });
}

async function copyFile(url: string, file: string): Promise<void> {
  const command = `\\copy ${STAGING} FROM '${file}' WITH (FORMAT csv, HEADER true)`;
  const psql = spawn('psql', ['-q', '-d', url, '-c', command], { stdio: 'inherit' });
  const [code] = (await once(psql, 'exit')) as [number | null];
  if (code !== 0) throw new Error('psql could not copy the file');
}
