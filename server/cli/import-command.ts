import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { createServices } from '../composition.ts';
import type { Database } from '../db/open-database.ts';
import { IMPORT_KINDS } from '../domain/import/import-kind.ts';
import { toReport } from '../features/imports/import-wire.ts';
import type { ImportFeature } from '../features/imports/imports.ts';
import { FileRefusedError } from '../features/imports/reading/refusal.ts';
import { seedShippedData } from '../seed.ts';
import { UsageError, withDatabase } from './command.ts';
import type { Command, CommandInput } from './command.ts';
import { progressLine, reportLines } from './import-report-lines.ts';

const USAGE = `import FILE --kind ${IMPORT_KINDS.join('|')} [--crs CRS] [--region CODE] [--sheet NAME] [--commit [--skip-faulty]]`;

const POLL_MS = 50;
const TOLD_EVERY_MS = 5_000;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.txt': 'text/plain',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.geojson': 'application/geo+json',
  '.json': 'application/geo+json',
};

const options = z.object({
  kind: z.enum(IMPORT_KINDS),
  crs: z.string().default('auto'),
  region: z
    .string()
    .regex(/^\d{6}(\d{3}(\d{3})?)?$/, 'an administrative code of 6, 9 or 12 digits')
    .optional(),
  sheet: z.string().min(1).optional(),
  commit: z.boolean().default(false),
  'skip-faulty': z.boolean().default(false),
});

type Asked = z.output<typeof options> & { readonly file: string };

export const importCommand: Command = {
  words: ['import'],
  usage: USAGE,
  what: 'Reads a CSV, XLSX or GeoJSON file and says what it would write, with every fault; --commit writes it, --skip-faulty without the faulty rows.',
  run: async (input) => {
    const asked = await readArguments(input.args);
    const isDone = await withDatabase(input, (db) => importFile(db, asked, input));
    if (!isDone) process.exitCode = 1;
  },
};

/** Whether nothing is left to do: the file has no fault, or its good rows were asked for and written. */
async function importFile(db: Database, asked: Asked, input: CommandInput): Promise<boolean> {
  const { config, log, say } = input;
  await seedShippedData(db);
  const clock = () => Date.now();
  const { imports } = createServices({ db, clock, newId, log, config });
  try {
    const id = await send(imports, asked);
    let report = await settled(imports, id, say);
    for (const line of reportLines(report)) say(line);
    const isSound = report.state === 'ready' && (report.faulty === 0 || asked['skip-faulty']);
    if (!isSound || !asked.commit) {
      say(`nothing was written; the import is kept as ${id}`);
      return report.state === 'ready' && report.faulty === 0;
    }
    await imports.imports.commit(id, asked['skip-faulty']);
    report = await settled(imports, id, say);
    if (report.state === 'committed') say('written');
    else say(`nothing was written: ${report.problem?.en ?? report.state}`);
    return report.state === 'committed';
  } catch (error) {
    if (!(error instanceof FileRefusedError)) throw error;
    say(`${asked.file} was refused: ${error.refusal.detail.en}`);
    return false;
  }
}

async function send(feature: ImportFeature, asked: Asked): Promise<string> {
  const { file, kind, crs, region = null, sheet = null } = asked;
  const request = {
    kind,
    mediaType: MEDIA_TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    fileName: path.basename(file),
    options: { crs, swapped: null, region, sheet },
    map: null,
  };
  const upload = await feature.saveUpload(createReadStream(file), null);
  return (await feature.imports.create(request, upload)).id;
}

async function settled(feature: ImportFeature, id: string, say: CommandInput['say']) {
  let told = performance.now();
  for (;;) {
    const report = toReport(await feature.imports.get(id), Date.now());
    if (report.state !== 'reading' && report.state !== 'committing') return report;
    if (report.progress && performance.now() - told > TOLD_EVERY_MS) {
      told = performance.now();
      say(progressLine(report.progress));
    }
    await sleep(POLL_MS);
  }
}

async function readArguments(args: readonly string[]): Promise<Asked> {
  const { values, positionals } = parse(args);
  const parsed = options.safeParse(values);
  const [file] = positionals;
  if (!parsed.success || !file || positionals.length !== 1) {
    const faults = parsed.success
      ? []
      : parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
    throw new UsageError([...faults, `Usage: ${USAGE}`].join('\n'));
  }
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new UsageError(`${file} cannot be read: it is no file.`);
  return { ...parsed.data, file };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kind: text,
        crs: text,
        region: text,
        sheet: text,
        commit: flag,
        'skip-faulty': flag,
      },
    });
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}`,
    );
  }
}
