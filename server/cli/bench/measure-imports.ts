import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { createServices } from '../../composition.ts';
import type { Services } from '../../composition.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/open-database.ts';
import { FileRefusedError } from '../../features/imports/reading/table.ts';
import type { ImportView } from '../../features/imports/import-steps.ts';
import type { Log } from '../../log.ts';
import { HOSTILE_FILES } from './hostile-files.ts';
import { FORMATS, benchRows, writeBenchFile } from './import-file.ts';
import type { BenchFormat } from './import-file.ts';
import { measureCopy } from './measure-copy.ts';

type MeasuredImport = {
  readonly format: BenchFormat;
  readonly rows: number;
  readonly bytes: number;
  readonly readSeconds: number;
  readonly compareSeconds: number;
  readonly commitSeconds: number;
  /** While the file was read: growth of the process, and of the waits of its main thread (99 of 100 are shorter). */
  readonly readMegabytes: number;
  /** The whole process at its largest while the file was read, with the engine where that is embedded. */
  readonly processMegabytes: number;
  readonly readLagMs: number;
  /** The same over the whole import. */
  readonly lagMs: number;
};

type Imports = Services['imports'];

const SAMPLE_MS = 10;

/**
 * Imports invented files of so many risk points, each of another source, and times the steps; then the bare minimum for
 * the same rows, and how soon hostile files are refused. Returns lines of Markdown.
 */
export async function measureImports(
  { db, config, log }: { readonly db: Database; readonly config: Config; readonly log: Log },
  count: number,
): Promise<readonly string[]> {
  const clock = () => Date.now();
  const { imports } = createServices({ db, clock, newId, log, config });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'risk-map-bench-file-'));
  try {
    const measured: MeasuredImport[] = [];
    for (const format of ['xlsx', 'csv'] as const) {
      const file = path.join(folder, format);
      await writeBenchFile(file, format, benchRows(`样表${format}`, count));
      measured.push(await measureImport(imports, file, format));
    }
    const rows = [...benchRows('样表csv', count)];
    const url = config.databaseOwnerUrl ?? config.databaseUrl;
    const minimum = await measureCopy(db, { file: path.join(folder, 'csv'), rows, url });
    return [...TABLE, ...measured.map(tableRow), minimum, ...(await measureRefusals(imports))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How each hostile file ends: refused, or read with its rows told apart. */
export async function measureRefusals({
  imports,
  saveUpload,
}: Imports): Promise<readonly string[]> {
  const lines: string[] = ['\n| hostile file | refused after |', '|---|--:|'];
  for (const { what, mediaType, bytes } of HOSTILE_FILES) {
    const file = Readable.from([await bytes()]);
    const request = { kind: 'risk-points', map: null, fileName: null, options: STATED } as const;
    const began = performance.now();
    const upload = await saveUpload(file, null);
    const told = await imports
      .create({ ...request, mediaType }, upload)
      .then(async ({ id }) => judgement(await settled(imports, id)))
      .catch((error: unknown) => {
        if (error instanceof FileRefusedError) return '';
        throw error;
      });
    lines.push(`| ${what} | ${told}${Math.round(performance.now() - began)} ms |`);
  }
  return lines;
}

function judgement({ state, outcome }: ImportView): string {
  const { rows = 0, faulty = 0 } = outcome;
  return state === 'ready' ? `judged: ${faulty} of ${rows} rows faulty, ` : `${state}, `;
}

const OPTIONS = { crs: 'auto', swapped: null, region: null, sheet: null };
/** One row is too few to find its system. */
const STATED = { ...OPTIONS, crs: 'wgs84' };

async function measureImport(
  { imports, saveUpload }: Imports,
  file: string,
  format: BenchFormat,
): Promise<MeasuredImport> {
  const upload = await saveUpload(createReadStream(file), null);
  const whole = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  whole.enable();
  const began = performance.now();
  const request = { kind: 'risk-points', map: null, fileName: file, options: OPTIONS } as const;
  const created = imports.create({ ...request, mediaType: FORMATS[format] }, upload);
  const reading = await watchReading(imports, created);
  const view = await settled(imports, (await created).id);
  const comparedAt = performance.now();
  await imports.commit(view.id, false);
  const written = await settled(imports, view.id);
  const committedAt = performance.now();
  whole.disable();
  if (written.state !== 'committed')
    throw new Error(`Not written: ${JSON.stringify(written.problem)}`);
  return {
    format,
    rows: written.outcome.rows ?? 0,
    bytes: view.bytes,
    readSeconds: (reading.endedAt - began) / 1000,
    compareSeconds: (comparedAt - reading.endedAt) / 1000,
    commitSeconds: (committedAt - comparedAt) / 1000,
    readMegabytes: reading.megabytes,
    processMegabytes: reading.processMegabytes,
    readLagMs: reading.lagMs,
    lagMs: lagOf(whole),
  };
}

/** Watches the process until the file was read: growth of its memory, waits of its main thread. */
async function watchReading(imports: Imports['imports'], created: Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  delay.enable();
  const before = process.memoryUsage.rss();
  let most = before;
  const ended = { is: false };
  void created.finally(() => {
    ended.is = true;
  });
  const isReading = async (): Promise<boolean> => {
    const [newest] = await imports.list(null, 1);
    return newest?.progress?.phase !== 'comparing';
  };
  while (!ended.is && (await isReading())) {
    most = Math.max(most, process.memoryUsage.rss());
    await sleep(SAMPLE_MS);
  }
  delay.disable();
  return {
    endedAt: performance.now(),
    megabytes: (most - before) / 1024 / 1024,
    processMegabytes: most / 1024 / 1024,
    lagMs: lagOf(delay),
  };
}

/** The monitor counts its own interval along. */
function lagOf(delay: { percentile(percent: number): number }): number {
  return Math.max(0, delay.percentile(99) / 1e6 - SAMPLE_MS);
}

async function settled({ get }: Imports['imports'], id: string): Promise<ImportView> {
  for (;;) {
    const view = await get(id);
    if (view.state !== 'reading' && view.state !== 'committing') return view;
    await sleep(SAMPLE_MS);
  }
}

const TABLE = [
  '\n| file | rows | size | read | compare | commit | in all | rows/s | memory while read | process | p99 lag while read | p99 lag |',
  '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
];

function tableRow(one: MeasuredImport): string {
  const { readSeconds, compareSeconds, commitSeconds } = one;
  const all = readSeconds + compareSeconds + commitSeconds;
  const seconds = [readSeconds, compareSeconds, commitSeconds, all].map((s) => `${s.toFixed(1)} s`);
  const cells = [
    ...[one.format, String(one.rows), `${(one.bytes / 1e6).toFixed(1)} MB`, ...seconds],
    ...[String(Math.round(one.rows / all)), `${Math.round(one.readMegabytes)} MB`],
    `${Math.round(one.processMegabytes)} MB`,
    ...[`${one.readLagMs.toFixed(0)} ms`, `${one.lagMs.toFixed(0)} ms`],
  ];
  return `| ${cells.join(' | ')} |`;
}
