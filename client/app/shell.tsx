import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { AboutDialog } from '#client/features/about/about.dialog.tsx';
import { LegendPanel } from '#client/features/legend/legend.panel.tsx';
import { usePublication } from '#client/api/publication.ts';
import { ToldLegendPanel } from '#client/features/publication/told-legend.panel.tsx';
import { SearchBox } from '#client/features/search/search-box.tsx';
import { sessionStore, useIsShut } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { DeleteDialog } from '#client/ui/form/delete-dialog.tsx';
import { LegendIcon, SettingsIcon } from '#client/ui/icons.tsx';
import { AccountButton } from './account-button.tsx';
import { Announcer, OfflineBanner, Toast } from './announcements.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { useCard } from './cards.ts';
import { Controls } from './controls.tsx';
import { CornerNotes, Watermark } from './corner-notes.tsx';
import { DemonstrationBar } from './demo-identity.tsx';
import { Drawer } from './drawer.tsx';
import { HelpDialog } from './help.dialog.tsx';
import { LeaveEdit } from './leave-edit.tsx';
import { MapSlot } from './map-slot.tsx';
import { NodePanel } from './node-panel.tsx';
import { Page } from './page.tsx';
import { SettingsSheet } from './settings-sheet.tsx';
import { SeenAsBar } from './seen-as.tsx';
import { SidePanel } from './side-panel.tsx';
import { useKeyboard } from './use-keyboard.ts';

const PHONE = '(max-width: 767px)';
const TABLET = '(max-width: 1100px)';
/** Up to this width the import page leaves no room for the map. */
const COVERED = '(max-width: 1180px)';
const LEGEND_SIDES = ['right', 'bottom'] as const;
const TOP_SIDES = ['top'] as const;
/** Until the first password is changed there is nothing else to be done. */
const FIRST_PASSWORD = { kind: 'password' } as const;

/** The frame: the map fills the window, cards float over it in named slots. */
export function Shell() {
  const { t } = useTranslation();
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const isSmall = useMediaQuery(COVERED, false, { getInitialValueInEffect: false });
  const asked = useViewPart((view) => view.page);
  const { session } = useStore(sessionStore);
  const page = session?.account?.mustChangePassword === true ? FIRST_PASSWORD : asked;
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

function WideFrame({ hasPage }: { readonly hasPage: boolean }) {
  const { t } = useTranslation();
  const legend = useCard(LEGEND_SIDES);
  const isShut = useIsShut();
  const isTold = useIsTold();
  const isTablet = useMediaQuery(TABLET, false, { getInitialValueInEffect: false });
  return (
    <>
      {hasPage ? null : <SidePanel />}
      <Controls hasPage={hasPage} />
      {isShut && !isTold ? null : (
        <aside ref={legend} className="legend-card card" aria-label={t('legend.title')}>
          {isShut ? <ToldLegendPanel /> : <LegendPanel />}
        </aside>
      )}
      <DemonstrationBar />
      <SeenAsBar />
      <CornerNotes isShort={isTablet || hasPage} />
    </>
  );
}

/** Whether there is anything that everyone is told; only asked for whoever sees nothing else. */
function useIsTold(): boolean {
  return usePublication().data?.publication != null;
}

function PhoneFrame() {
  const { t } = useTranslation();
  const { sheet, drawerStop } = useStore(uiStore);
  const top = useCard(TOP_SIDES);
  const isShut = useIsShut();
  const isTold = useIsTold();
  const hasLegend = !isShut || isTold;
  const open = (wanted: 'legend' | 'settings') =>
    uiStore.set(
      sheet === wanted
        ? { sheet: 'node' }
        : { sheet: wanted, drawerStop: drawerStop === 'peek' ? 'half' : drawerStop },
    );
  return (
    <>
      <div ref={top} className="phone-top card">
        <div className="phone-first">
          {isShut ? <p className="app-name">{t('app.name')}</p> : <SearchBox />}
          <AccountButton />
        </div>
        {hasLegend ? <Breadcrumb /> : null}
        <DemonstrationBar />
        <SeenAsBar />
      </div>
      <Drawer>
        <div className="phone-actions">
          {!hasLegend ? null : (
            <button
              type="button"
              className="phone-action card"
              data-testid="open-legend"
              aria-pressed={sheet === 'legend'}
              onClick={() => open('legend')}
            >
              <LegendIcon /> {t('controls.legend')}
            </button>
          )}
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
        {sheet === 'node' || (!hasLegend && sheet === 'legend') ? <NodePanel /> : null}
        {sheet === 'settings' ? <SettingsSheet /> : null}
        {sheet === 'legend' && hasLegend ? (
          <div className="panel-body sheet">{isShut ? <ToldLegendPanel /> : <LegendPanel />}</div>
        ) : null}
        <CornerNotes isShort />
      </Drawer>
    </>
  );
}
