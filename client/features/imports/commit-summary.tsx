import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useImportPlaces } from '#client/api/imports.ts';
import { viewStore } from '#client/state/view-store.ts';
import { useFormats } from '#client/ui/use-format.ts';
import { FaultyDownload } from './faulty-download.tsx';
import { ImportLink } from './import-link.tsx';
import { cameraOver, placesBox } from './places.ts';

const RECORDS = [
  'enterprises',
  'riskPoints',
  'hazardSources',
  'measures',
  'assessments',
] as const satisfies readonly (keyof ImportReport['effects'])[];

/** What was written, by kind of record, and the way to see it. */
export function CommitSummary({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const { effects, faulty, committedAt } = report;
  const records = RECORDS.filter((record) => {
    const { new: added, changed, unchanged } = effects[record];
    return added + changed + unchanged > 0;
  });
  return (
    <section className="import-summary" data-testid="import-summary">
      <h2 ref={title} tabIndex={-1}>
        {t('imports.done.title')}
      </h2>
      <p className="row-note">
        {committedAt === null ? null : t('imports.done.at', { time: format.dateTime(committedAt) })}
        {faulty > 0 ? ` · ${t('imports.done.skipped', { rows: format.number(faulty) })}` : ''}
      </p>
      <table className="import-effects">
        <thead>
          <tr>
            <th scope="col">{t('imports.done.record')}</th>
            <th scope="col">{t('imports.tab.new')}</th>
            <th scope="col">{t('imports.tab.changed')}</th>
            <th scope="col">{t('imports.tab.unchanged')}</th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record}>
              <th scope="row">{t(`imports.record.${record}`)}</th>
              <td>{format.number(effects[record].new)}</td>
              <td>{format.number(effects[record].changed)}</td>
              <td>{format.number(effects[record].unchanged)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="import-notice-actions">
        <ShowOnMap report={report} />
        <ImportLink to={null} className="button">
          {t('imports.done.another')}
        </ImportLink>
        {faulty > 0 ? <FaultyDownload id={report.id} /> : null}
      </p>
    </section>
  );
}

/** Leaves the page and brings what was written into the free part of the map. */
function ShowOnMap({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const places = useImportPlaces(report.id, null, report.crs !== null).data?.items ?? [];
  const show = () => {
    const box = placesBox(places.filter(({ status }) => status !== 'faulty'));
    const size = { width: window.innerWidth * 0.5, height: window.innerHeight * 0.6 };
    viewStore.set(
      { page: null, ...(box === null ? {} : { camera: cameraOver(box, size) }) },
      'push',
    );
  };
  return (
    <button
      type="button"
      className="button button-primary"
      data-testid="import-show"
      onClick={show}
    >
      {t('imports.done.show')}
    </button>
  );
}
