import type { Knex } from 'knex';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { CHECKS } from './import-checks.sql.ts';
import type { CheckedField } from './import-check.ts';

export type CheckScope = {
  readonly id: string;
  readonly kind: ImportKind;
  /** Kind of record that the rows are about. */
  readonly main: string;
  readonly region: string | null;
  /** Whether the places of the rows could not be read, for want of a decision how. */
  readonly isUndecided: boolean;
  /** The column that fills a field, and its place from 0; null where the file has none. */
  readonly columnOf: (
    field: CheckedField,
  ) => { readonly header: string; readonly at: number } | null;
};

/** What shows only beside the other rows and the register: added to each row's faults and warnings. */
export async function checkRows(trx: Knex.Transaction, scope: CheckScope): Promise<void> {
  const { id, kind, main, region } = scope;
  await trx('import_results as r')
    .where('r.import_id', id)
    .whereRaw("(r.found_faults, r.found_warnings) <> ('[]', '[]')")
    .update({ found_faults: '[]', found_warnings: '[]' });
  for (const { as, kinds, needsPlaces, field, problem, expected, sql } of CHECKS) {
    if (kinds && !kinds.includes(kind)) continue;
    if (needsPlaces && scope.isUndecided) continue;
    const column = field === null ? null : scope.columnOf(field);
    await trx.raw(
      `UPDATE import_results r SET found_${as} = r.found_${as} || jsonb_build_array(jsonb_build_object(
         'row', r.row_no, 'column', CAST(:column AS text), 'value', hit.value, 'problem', CAST(:problem AS jsonb),
         'expected', CAST(:expected AS jsonb)))
       FROM (${sql}) AS hit WHERE r.import_id = :id AND r.row_no = hit.row_no`,
      {
        id,
        main,
        region,
        column: column?.header ?? null,
        at: column?.at ?? null,
        problem: JSON.stringify(problem),
        expected: expected && JSON.stringify(expected),
      },
    );
  }
}
