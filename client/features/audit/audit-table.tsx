import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auditActionName, auditKindName } from '#server/domain/audit-words.ts';
import type { AuditEvent } from '#client/api/audit.ts';
import type { AuditFilter } from '#client/state/audit-filter.ts';
import { ChevronDown } from '#client/ui/icons.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { AuditDetail } from './audit-detail.tsx';
import { actorOf, cardOf, clockText } from './event-words.ts';
import { SubjectLink } from './subject-link.tsx';

type Props = {
  readonly events: readonly AuditEvent[];
  readonly filter: AuditFilter;
  /** IANA name. */
  readonly timeZone: string;
  readonly onSearch: (filter: AuditFilter) => void;
};

/** Events, the newest first; each opens to show what was changed. */
export function AuditTable({ events, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <table className="audit-table" data-testid="audit-table">
      <thead>
        <tr>
          <th scope="col">{t('audit.time')}</th>
          <th scope="col">{t('audit.who')}</th>
          <th scope="col">{t('audit.what')}</th>
          <th scope="col">{t('audit.toWhat')}</th>
          <th scope="col">{t('audit.fromWhere')}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <EventRows key={event.seq} event={event} {...rest} />
        ))}
      </tbody>
    </table>
  );
}

function EventRows({ event, timeZone, ...rest }: Omit<Props, 'events'> & { event: AuditEvent }) {
  const lang = useLang();
  const [isOpen, setOpen] = useState(false);
  const { seq, at, action, address } = event;
  const detailId = `audit-detail-${seq}`;
  return (
    <>
      <tr className={`audit-row${isOpen ? ' is-open' : ''}`} data-testid={`audit-${seq}`}>
        <th scope="row">
          <button
            type="button"
            className="audit-open"
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronDown size={14} />
            <time dateTime={at}>{clockText(at, timeZone)}</time>
          </button>
        </th>
        <td className="audit-who">
          <Actor event={event} />
        </td>
        <td className="audit-what">{nameIn(auditActionName(action), lang)}</td>
        <td className="audit-to">
          <Subject event={event} />
        </td>
        <td className="audit-address mono">{address ?? ''}</td>
      </tr>
      {isOpen ? (
        <tr className="audit-detail-row" id={detailId}>
          <td colSpan={5}>
            <AuditDetail event={event} {...rest} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Actor({ event }: { readonly event: AuditEvent }) {
  const { t } = useTranslation();
  const actor = actorOf(event);
  if (typeof actor === 'object') return actor.name;
  return <span className="audit-nobody">{t(`audit.actors.${actor}`)}</span>;
}

function Subject({ event }: { readonly event: AuditEvent }) {
  const lang = useLang();
  const { subjectKind, subjectId } = event;
  const card = cardOf(event);
  return (
    <>
      {subjectKind === null ? null : <span>{nameIn(auditKindName(subjectKind), lang)}</span>}
      {subjectId === null ? null : card === null ? (
        <span className="mono audit-id" title={subjectId}>
          {shortId(subjectId)}
        </span>
      ) : (
        <SubjectLink to={card} id={subjectId} />
      )}
    </>
  );
}

/** Ids of one minute begin alike: their ends tell them apart. The whole one is in the details. */
function shortId(id: string): string {
  return id.length > 14 ? `…${id.slice(-12)}` : id;
}
