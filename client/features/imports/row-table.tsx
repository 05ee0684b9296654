import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport, ImportRow } from '#server/features/imports/import-report.contract.ts';
import type { TableColumn } from './columns.ts';
import { RowLine } from './row-line.tsx';
import { useRowSaving } from './use-row-saving.ts';

type Props = {
  readonly report: ImportReport;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly ImportRow[];
  readonly canEdit: boolean;
};

/** Rows of the file with its own row numbers; cells of faulty rows are corrected where they stand. */
export function RowTable({ report, columns, rows, canEdit }: Props) {
  const { t } = useTranslation();
  const [said, setSaid] = useState('');
  const saving = useRowSaving(report.id, setSaid);
  return (
    <>
      {canEdit ? <p className="why-hint">{t('imports.rows.keys')}</p> : null}
      <output className="visually-hidden" data-testid="import-said">
        {said}
      </output>
      <section className="import-table-frame" aria-label={t('imports.rows.table')}>
        <table className="import-table">
          <thead>
            <tr>
              <th scope="col" className="import-row-number">
                {t('imports.rows.number')}
              </th>
              {columns.map((column) => (
                <th key={column.header} scope="col">
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <RowLine
                key={row.row}
                kind={report.kind}
                row={row}
                columns={columns}
                canEdit={canEdit}
                edits={saving.editsIn(row.row)}
                isSaving={saving.savingRows.has(row.row)}
                error={saving.failed?.row === row.row ? saving.failed.error : null}
                onEdit={saving.edit}
                onSave={saving.save}
              />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
