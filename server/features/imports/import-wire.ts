import type { Bilingual } from '#server/domain/bilingual.ts';
import { crsNames } from '#server/domain/crs/crs.ts';
import type { Reading } from '#server/domain/crs/reading.ts';
import type { Progress } from './import-jobs.ts';
import type { CrsFound } from './import-reading.ts';
import type { StoredRow } from './import-rows.store.ts';
import type { ImportReport, ImportRow } from './import-report.contract.ts';
import type { ImportView } from './import-steps.ts';
import { NO_TALLY } from './imports.store.ts';

const NO_EFFECTS = {
  enterprises: NO_TALLY,
  riskPoints: NO_TALLY,
  hazardSources: NO_TALLY,
  measures: NO_TALLY,
  assessments: NO_TALLY,
};

/** An import as it goes over the wire; `now` is epoch milliseconds. */
export function toReport(view: ImportView, now: number): ImportReport {
  const { id, kind, state, fileName, bytes, createdAt, committedAt, reading, outcome } = view;
  const { rows = 0, faulty = 0, warned = 0, missing = 0, withoutEnterprise = 0 } = outcome;
  const { faults = [], faultCount = 0, warnings = [], warningCount = 0 } = outcome;
  return {
    id,
    kind,
    state,
    fileName,
    bytes,
    createdAt: createdAt.toISOString(),
    committedAt: committedAt?.toISOString() ?? null,
    sameFileAs: toSameFile(view.sameFileAs),
    rows,
    new: outcome.new ?? 0,
    changed: outcome.changed ?? 0,
    unchanged: outcome.unchanged ?? 0,
    faulty,
    warned,
    missing,
    withoutEnterprise,
    effects: outcome.effects ?? NO_EFFECTS,
    faults: [...faults],
    faultCount,
    warnings: [...warnings],
    warningCount,
    ...readingOf(view),
    mappingId: reading.mappingId ?? null,
    notes: [
      ...(reading.fileFaults ?? []),
      ...(reading.notes ?? []),
      ...(reading.coordinates?.mixtures ?? []),
    ],
    region: view.options.region,
    progress: view.progress && toProgress(view.progress, now),
    problem: view.problem,
  };
}

function toSameFile(same: ImportView['sameFileAs']): ImportReport['sameFileAs'] {
  return (
    same && {
      id: same.id,
      fileName: same.fileName,
      createdAt: same.createdAt.toISOString(),
      committedAt: same.committedAt?.toISOString() ?? null,
    }
  );
}

function readingOf({ reading }: ImportView): Pick<ImportReport, 'format' | 'columns' | 'crs'> {
  const { format, columns = [], crs } = reading;
  return {
    format: format
      ? {
          kind: format.kind,
          encoding: format.encoding,
          delimiter: format.delimiter,
          sheet: format.sheet,
          sheets: [...format.sheets],
          titleRows: [...format.titleRows],
          headerRows: [...format.headerRows],
        }
      : null,
    columns: columns.map(({ header, field, use, note }) => ({ header, field, use, note })),
    crs: crs ? toCrs(crs) : null,
  };
}

function toCrs({ decided, because, candidates }: CrsFound): NonNullable<ImportReport['crs']> {
  return {
    decided: decided && { ...decided, names: namesOf(decided) },
    because,
    candidates: candidates.map((candidate) => ({ ...candidate, names: namesOf(candidate) })),
  };
}

function namesOf({ crs, swapped }: Reading): Bilingual {
  const { zh, en } = crsNames(crs);
  return swapped ? { zh: `${zh}，纬度在前`, en: `${en}, latitude first` } : { zh, en };
}

/** How far the work is, with its rate and what it leaves of the time; `now` is epoch milliseconds. */
export function toProgress(
  { phase, done, total, startedAt }: Progress,
  now: number,
): NonNullable<ImportReport['progress']> {
  const seconds = Math.max(0.001, (now - startedAt) / 1000);
  const perSecond = Math.round((done / seconds) * 10) / 10;
  const left = total === null || perSecond === 0 ? null : (total - done) / perSecond;
  return {
    phase,
    done,
    total,
    perSecond,
    secondsLeft: left === null ? null : Math.round(left * 10) / 10,
  };
}

/** A row with its corrections in place. */
export function toRow(row: StoredRow, headers: readonly string[]): ImportRow {
  const { fixes } = row;
  return {
    row: row.row,
    status: row.status,
    cells: row.cells.map((cell, index) => corrected(cell, fixes, headers[index] ?? '')),
    fixed: Object.keys(fixes),
    faults: [...row.faults],
    warnings: [...row.warnings],
    changes: row.changes.map((change) => ({ ...change })),
    position: row.position && [...row.position],
  };
}

/** A correction may also empty a cell; a header may be called like something that every object has. */
function corrected(cell: string | null, fixes: StoredRow['fixes'], header: string): string | null {
  return Object.hasOwn(fixes, header) ? (fixes[header] ?? null) : cell;
}
