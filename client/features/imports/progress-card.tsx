import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useFormats } from '#client/ui/use-format.ts';
import { shareDone, timeLeft } from './import-words.ts';
import { CancelButton } from './cancel-button.tsx';

/** What the service is doing, how fast, how long still; the page may be left meanwhile. */
export function ProgressCard({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { progress } = report;
  const share = progress === null ? null : shareDone(progress);
  const phase = progress?.phase ?? (report.state === 'committing' ? 'writing' : 'reading');
  return (
    <section className="import-progress" data-testid="import-progress">
      <h2 className="section-title">{t(`imports.progress.${phase}`)}</h2>
      <progress
        className={`import-bar${share === null ? ' is-open' : ''}`}
        aria-label={t(`imports.progress.${phase}`)}
        max={1}
        value={share ?? undefined}
      />
      <p className="import-figures">
        {progress === null ? (
          <span>{t('imports.progress.preparing')}</span>
        ) : (
          <Figures progress={progress} number={format.number} />
        )}
      </p>
      <p className="why-hint">
        {t(phase === 'writing' ? 'imports.progress.oneTransaction' : 'imports.progress.mayLeave')}
      </p>
      {report.state === 'reading' ? <CancelButton id={report.id} isQuiet={false} /> : null}
    </section>
  );
}

type FiguresProps = {
  readonly progress: NonNullable<ImportReport['progress']>;
  readonly number: (value: number) => string;
};

function Figures({ progress, number }: FiguresProps) {
  const { t } = useTranslation();
  const { done, total, perSecond, secondsLeft } = progress;
  const left = secondsLeft === null ? null : timeLeft(secondsLeft);
  return (
    <>
      <strong>
        {total === null
          ? t('imports.rowCount', { rows: number(done) })
          : t('imports.progress.of', { done: number(done), total: number(total) })}
      </strong>
      {perSecond > 0 ? (
        <span>{t('imports.progress.rate', { rate: number(Math.round(perSecond)) })}</span>
      ) : null}
      {left === null ? null : (
        <span>
          {left.minutes > 0
            ? t('imports.progress.leftMinutes', left)
            : t('imports.progress.leftSeconds', left)}
        </span>
      )}
    </>
  );
}
