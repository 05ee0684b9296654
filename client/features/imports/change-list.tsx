import { useTranslation } from 'react-i18next';
import type { ImportReport, ImportRow } from '#server/features/imports/import-report.contract.ts';
import { useImportFields } from '#client/api/imports.ts';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { rowName } from './columns.ts';
import { valueText } from './import-words.ts';

type Props = { readonly report: ImportReport; readonly rows: readonly ImportRow[] };

/** What a commit would change, field by field: in the register, in the file. */
export function ChangeList({ report, rows }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const fields = useImportFields(report.kind).data?.items ?? [];
  const labelOf = (field: string) => {
    const names = fields.find((each) => each.field === field)?.names;
    return names === undefined ? field : nameIn(names, lang);
  };
  return (
    <ul className="import-changes">
      {rows.map((row) => (
        <li key={row.row}>
          <h3>
            <span className="import-row-number">{t('imports.rows.row', { row: row.row })}</span>
            {rowName(report.columns, row)}
          </h3>
          <table>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">{t('imports.change.field')}</th>
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
                  label={labelOf(change.field)}
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
  readonly label: string;
};

/** What the rows of a kind are themselves: only other records need to be named. */
const OWN_SUBJECT = {
  'risk-points': 'risk_point',
  enterprises: 'enterprise',
  'hazard-sources': 'hazard_source',
  assessments: 'assessment',
} as const;

function ChangeRow({ kind, change, label }: RowProps) {
  const { t } = useTranslation();
  const subject = t(`imports.subject.${change.subject}`);
  if (change.field === '*') {
    return (
      <tr>
        <th scope="row">{subject}</th>
        <td className="import-none">{t('imports.change.nothing')}</td>
        <td className="import-after">
          {t('imports.change.added')} {valueText(change.after) ?? ''}
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">
        {change.subject === OWN_SUBJECT[kind] ? null : `${subject}${t('app.colon')}`}
        {label}
      </th>
      <td className="import-before">
        <Value of={change.before} isOld />
      </td>
      <td className="import-after">
        <Value of={change.after} />
      </td>
    </tr>
  );
}

function Value({ of: value, isOld = false }: { readonly of: unknown; readonly isOld?: boolean }) {
  const { t } = useTranslation();
  const text = valueText(value);
  if (text === null) return <span className="import-none">{t('imports.change.nothing')}</span>;
  return isOld ? <del>{text}</del> : text;
}
