import { createStore } from './store.ts';

export type DrawerStop = 'peek' | 'half' | 'full';
export type Sheet = 'node' | 'legend' | 'settings';

/** A message after a save; with an action it can be taken back or followed. */
export type Toast = {
  readonly text: string;
  /** Import that it is about: not told where that is shown. */
  readonly ofImport?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
};

/** Lists of a region. */
export type RegionTab = 'regions' | 'enterprises' | 'risk-points';

type WantedList = {
  /** Code of the region that it is wanted of. */
  readonly region: string;
  readonly tab: RegionTab;
  /** Only the risk points in this box: west,south,east,north in degrees, WGS 84; null: all. */
  readonly box: string | null;
};

export type UiState = {
  /** Whether the reasons under the title are open; closed again on each new node. */
  readonly isWhyOpen: boolean;
  readonly isFormOpen: boolean;
  readonly isPanelCollapsed: boolean;
  readonly drawerStop: DrawerStop;
  /** What the phone drawer shows. */
  readonly sheet: Sheet;
  readonly dialog: 'about' | 'help' | null;
  readonly toast: Toast | null;
  /** Set when a link led to a new node: its title takes the focus that the old card held. */
  readonly wantsTitleFocus: boolean;
  /** The list that the card of a region opens with when it is next shown; null: the usual one. */
  readonly wantsList: WantedList | null;
};

/** State of the frame that is not worth an address: open sections, drawer height, dialogs. */
export const uiStore = createStore<UiState>({
  isWhyOpen: false,
  isFormOpen: false,
  isPanelCollapsed: false,
  drawerStop: 'half',
  sheet: 'node',
  dialog: null,
  toast: null,
  wantsTitleFocus: false,
  wantsList: null,
});
