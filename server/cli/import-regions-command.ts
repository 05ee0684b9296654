import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { calendarDay } from '../domain/calendar-day.ts';
import { noteAudit } from '../db/note-audit.ts';
import { importRegions } from '../features/regions/import-regions.ts';
import type { RegionImportReport } from '../features/regions/import-regions.ts';
import { seedShippedData } from '../seed.ts';
import { UsageError, withDatabase } from './command.ts';
import type { Command, CommandInput } from './command.ts';

const USAGE =
  'import regions FILE --level province|city|county|township|village --source "…" [--approval "…"] [--valid-from YYYY-MM-DD]';

const MAX_BYTES = 200 * 1024 * 1024;

const options = z.object({
  level: z.enum(['province', 'city', 'county', 'township', 'village']),
  source: z.string().min(1),
  approval: z.string().min(1).optional(),
  'valid-from': z.iso.date().optional(),
});

export const importRegionsCommand: Command = {
  words: ['import', 'regions'],
  usage: USAGE,
  what: 'Loads boundaries (GeoJSON, WGS 84) and finds region and city of every row anew, in one transaction.',
  run: async (input) => {
    const { file, level, source, approval, validFrom } = readArguments(input);
    const content = await readJson(file);
    const report = await withDatabase(input, async (db) => {
      await seedShippedData(db);
      const done = await db.asOwner(async (trx) => {
        const detail = { depth: level, source, approvalNumber: approval };
        await noteAudit(trx, { action: 'import-regions', subjectKind: 'regions', detail });
        return importRegions(trx, {
          file: content,
          depth: level,
          source,
          approvalNumber: approval,
          validFrom,
        });
      });
      await db.flush();
      return done;
    });
    for (const line of reportLines(report, level)) input.say(line);
  },
};

function readArguments({ args, config }: CommandInput) {
  const { values, positionals } = parse(args);
  const parsed = options.safeParse(values);
  const [file] = positionals;
  if (!parsed.success || !file || positionals.length !== 1) {
    const faults = parsed.success
      ? []
      : parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
    throw new UsageError([...faults, `Usage: ${USAGE}`].join('\n'));
  }
  return {
    file,
    level: parsed.data.level,
    source: parsed.data.source,
    approval: parsed.data.approval ?? null,
    validFrom: parsed.data['valid-from'] ?? calendarDay(Date.now(), config.timeZone),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        level: { type: 'string' },
        source: { type: 'string' },
        approval: { type: 'string' },
        'valid-from': { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}`,
    );
  }
}

async function readJson(file: string): Promise<unknown> {
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (content.byteLength > MAX_BYTES) {
    throw new UsageError(
      `${file} has ${content.byteLength} bytes; at most ${MAX_BYTES} are taken.`,
    );
  }
  try {
    return JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw new UsageError(
      `${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function reportLines(report: RegionImportReport, level: string): readonly string[] {
  const { read, added, changed, unchanged, relocations } = report;
  const rows = relocations.map(
    ({ kind, lookedAt, moved, changedCity }) =>
      `${kind.replace('_', ' ')}: ${lookedAt} looked at, ${moved} moved to another region, ${changedCity} of them to another city`,
  );
  return [
    `${level} boundaries: ${read} read, ${added.length} added, ${changed.length} changed, ${unchanged.length} unchanged`,
    ...(rows.length > 0 ? rows : ['no border changed, so no row moved']),
  ];
}
