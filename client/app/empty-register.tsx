import { useTranslation } from 'react-i18next';

const COMMAND = 'npm run cli -- import regions FILE --level province --source "…" --approval "…"';

/** What a service without any region says, instead of a region that is not there. */
export function EmptyRegister() {
  const { t } = useTranslation();
  return (
    <section className="empty-register" data-testid="empty-register">
      <h1>{t('emptyRegister.title')}</h1>
      <p>{t('emptyRegister.text')}</p>
      <pre>
        <code>{COMMAND}</code>
      </pre>
      <p>{t('emptyRegister.after')}</p>
    </section>
  );
}
