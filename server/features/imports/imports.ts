import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { calendarDay } from '#server/domain/calendar-day.ts';
import { evaluatorTables } from '#server/domain/import/evaluator-tables.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { projectRoot } from '#server/project-root.ts';
import { createImportDownloads } from './import-downloads.ts';
import { openImportReader } from './import-reader.ts';
import { createImportRows } from './import-rows.service.ts';
import type { ImportRoutesDeps } from './imports.routes.ts';
import { createImports } from './imports.service.ts';
import type { ImportsDeps } from './import-steps.ts';
import { createUploads } from './upload-file.ts';

export type ImportFeatureDeps = Omit<ImportsDeps, 'openReader'> & {
  readonly timeZone: string;
  readonly definitions: () => Promise<readonly MethodDefinition[]>;
};

export type ImportFeature = ImportRoutesDeps & {
  /** Removes the files of uploads that a killed process left; begun at the start, waited for at the stop. */
  readonly uploadsJob: { readonly start: () => () => Promise<void> };
};

/** Puts the parts of the imports together: the tables, the thread that reads, the service. */
export function createImportFeature(deps: ImportFeatureDeps): ImportFeature {
  const columnTable = readTable('import-columns.json');
  const lifecycleTable = readTable('import-lifecycles.json');
  // The worker reads them again by itself; a fault in them shows here, at the start.
  const { columns } = evaluatorTables(columnTable, lifecycleTable);
  const { clock, timeZone, onError } = deps;
  const uploads = createUploads();
  const openReader = async (kind: ImportKind) =>
    openImportReader({
      kind,
      columnTable,
      lifecycleTable,
      definitions: await deps.definitions(),
      today: calendarDay(clock(), timeZone),
      timeZone,
    });
  return {
    imports: createImports({ ...deps, openReader }),
    rows: createImportRows({ read: deps.read, table: columns }),
    downloads: createImportDownloads({
      read: deps.read,
      table: columns,
      definitions: deps.definitions,
    }),
    saveUpload: uploads.save,
    uploadsJob: {
      start: () => {
        const removed = uploads.removeLeft().then(() => undefined, onError);
        return () => removed;
      },
    },
    clock,
  };
}

function readTable(name: string): unknown {
  return JSON.parse(readFileSync(path.join(projectRoot, 'data', name), 'utf8'));
}
