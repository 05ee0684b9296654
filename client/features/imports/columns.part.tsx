import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useChangeImport, useFirstRows, useImportFields } from '#client/api/imports.ts';
import { Name } from '#client/ui/name.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import type { Names } from '#client/ui/words.ts';
import { ChangeNotice } from './change-notice.tsx';
import { remapped } from './columns.ts';
import type { ImportColumn } from './columns.ts';
import { Fold } from './fold.tsx';
import { standingOf } from './import-words.ts';

type Field = { readonly field: string; readonly names: Names; readonly required: boolean };
const NO_FIELDS: readonly Field[] = [];

/** What each column was taken for; another field can be chosen, and the rows are judged again. */
export function ColumnsPart({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const fields: readonly Field[] = useImportFields(report.kind).data?.items ?? NO_FIELDS;
  const change = useChangeImport(report.id);
  const { columns, state } = report;
  if (columns.length === 0) return null;
  const canChange = (state === 'ready' || state === 'rejected') && !change.isPending;
  const count = (use: ImportColumn['use']) =>
    format.number(columns.filter((column) => column.use === use).length);
  return (
    <>
      <Fold
        title={t('imports.columns.title')}
        summary={t('imports.columns.summary', {
          fields: count('field'),
          attributes: count('attribute'),
          ignored: count('ignored'),
        })}
        isOpen={standingOf(report) === 'columns'}
        testId="import-columns-part"
      >
        <ChangeNotice error={change.error} />
        <ColumnTable
          report={report}
          fields={fields}
          canChange={canChange}
          onChange={(header, field) => change.mutate({ map: remapped(columns, header, field) })}
        />
      </Fold>
      <LeftOut columns={columns} />
    </>
  );
}

/** A level that stands in the file and is not taken: said in the open, or its points would seem to have lost it. */
function LeftOut({ columns }: { readonly columns: readonly ImportColumn[] }) {
  const { t } = useTranslation();
  return columns
    .filter(({ use, note }) => use === 'ignored' && note !== null)
    .map(({ header, note }) => (
      <p key={header} className="why-hint import-left-out" data-testid="import-left-out">
        {t('imports.columns.leftOut', { header })} {note === null ? null : <Name of={note} />}
      </p>
    ));
}

type TableProps = {
  readonly report: ImportReport;
  readonly fields: readonly Field[];
  readonly canChange: boolean;
  readonly onChange: (header: string, field: string | null) => void;
};

function ColumnTable({ report, fields, canChange, onChange }: TableProps) {
  const { t } = useTranslation();
  const first = useFirstRows(report.id, report.state !== 'reading').data?.items ?? [];
  const exampleOf = (index: number) =>
    first.map(({ cells }) => cells[index] ?? '').find((text) => text !== '') ?? '';
  return (
    <table className="import-columns">
      <thead>
        <tr>
          <th scope="col">{t('imports.columns.header')}</th>
          <th scope="col">{t('imports.columns.example')}</th>
          <th scope="col">{t('imports.columns.use')}</th>
        </tr>
      </thead>
      <tbody>
        {report.columns.map((column, index) => (
          <tr key={column.header} data-use={column.use}>
            <th scope="row">{column.header}</th>
            <td className="import-example">{exampleOf(index)}</td>
            <td>
              <UseSelect
                column={column}
                fields={fields}
                canChange={canChange}
                onChange={onChange}
              />
              {column.note === null ? null : (
                <p className="why-hint">
                  <Name of={column.note} />
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type SelectProps = Omit<TableProps, 'report'> & { readonly column: ImportColumn };

function UseSelect({ column, fields, canChange, onChange }: SelectProps) {
  const { t } = useTranslation();
  const lang = useLang();
  if (column.use === 'ignored') return <span>{t('imports.columns.ignored')}</span>;
  // A field that the list does not know is still what the column fills.
  const isKnown = column.field === null || fields.some(({ field }) => field === column.field);
  return (
    <select
      className="import-select"
      aria-label={t('imports.columns.useOf', { header: column.header })}
      value={column.field ?? ''}
      disabled={!canChange}
      onChange={(event) => onChange(column.header, event.currentTarget.value || null)}
    >
      <option value="">{t('imports.columns.attribute')}</option>
      {isKnown ? null : <option value={column.field ?? ''}>{column.field}</option>}
      {fields.map(({ field, names, required }) => (
        <option key={field} value={field}>
          {nameIn(names, lang)}
          {required ? ` ${t('imports.columns.required')}` : ''}
        </option>
      ))}
    </select>
  );
}
