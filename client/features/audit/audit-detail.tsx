import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '#client/api/audit.ts';
import type { AuditFilter } from '#client/state/audit-filter.ts';
import { fieldChanges, wordedField } from './event-words.ts';
import type { FieldChange } from './event-words.ts';

type Props = {
  readonly event: AuditEvent;
  readonly filter: AuditFilter;
  readonly onSearch: (filter: AuditFilter) => void;
};

/** Everything that is told of one event. */
export function AuditDetail({ event, filter, onSearch }: Props) {
  const { t } = useTranslation();
  const { account, subjectId } = event;
  const changes = fieldChanges(event);
  return (
    <div className="audit-detail">
      {changes.length === 0 ? null : <Changes event={event} changes={changes} />}
      <Facts event={event} />
      <p className="audit-actions">
        {account === null || filter.account === account.id ? null : (
          <button
            type="button"
            className="link"
            data-testid="audit-only-account"
            onClick={() => onSearch({ ...filter, account: account.id })}
          >
            {t('audit.onlyAccount')}
          </button>
        )}
        {subjectId === null || filter.subject === subjectId ? null : (
          <button
            type="button"
            className="link"
            data-testid="audit-only-subject"
            onClick={() => onSearch({ ...filter, subject: subjectId })}
          >
            {t('audit.onlySubject')}
          </button>
        )}
      </p>
    </div>
  );
}

type ChangesProps = { readonly event: AuditEvent; readonly changes: readonly FieldChange[] };

/** Field by field; where nothing stood before, what there is now is one column. */
function Changes({ event, changes }: ChangesProps) {
  const { t } = useTranslation();
  const hasBefore = event.before !== null;
  return (
    <table className="audit-changes">
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          {hasBefore ? <th scope="col">{t('audit.before')}</th> : null}
          <th scope="col">{t(hasBefore ? 'audit.after' : 'audit.value')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">
              <FieldName field={field} />
            </th>
            {hasBefore ? (
              <td>
                <Value text={before} />
              </td>
            ) : null}
            <td>
              <Value text={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FieldName({ field }: { readonly field: string }) {
  const { t } = useTranslation();
  const worded = wordedField(field);
  if (worded === null) return <span className="mono">{field}</span>;
  return <span title={field}>{t(`audit.fields.${worded}`)}</span>;
}

function Value({ text }: { readonly text: string | null | undefined }) {
  const { t } = useTranslation();
  if (text === null || text === undefined) {
    return <span className="audit-none">{t('audit.none')}</span>;
  }
  return <span className="mono audit-value">{text}</span>;
}

function Facts({ event }: { readonly event: AuditEvent }) {
  const { t } = useTranslation();
  const { account, subjectId, address, requestId, keyId, seq, hash } = event;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('audit.subject'), subjectId],
    [t('audit.accountId'), account?.id ?? null],
    [t('audit.fromWhere'), address],
    [t('audit.request'), requestId],
    [t('audit.key'), keyId],
    [t('audit.place'), String(seq)],
    [t('audit.hash'), hash],
  ];
  return (
    <dl className="audit-facts">
      {facts.map(([label, text]) =>
        text === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="mono">{text}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
