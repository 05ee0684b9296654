import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { AboutDialog } from '#client/features/about/about.dialog.tsx';
import { LegendPanel } from '#client/features/legend/legend.panel.tsx';
import { SearchBox } from '#client/features/search/search-box.tsx';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import type { ViewPage } from '#client/state/url-state.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { DeleteDialog } from '#client/ui/form/delete-dialog.tsx';
import { LegendIcon, SettingsIcon } from '#client/ui/icons.tsx';
import { Announcer, OfflineBanner, Toast } from './announcements.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { useCard } from './cards.ts';
import { Controls } from './controls.tsx';
import { CornerNotes, DemonstrationBadge, Watermark } from './corner-notes.tsx';
import { Drawer } from './drawer.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { HelpDialog } from './help.dialog.tsx';
import { LeaveEdit } from './leave-edit.tsx';
import { MapSlot } from './map-slot.tsx';
import { NodePanel } from './node-panel.tsx';
import { SettingsSheet } from './settings-sheet.tsx';
import { SidePanel } from './side-panel.tsx';
import { useKeyboard } from './use-keyboard.ts';

const PHONE = '(max-width: 767px)';
const TABLET = '(max-width: 1100px)';
/** Up to this width the import page leaves no room for the map. */
const COVERED = '(max-width: 1180px)';
const LEGEND_SIDES = ['right', 'bottom'] as const;
const TOP_SIDES = ['top'] as const;
const PAGE_SIDES = ['left'] as const;

const ImportsPanel = lazy(async () => {
  const { ImportsPanel } = await import('#client/features/imports/imports.panel.tsx');
  return { default: ImportsPanel };
});

const FaultsPanel = lazy(async () => {
  const { FaultsPanel } = await import('#client/features/register-faults/faults.panel.tsx');
  return { default: FaultsPanel };
});

const DeletionsPanel = lazy(async () => {
  const { DeletionsPanel } = await import('#client/features/deletions/deletions.panel.tsx');
  return { default: DeletionsPanel };
});

/** The frame: the map fills the window, cards float over it in named slots. */
export function Shell() {
  const { t } = useTranslation();
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const isSmall = useMediaQuery(COVERED, false, { getInitialValueInEffect: false });
  const page = useViewPart((view) => view.page);
  const isCovered = page !== null && isSmall;
  useKeyboard();
  return (
    <div
      className={`shell ${isPhone ? 'is-phone' : 'is-wide'}${page === null ? '' : ` has-page has-${page.kind}`}`}
    >
      <a className="skip-link" href="#panel">
        {t('app.skipToPanel')}
      </a>
      <MapSlot isCovered={isCovered} />
      <Watermark />
      {page === null ? null : <Page page={page} isCovering={isCovered} />}
      {isCovered ? null : isPhone ? <PhoneFrame /> : <WideFrame hasPage={page !== null} />}
      <OfflineBanner />
      <Announcer />
      <Toast />
      <AboutDialog />
      <HelpDialog />
      <DeleteDialog />
      <LeaveEdit />
    </div>
  );
}

type PageProps = { readonly page: ViewPage; readonly isCovering: boolean };

function Page({ page, isCovering }: PageProps) {
  const card = useCard(PAGE_SIDES);
  return (
    <div
      ref={isCovering ? undefined : card}
      className={`page-slot card${isCovering ? ' is-covering' : ''}`}
    >
      <ErrorBoundary>
        <Suspense fallback={null}>
          {page.kind === 'imports' ? <ImportsPanel id={page.id} /> : null}
          {page.kind === 'faults' ? <FaultsPanel /> : null}
          {page.kind === 'deleted' ? <DeletionsPanel /> : null}
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}

function WideFrame({ hasPage }: { readonly hasPage: boolean }) {
  const { t } = useTranslation();
  const legend = useCard(LEGEND_SIDES);
  const isTablet = useMediaQuery(TABLET, false, { getInitialValueInEffect: false });
  return (
    <>
      {hasPage ? null : <SidePanel />}
      <Controls hasPage={hasPage} />
      <aside ref={legend} className="legend-card card" aria-label={t('legend.title')}>
        <LegendPanel />
      </aside>
      <DemonstrationBadge />
      <CornerNotes isShort={isTablet || hasPage} />
    </>
  );
}

function PhoneFrame() {
  const { t } = useTranslation();
  const { sheet, drawerStop } = useStore(uiStore);
  const top = useCard(TOP_SIDES);
  const open = (wanted: 'legend' | 'settings') =>
    uiStore.set(
      sheet === wanted
        ? { sheet: 'node' }
        : { sheet: wanted, drawerStop: drawerStop === 'peek' ? 'half' : drawerStop },
    );
  return (
    <>
      <div ref={top} className="phone-top card">
        <SearchBox />
        <Breadcrumb />
        <DemonstrationBadge />
      </div>
      <Drawer>
        <div className="phone-actions">
          <button
            type="button"
            className="phone-action card"
            data-testid="open-legend"
            aria-pressed={sheet === 'legend'}
            onClick={() => open('legend')}
          >
            <LegendIcon /> {t('controls.legend')}
          </button>
          <button
            type="button"
            className="phone-action card"
            data-testid="open-settings"
            aria-pressed={sheet === 'settings'}
            onClick={() => open('settings')}
          >
            <SettingsIcon /> {t('controls.settings')}
          </button>
        </div>
        {sheet === 'node' ? <NodePanel /> : null}
        {sheet === 'settings' ? <SettingsSheet /> : null}
        {sheet === 'legend' ? (
          <div className="panel-body sheet">
            <LegendPanel />
          </div>
        ) : null}
        <CornerNotes isShort />
      </Drawer>
    </>
  );
}
