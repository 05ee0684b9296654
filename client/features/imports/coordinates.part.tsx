import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useChangeImport, useImportPlaces, useOtherPlaces } from '#client/api/imports.ts';
import { Name } from '#client/ui/name.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { ChangeNotice } from './change-notice.tsx';
import { Fold } from './fold.tsx';
import { comparedReadings, isSameReading, metresText, standingOf } from './import-words.ts';
import type { Reading } from './import-words.ts';
import { withReadings } from './places.ts';
import type { ReadPlace } from './places.ts';
import { PlacesMap } from './places-map.tsx';
import { ReadingCards } from './reading-cards.tsx';
import { RegionSelect } from './region-select.tsx';

export type Guard = NonNullable<ImportReport['crs']>;

const NO_PLACES: readonly ReadPlace[] = [];

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
  const compared = canChange ? comparedReadings(crs, chosen) : [];
  const { places, offsets, isStale } = useComparison(report, compared);
  const offset = offsets[compared.findIndex((each) => isSameReading(each, other))] ?? null;
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
      <PlacesMap places={places} crs={crs} compared={compared} chosen={other} isStale={isStale} />
    </div>
  );
}

/** The rows as they are read and by the other readings, and how far apart those are. */
function useComparison(report: ImportReport, compared: readonly Reading[]) {
  const base = useImportPlaces(report.id, report.state !== 'reading');
  const others = useOtherPlaces(report.id, compared);
  const rows = base.data?.items ?? NO_PLACES;
  const places = useMemo(() => withReadings(rows, others.places), [rows, others.places]);
  return { places, offsets: others.offsets, isStale: base.isFetching || others.isFetching };
}
