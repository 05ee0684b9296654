import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useImportPlaces, useImportRows } from '#client/api/imports.ts';
import { usePathsAt } from '#client/api/search.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { useFormats } from '#client/ui/use-format.ts';
import { FaultyDownload } from './faulty-download.tsx';
import { ImportLink } from './import-link.tsx';
import { boxOf, boxText, cameraOver, commonRegion, spreadSample } from './places.ts';
import type { At } from './places.ts';

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

/**
 * Where the rows lie that were written: the service's selection of the whole file, and the first
 * rows one by one, as that selection leaves out what was corrected by hand.
 */
function useWritten({ id, crs, new: added, changed }: ImportReport): readonly At[] {
  const hasPlaces = crs !== null;
  const places = useImportPlaces(id, hasPlaces).data?.items ?? [];
  const addedRows = useImportRows(id, 'new', hasPlaces && added > 0).data?.pages ?? [];
  const changedRows = useImportRows(id, 'changed', hasPlaces && changed > 0).data?.pages ?? [];
  const rows = [...addedRows, ...changedRows].flatMap(({ items }) => items);
  return [...places.filter(({ status }) => status !== 'faulty'), ...rows].flatMap(({ position }) =>
    position === null ? [] : [position],
  );
}

/** Smallest region that holds what was written; the one the file is said to be of where it has no places. */
function useRegionOf(report: ImportReport, written: readonly At[]): string | null {
  const paths = usePathsAt(spreadSample(written).map(([lon, lat]) => `${lon},${lat}`));
  const codes = paths.flatMap((path) => (path === undefined ? [] : [path.map(({ code }) => code)]));
  return commonRegion(codes) ?? report.region;
}

/** About what the panel beside the map leaves of the window, or the drawer of a phone; CSS pixels. */
function freePart(): { readonly width: number; readonly height: number } {
  const { innerWidth: width, innerHeight: height } = window;
  return width < 768
    ? { width: width * 0.7, height: height * 0.25 }
    : { width: width * 0.5, height: height * 0.6 };
}

/** Leaves the page and brings what was written onto the map, and into the panel beside it. */
function ShowOnMap({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const written = useWritten(report);
  const region = useRegionOf(report, written);
  const show = () => {
    const box = boxOf(written);
    uiStore.set({
      wantsList:
        report.kind === 'enterprises'
          ? { tab: 'enterprises', box: null }
          : { tab: 'risk-points', box: box === null ? null : boxText(box) },
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
