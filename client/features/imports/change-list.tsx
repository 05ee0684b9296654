import { useTranslation } from 'react-i18next';
import type { ImportReport, ImportRow } from '#server/features/imports/import-report.contract.ts';
import { attributeName, changeField } from './change-words.ts';
import { ChangeValue } from './change-value.tsx';
import { rowName } from './columns.ts';

type Props = { readonly report: ImportReport; readonly rows: readonly ImportRow[] };

/** What a commit would change, field by field: in the register, in the file. */
export function ChangeList({ report, rows }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="import-changes">
      {rows.map((row) => (
        <li key={row.row}>
          <h3>
            <span className="import-row-number">{t('imports.rows.row', { row: row.row })}</span>
            {rowName(report, row)}
          </h3>
          <table>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">{t('imports.change.column')}</th>
                <th scope="col">{t('imports.change.before')}</th>
                <th scope="col">{t('imports.change.after')}</th>
              </tr>
            </thead>
            <tbody>
              {row.changes.map((change) => (
                <ChangeRow
                  key={`${change.subject} ${change.id ?? ''} ${change.field}`}
                  kind={report.kind}
                  change={change}
                />
              ))}
            </tbody>
          </table>
        </li>
      ))}
    </ul>
  );
}

type RowProps = {
  readonly kind: ImportReport['kind'];
  readonly change: ImportRow['changes'][number];
};

/** What the rows of a kind are themselves: only other records need to be named. */
const OWN_SUBJECT = {
  'risk-points': 'risk_point',
  enterprises: 'enterprise',
  'hazard-sources': 'hazard_source',
  assessments: 'assessment',
} as const;

function ChangeRow({ kind, change }: RowProps) {
  const { t } = useTranslation();
  const { subject, field, before, after } = change;
  const subjectName = t(`imports.subject.${subject}`);
  const known = changeField(field);
  if (field === '*') {
    return (
      <tr>
        <th scope="row">{subjectName}</th>
        <td className="import-none">{t('imports.change.notThere')}</td>
        <td className="import-after">
          {t('imports.change.added')} <ChangeValue subject={subject} field={null} value={after} />
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">
        {subject === OWN_SUBJECT[kind] ? null : `${subjectName}${t('app.colon')}`}
        {known === null ? attributeName(field) : t(`imports.change.field.${known}`)}
      </th>
      <td className="import-before">
        <ChangeValue subject={subject} field={known} value={before} isOld />
      </td>
      <td className="import-after">
        <ChangeValue subject={subject} field={known} value={after} />
      </td>
    </tr>
  );
}
