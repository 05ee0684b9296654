import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bbox } from '#server/domain/geometry/bbox.ts';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useImportPlaces } from '#client/api/imports.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { useFormats } from '#client/ui/use-format.ts';
import { FaultyDownload } from './faulty-download.tsx';
import { ImportLink } from './import-link.tsx';
import { RECORDS } from './import-words.ts';
import { boxOf, boxText, cameraOver } from './places.ts';

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

/** About what the panel beside the map leaves of the window, or the drawer of a phone; CSS pixels. */
function freePart(): { readonly width: number; readonly height: number } {
  const { innerWidth: width, innerHeight: height } = window;
  return width < 768
    ? { width: width * 0.7, height: height * 0.25 }
    : { width: width * 0.5, height: height * 0.6 };
}

/** The list in which what was written stands; of risk points only those where the rows lie. */
function listOf(kind: ImportReport['kind'], box: Bbox | null) {
  return kind === 'enterprises'
    ? ({ tab: 'enterprises', box: null } as const)
    : ({ tab: 'risk-points', box: box && boxText(box) } as const);
}

/** Leaves the page and brings what was written onto the map, and into the panel beside it. */
function ShowOnMap({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const places = useImportPlaces(report.id, report.crs !== null).data;
  const written = (places?.items ?? [])
    .filter(({ status }) => status !== 'faulty')
    .map(({ position }) => position);
  // Where the rows have no places, the region that the file is said to be of.
  const region = places?.region ?? report.region;
  const show = () => {
    const box = boxOf(written);
    uiStore.set({
      wantsList: region === null ? null : { region, ...listOf(report.kind, box) },
      sheet: 'node',
    });
    viewStore.set(
      {
        page: null,
        ...(region === null ? {} : { node: { kind: 'region', code: region } }),
        ...(box === null ? {} : { camera: cameraOver(box, freePart()) }),
      },
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
