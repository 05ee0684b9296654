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

/** What a change is about: the field, after the record where the row itself is another one. */
function useFieldName({ kind, change: { subject, field } }: RowProps): string {
  const { t } = useTranslation();
  const known = changeField(field);
  const owner =
    subject === OWN_SUBJECT[kind] ? '' : `${t(`imports.subject.${subject}`)}${t('app.colon')}`;
  return `${owner}${known === null ? attributeName(field) : t(`imports.change.field.${known}`)}`;
}

function ChangeRow({ kind, change }: RowProps) {
  const { t } = useTranslation();
  const name = useFieldName({ kind, change });
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
      <th scope="row">{name}</th>
      <td className="import-before">
        <ChangeValue subject={subject} field={known} value={before} isOld />
      </td>
      <td className="import-after">
        <ChangeValue subject={subject} field={known} value={after} />
      </td>
    </tr>
  );
}

type BesideProps = Pick<RowProps, 'kind'> & { readonly changes: ImportRow['changes'] };

/** What writing a new row would change in records that are registered already, such as its enterprise. */
export function ChangesBeside({ kind, changes }: BesideProps) {
  const { t } = useTranslation();
  return (
    <div className="import-beside" data-testid="import-beside">
      <p>{t('imports.change.beside')}</p>
      <ul>
        {changes.map((change) => (
          <BesideLine
            key={`${change.subject} ${change.id ?? ''} ${change.field}`}
            kind={kind}
            change={change}
          />
        ))}
      </ul>
    </div>
  );
}

function BesideLine({ kind, change }: RowProps) {
  const name = useFieldName({ kind, change });
  const { subject, field, before, after } = change;
  const known = changeField(field);
  return (
    <li>
      <strong>{name}</strong>{' '}
      <span className="import-before">
        <ChangeValue subject={subject} field={known} value={before} isOld />
      </span>
      {' → '}
      <span className="import-after">
        <ChangeValue subject={subject} field={known} value={after} />
      </span>
    </li>
  );
}
