import type { Knex } from 'knex';
import { MAIN_SUBJECT, WRITTEN_SUBJECTS } from '#server/domain/import/column-table.ts';
import { mainField } from '#server/domain/import/import-columns.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { compareSubjects } from './import-changes.store.ts';
import { checkRows } from './import-checks.store.ts';
import type { CheckedField } from './import-check.ts';
import { analyseImports, chooseLeads, groupSubjects } from './import-groups.store.ts';
import { matchSubjects } from './import-match.store.ts';
import { markRows, outcomeDigest, readOutcome } from './import-outcome.store.ts';
import { locateRows } from './import-places.store.ts';
import type { ColumnFound } from './import-reading.ts';
import type { ImportOutcome } from './imports.store.ts';

export type Comparing = {
  /** Called between its steps; what it throws is thrown. */
  readonly step?: () => void;
  /** The only row that says something else than when it was last compared. */
  readonly corrected?: number | null;
  /** Renewed while it goes on: of rows that were just staged the planner knows nothing of the groups they make. */
  readonly statistics?: 'renewed' | 'kept';
};

export type Compared = { readonly outcome: ImportOutcome; readonly digest: string };

/**
 * Holds the judged rows of an import against each other and against the register: which records they mean, what is
 * wrong beside them, what a commit would write. May be run again at any time and comes to the same as long as rows and
 * register are the same.
 */
export async function compareImport(
  trx: Knex.Transaction,
  { id, kind, region, columns, isUndecided }: ComparedImport,
  { step = () => undefined, corrected = null, statistics = 'kept' }: Comparing = {},
): Promise<Compared> {
  const record = MAIN_SUBJECT[kind];
  // The rows of a file of assessments are about their assessments, whatever record these are of.
  const main = kind === 'assessments' ? 'assessment' : record;
  const isRenewed = statistics === 'renewed';
  step();
  await locateRows(trx, id, corrected);
  step();
  await groupSubjects(trx, id, kind);
  step();
  // Again, now that it is known which rows belong together.
  if (isRenewed) await analyseImports(trx, id);
  await matchSubjects(trx, id, kind);
  step();
  const columnOf = (field: CheckedField) => {
    const wanted = FIELDS_OF[field] ?? [field === 'code' ? mainField(kind, 'code') : field];
    const at = columns.findIndex((each) => each.field !== null && wanted.includes(each.field));
    const header = columns[at]?.header;
    return header === undefined ? null : { header, at };
  };
  await checkRows(trx, { id, kind, main, region, columnOf, isUndecided });
  step();
  await chooseLeads(trx, id);
  step();
  await compareSubjects(trx, id, { written: WRITTEN_SUBJECTS[kind], placed: record });
  step();
  await markRows(trx, id, main);
  step();
  return {
    digest: await outcomeDigest(trx, id),
    outcome: await readOutcome(trx, id, kind === 'assessments' ? null : record),
  };
}

/** Columns that a check may mean by one word. */
const FIELDS_OF: Partial<Record<CheckedField, readonly string[]>> = {
  place: ['lon', 'position'],
  stated: ['regionCode', 'county', 'city'],
};

export type ComparedImport = {
  readonly id: string;
  readonly kind: ImportKind;
  readonly region: string | null;
  readonly columns: readonly ColumnFound[];
  /** Whether nobody has decided how its coordinates are to be read. */
  readonly isUndecided: boolean;
};
