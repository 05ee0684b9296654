import { useTranslation } from 'react-i18next';
import { usePublication } from '#client/api/publication.ts';
import { useAbout } from '#client/api/queries.ts';
import { uiStore } from '#client/state/ui-store.ts';

/** Lower left, always: the approval number of the boundaries, or that they have none. */
export function CornerNotes({ isShort = false }: { readonly isShort?: boolean }) {
  const { t } = useTranslation();
  const told = usePublication().data?.publication?.approvalNumber ?? null;
  const boundaries = useAbout().data?.boundaries ?? [];
  if (boundaries.length === 0) return null;
  const numbers = [...new Set(boundaries.flatMap(({ approvalNumber }) => approvalNumber ?? []))];
  const hasUnapproved = boundaries.some(({ approvalNumber }) => approvalNumber === null);
  return (
    <footer className="corner-notes" data-testid="corner-notes">
      {told === null ? null : <span>{t('publication.approval', { number: told })}</span>}
      {numbers.length === 0 ? null : (
        <span>{t('boundary.approval', { number: numbers.join(t('app.listSeparator')) })}</span>
      )}
      {hasUnapproved && told === null ? (
        <span>{t(isShort ? 'boundary.withoutApprovalShort' : 'boundary.withoutApproval')}</span>
      ) : null}
      <button type="button" className="link" onClick={() => uiStore.set({ dialog: 'about' })}>
        {t('about.creditsTitle')}
      </button>
    </footer>
  );
}

/** Invented data says so across the map itself, so that no picture of it can be mistaken. */
export function Watermark() {
  const { t } = useTranslation();
  const demonstration = useAbout().data?.demonstration ?? null;
  if (demonstration === null) return null;
  return (
    <div className="watermark" aria-hidden="true">
      {Array.from({ length: 12 }, (_, index) => (
        <span key={index}>{t('app.demonstration')}</span>
      ))}
    </div>
  );
}

export function DemonstrationBadge() {
  const { t } = useTranslation();
  const demonstration = useAbout().data?.demonstration ?? null;
  if (demonstration === null) return null;
  return (
    <button
      type="button"
      className={`demo-badge${demonstration.stale ? ' is-stale' : ''}`}
      data-testid="demo-badge"
      title={t('app.demonstrationHint', { day: demonstration.referenceDay })}
      onClick={() => uiStore.set({ dialog: 'about' })}
    >
      {t('app.demonstration')}
    </button>
  );
}
