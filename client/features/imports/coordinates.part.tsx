import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useChangeImport, useImportPlaces } from '#client/api/imports.ts';
import { Name } from '#client/ui/name.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { ChangeNotice } from './change-notice.tsx';
import { Fold } from './fold.tsx';
import { isSameReading, metresText, standingOf } from './import-words.ts';
import type { Reading } from './import-words.ts';
import type { ImportPlace } from './places.ts';
import { PlacesMap } from './places-map.tsx';
import { ReadingCards } from './reading-cards.tsx';
import { RegionSelect } from './region-select.tsx';

export type Guard = NonNullable<ImportReport['crs']>;

const NO_PLACES: readonly ImportPlace[] = [];

type Props = { readonly report: ImportReport; readonly crs: Guard };

/** How the coordinates are read and why; another reading can be looked at before it is chosen. */
export function CoordinatesPart({ report, crs }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const { decided } = crs;
  const canChange = report.state === 'ready' || report.state === 'rejected';
  return (
    <Fold
      title={t('imports.crs.title')}
      summary={
        decided === null
          ? t('imports.crs.undecided')
          : t('imports.crs.decided', { crs: nameIn(decided.names, lang) })
      }
      isOpen={canChange && (decided === null || standingOf(report) !== 'columns')}
      testId="import-crs-part"
    >
      {standingOf(report) === 'undecided' ? null : (
        <p className="import-because">
          <Name of={crs.because} />
        </p>
      )}
      <GuardBody report={report} crs={crs} canChange={canChange} />
    </Fold>
  );
}

function GuardBody({ report, crs, canChange }: Props & { readonly canChange: boolean }) {
  const { t } = useTranslation();
  const format = useFormats();
  const [chosen, setChosen] = useState<Reading | null>(null);
  const change = useChangeImport(report.id);
  const other = chosen === null || isSameReading(chosen, crs.decided) ? null : chosen;
  const places = useImportPlaces(report.id, other, report.state !== 'reading');
  const offset = other === null ? null : (places.data?.offsetMetres ?? null);
  return (
    <div className="import-guard">
      <div className="import-guard-choice">
        {canChange ? (
          <ReadingCards crs={crs} chosen={chosen ?? crs.decided} onChoose={setChosen} />
        ) : null}
        {other === null || !canChange ? null : (
          <div className="import-guard-apply">
            {offset === null ? null : (
              <p data-testid="import-offset">
                {t('imports.crs.offset', { metres: metresText(offset, format.number) })}
              </p>
            )}
            <button
              type="button"
              className="button button-primary"
              data-testid="import-crs-apply"
              disabled={change.isPending}
              onClick={() => change.mutate({ ...other }, { onSuccess: () => setChosen(null) })}
            >
              {t(change.isPending ? 'imports.crs.applying' : 'imports.crs.apply')}
            </button>
          </div>
        )}
        <ChangeNotice error={change.error} />
        {canChange ? (
          <div className="field">
            <label className="field-label" htmlFor="import-region">
              {t('imports.start.region')}
            </label>
            <RegionSelect
              id="import-region"
              value={report.region}
              onChange={(region) => change.mutate({ region })}
            />
          </div>
        ) : null}
      </div>
      <PlacesMap
        places={places.data?.items ?? NO_PLACES}
        other={other}
        isJudged={crs.decided !== null}
        isStale={places.isFetching}
      />
    </div>
  );
}
