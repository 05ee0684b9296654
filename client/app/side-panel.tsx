import { useTranslation } from 'react-i18next';
import { SearchBox } from '#client/features/search/search-box.tsx';
import { useIsShut } from '#client/state/session-store.ts';
import { usePublication } from '#client/api/publication.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { ChevronLeft, ChevronRight } from '#client/ui/icons.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { useCard } from './cards.ts';
import { NodePanel } from './node-panel.tsx';

const SIDES = ['left'] as const;
/** Folded to the breadcrumb, it is a strip along the top rather than a column. */
const FOLDED_SIDES = ['top', 'left'] as const;

/** The panel of a desktop or tablet: the way down, folded to its breadcrumb when in the way. */
export function SidePanel() {
  const { t } = useTranslation();
  const isShut = useIsShut();
  const isTold = usePublication().data?.publication != null;
  const { isPanelCollapsed } = useStore(uiStore);
  const card = useCard(isPanelCollapsed ? FOLDED_SIDES : SIDES);
  return (
    <aside
      ref={card}
      id="panel"
      tabIndex={-1}
      className={`panel card${isPanelCollapsed ? ' is-folded' : ''}`}
      data-testid="panel"
      aria-label={t('panel.label')}
    >
      {isPanelCollapsed || isShut ? null : <SearchBox />}
      <div className="panel-top">
        {isShut && !isTold ? <p className="app-name">{t('app.name')}</p> : <Breadcrumb />}
        <button
          type="button"
          className="icon-button"
          data-testid="panel-collapse"
          aria-expanded={!isPanelCollapsed}
          aria-controls="panel-body"
          aria-label={t(isPanelCollapsed ? 'panel.expand' : 'panel.collapse')}
          title={t(isPanelCollapsed ? 'panel.expand' : 'panel.collapse')}
          onClick={() => uiStore.set({ isPanelCollapsed: !isPanelCollapsed })}
        >
          {isPanelCollapsed ? <ChevronRight /> : <ChevronLeft />}
        </button>
      </div>
      {isPanelCollapsed ? null : <NodePanel />}
    </aside>
  );
}
