import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseColumnTable } from '#server/domain/import/parse-column-table.ts';
import { projectRoot } from '#server/project-root.ts';
import type { ExportRoutesDeps } from './exports.routes.ts';
import { createExports } from './exports.service.ts';
import type { ExportDeps } from './list-reader.ts';

export type ExportFeature = ExportRoutesDeps;

/** The exports with the table of columns that the imports read their files by. */
export function createExportFeature(deps: Omit<ExportDeps, 'table'>): ExportFeature {
  const file = path.join(projectRoot, 'data', 'import-columns.json');
  const table = parseColumnTable(JSON.parse(readFileSync(file, 'utf8')));
  return { exports: createExports({ ...deps, table }), timeZone: deps.timeZone };
}
