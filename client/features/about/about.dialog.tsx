import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { About } from '#server/features/about/about.contract.ts';
import { useAbout } from '#client/api/queries.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { Name } from '#client/ui/name.tsx';
import { useFormats } from '#client/ui/use-format.ts';

const CONFUSE = ['major', 'installation', 'danger'] as const;
const GLOSSARY = [
  'riskPoint',
  'hazardSource',
  'basis',
  'dynamic',
  'weighted',
  'highest',
  'notAssessed',
  'expired',
  'notApplicable',
] as const;

/** What this is, which words not to confuse, whose data it shows, and the state of the boundaries. */
export function AboutDialog() {
  const { t } = useTranslation();
  const { dialog } = useStore(uiStore);
  const { data } = useAbout();
  return (
    <Modal
      opened={dialog === 'about'}
      onClose={() => uiStore.set({ dialog: null })}
      title={t('app.name')}
      size="lg"
      lockScroll={false}
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      data-testid="about-dialog"
    >
      <div className="about">
        <p className="about-lead">{t('about.lead')}</p>
        {data === undefined ? null : <Service about={data} />}
        <DoNotConfuse />
        <h3>{t('about.glossaryTitle')}</h3>
        <dl className="glossary">
          {GLOSSARY.map((key) => (
            <div key={key}>
              <dt>{t(`about.glossary.${key}.term`)}</dt>
              <dd>{t(`about.glossary.${key}.text`)}</dd>
            </div>
          ))}
        </dl>
        {data === undefined ? null : <Boundaries about={data} />}
        {data === undefined ? null : <Credits about={data} />}
      </div>
    </Modal>
  );
}

function Service({ about }: { readonly about: About }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { demonstration } = about;
  return (
    <>
      <p className="about-meta">
        {t('about.version', { version: about.version })} · {t(`about.engine.${about.engine}`)} ·{' '}
        {t('about.dataTime', { time: format.dateTime(about.dataTime) })}
      </p>
      {demonstration === null ? null : (
        <div className="notice notice-warn">
          <div className="notice-body">
            <p className="notice-title">{t('app.demonstration')}</p>
            <p>{t('app.demonstrationHint', { day: demonstration.referenceDay })}</p>
            {demonstration.stale ? (
              <p>
                {t('app.demonstrationStale')} <code>{demonstration.command}</code>
              </p>
            ) : null}
          </div>
        </div>
      )}
    </>
  );
}

function DoNotConfuse() {
  const { t } = useTranslation();
  return (
    <section className="confuse">
      <h3>{t('about.confuseTitle')}</h3>
      <dl>
        {CONFUSE.map((key) => (
          <div key={key}>
            <dt>{t(`about.confuse.${key}.term`)}</dt>
            <dd>{t(`about.confuse.${key}.text`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('about.otherScales')}</p>
    </section>
  );
}

function Boundaries({ about }: { readonly about: About }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t('about.boundaryTitle')}</h3>
      <p>{t('about.boundaryText')}</p>
      <ul className="about-list">
        {about.boundaries.map(({ source, approvalNumber }) => (
          <li key={`${source}-${approvalNumber ?? ''}`}>
            {source}
            {t('app.colon')}
            {approvalNumber === null
              ? t('about.noApproval')
              : t('about.approval', { number: approvalNumber })}
          </li>
        ))}
      </ul>
    </>
  );
}

function Credits({ about }: { readonly about: About }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t('about.creditsTitle')}</h3>
      <ul className="about-list">
        {about.credits.map((credit) => (
          <li key={`${credit.what.zh}-${credit.source}`}>
            <strong>
              <Name of={credit.what} />
            </strong>
            {t('app.colon')}
            {credit.source}
            <span className="about-licence">{t('about.licence', { licence: credit.licence })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
