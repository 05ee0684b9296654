import { closeEdit } from './edit-store.ts';
import { closeHere } from './here-store.ts';
import { nodePath } from './url-state.ts';
import { uiStore } from './ui-store.ts';
import { viewStore } from './view-store.ts';

/** A new node closes what was open on the old one and brings its card to the front. */
export function followNodeChanges(): void {
  let last = nodePath(viewStore.get().node);
  viewStore.subscribe(() => {
    const path = nodePath(viewStore.get().node);
    if (path === last) return;
    last = path;
    closeEdit();
    closeHere();
    const { drawerStop } = uiStore.get();
    uiStore.set({
      isWhyOpen: false,
      isFormOpen: false,
      sheet: 'node',
      // On a phone the full drawer would hide the map moving to the new place.
      drawerStop: drawerStop === 'full' ? 'half' : drawerStop,
    });
  });
}
