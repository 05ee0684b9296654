import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { AboutDialog } from '#client/features/about/about.dialog.tsx';
import { LegendPanel } from '#client/features/legend/legend.panel.tsx';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { LegendIcon, SettingsIcon } from '#client/ui/icons.tsx';
import { Announcer, OfflineBanner, Toast } from './announcements.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { useCard } from './cards.ts';
import { Controls } from './controls.tsx';
import { CornerNotes, DemonstrationBadge, Watermark } from './corner-notes.tsx';
import { Drawer } from './drawer.tsx';
import { HelpDialog } from './help.dialog.tsx';
import { MapSlot } from './map-slot.tsx';
import { NodePanel } from './node-panel.tsx';
import { SettingsSheet } from './settings-sheet.tsx';
import { SidePanel } from './side-panel.tsx';
import { useKeyboard } from './use-keyboard.ts';

const PHONE = '(max-width: 767px)';
const TABLET = '(max-width: 1100px)';
const LEGEND_SIDES = ['right', 'bottom'] as const;
const TOP_SIDES = ['top'] as const;

/** The frame: the map fills the window, cards float over it in named slots. */
export function Shell() {
  const { t } = useTranslation();
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  useKeyboard();
  return (
    <div className={`shell ${isPhone ? 'is-phone' : 'is-wide'}`}>
      <a className="skip-link" href="#panel">
        {t('app.skipToPanel')}
      </a>
      <MapSlot />
      <Watermark />
      {isPhone ? <PhoneFrame /> : <WideFrame />}
      <OfflineBanner />
      <Announcer />
      <Toast />
      <AboutDialog />
      <HelpDialog />
    </div>
  );
}

function WideFrame() {
  const { t } = useTranslation();
  const legend = useCard(LEGEND_SIDES);
  const isTablet = useMediaQuery(TABLET, false, { getInitialValueInEffect: false });
  return (
    <>
      <SidePanel />
      <Controls />
      <aside ref={legend} className="legend-card card" aria-label={t('legend.title')}>
        <LegendPanel />
      </aside>
      <DemonstrationBadge />
      <CornerNotes isShort={isTablet} />
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
