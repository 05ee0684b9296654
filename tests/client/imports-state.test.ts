import { isAtWork, pollDelay } from '#client/api/import-poll.ts';
import {
  countEdits,
  dropAllEdits,
  editCell,
  editsOf,
  withoutSaved,
} from '#client/features/imports/cell-edits.ts';
import { stepByKey } from '#client/features/imports/grid-keys.ts';
import { hasUnsentWork, holdToAsk, leavingStore } from '#client/features/imports/leaving.ts';
import { savesOf } from '#client/features/imports/pending-saves.ts';
import { namesNoPlace, parseUrl, toUrl } from '#client/state/url-state.ts';
import { createViewStore } from '#client/state/view-store.ts';

const IMPORT = '01a20470-7b60-71d1-ac4f-a2947a3de445';

describe('the address of an import', () => {
  it('names the import, the tab of its rows and the node under it', () => {
    const view = parseUrl(`/imports/${IMPORT}?at=r.220200&rows=faulty#8/43.5/126.5`);

    expect(view.page).toEqual({ kind: 'imports', id: IMPORT, rows: 'faulty' });
    expect(view.node).toEqual({ kind: 'region', code: '220200' });
    expect(view.camera).toEqual({ zoom: 8, lat: 43.5, lng: 126.5 });
    expect(toUrl(view)).toBe(`/imports/${IMPORT}?at=r.220200&rows=faulty#8/43.5/126.5`);
  });

  it('is the list where there is no identifier, and nothing where it is not one', () => {
    expect(parseUrl('/imports').page).toEqual({ kind: 'imports', id: null, rows: null });
    expect(parseUrl('/imports/12').page).toBeNull();
    expect(parseUrl(`/imports/${IMPORT}/rows`).page).toBeNull();
  });

  it('leaves the tab and the node out where they are not known', () => {
    const view = parseUrl(`/imports/${IMPORT}?at=x.1&rows=all`);

    expect(view.page).toEqual({ kind: 'imports', id: IMPORT, rows: null });
    expect(toUrl(view)).toBe(`/imports/${IMPORT}`);
  });

  it('leaves the first region to the service only where no node is named', () => {
    expect(['/', '/imports', `/imports/${IMPORT}?at=x.1`].map(namesNoPlace)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['/r/220000', '/imports?at=r.220200', '/nowhere'].map(namesNoPlace)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('makes a history entry for the page and none for its tabs; the camera stays', () => {
    const entries = ['/r/220200#8/43.5/126.5'];
    const store = createViewStore({
      href: () => `http://localhost${entries.at(-1)}`,
      push: (url) => entries.push(url),
      replace: (url) => entries.splice(-1, 1, url),
      onPop: () => undefined,
      back: () => undefined,
    });
    const page = { kind: 'imports', id: IMPORT, rows: null } as const;

    store.set({ page }, 'push');
    store.set({ page: { ...page, rows: 'new' } }, 'replace');
    store.set({ page: null }, 'push');

    expect(entries).toEqual([
      '/r/220200#8/43.5/126.5',
      `/imports/${IMPORT}?at=r.220200&rows=new#8/43.5/126.5`,
      '/r/220200#8/43.5/126.5',
    ]);
  });
});

describe('asking for an import again', () => {
  it('is done every second while work is under way, and not once it rests', () => {
    expect(pollDelay({ state: 'reading' })).toBe(1000);
    expect(pollDelay({ state: 'committing' })).toBe(1000);
    for (const state of ['ready', 'rejected', 'committed', 'failed', 'cancelled'] as const) {
      expect(pollDelay({ state })).toBe(false);
      expect(isAtWork(state)).toBe(false);
    }
    expect(pollDelay({ state: undefined })).toBe(false);
  });

  it('is done seldom after a failure, and still less from a page that nobody sees', () => {
    expect(pollDelay({ state: 'reading', hasFailed: true })).toBe(5000);
    expect(pollDelay({ state: 'reading', isHidden: true })).toBe(15_000);
    expect(pollDelay({ state: 'ready', isHidden: true })).toBe(false);
  });
});

describe('corrected cells', () => {
  const cell = (header: string, value: string, saved = 'x') => ({ header, value, saved });

  it('are kept by row and header until they are saved', () => {
    const edits = editCell(editCell({}, 3, cell('经度', '126.5')), 3, cell('纬度', '43.8'));

    expect(edits).toEqual({ 3: { 经度: '126.5', 纬度: '43.8' } });
    expect(countEdits(editCell(edits, 9, cell('经度', '127')))).toBe(3);
  });

  it('are none any more when they are back at what is saved', () => {
    const edits = editCell({}, 3, cell('经度', '126.5'));

    expect(editCell(edits, 3, cell('经度', 'x'))).toEqual({});
  });

  it('outlive their save only where they were changed again meanwhile', () => {
    const edits = { 3: { 经度: '126.55', 纬度: '43.8' }, 4: { 经度: '1' } };

    expect(withoutSaved(edits, 3, { 经度: '126.5', 纬度: '43.8' })).toEqual({
      3: { 经度: '126.55' },
      4: { 经度: '1' },
    });
    expect(withoutSaved(edits, 4, { 经度: '1' })).toEqual({ 3: edits[3] });
  });

  it('hold the way out until the reader has been asked', () => {
    const go = () => undefined;
    expect(holdToAsk(go)).toBe(false);

    editsOf(IMPORT).set({ edits: { 3: { 经度: '126.5' } } });

    expect(hasUnsentWork()).toBe(true);
    expect(holdToAsk(go)).toBe(true);
    expect(leavingStore.get().go).toBe(go);
    savesOf(IMPORT).pending.set(3, Promise.resolve());
    expect(hasUnsentWork()).toBe(false);
    savesOf(IMPORT).failed.add(3);
    expect(hasUnsentWork()).toBe(true);
    dropAllEdits();
    expect(holdToAsk(go)).toBe(false);
    leavingStore.set({ go: null });
  });
});

describe('arrow keys in the cells', () => {
  const at = (start: number, end = start, length = 5) => ({ start, end, length });

  it('go up and down from anywhere in the text', () => {
    expect(stepByKey('ArrowDown', at(2))).toEqual({ rows: 1, columns: 0 });
    expect(stepByKey('ArrowUp', at(2))).toEqual({ rows: -1, columns: 0 });
  });

  it('go sideways only from the edge of the text or when all of it is selected', () => {
    expect(stepByKey('ArrowRight', at(5))).toEqual({ rows: 0, columns: 1 });
    expect(stepByKey('ArrowLeft', at(0))).toEqual({ rows: 0, columns: -1 });
    expect(stepByKey('ArrowLeft', at(0, 5))).toEqual({ rows: 0, columns: -1 });
    expect(stepByKey('ArrowRight', at(0, 5))).toEqual({ rows: 0, columns: 1 });
    expect(stepByKey('ArrowRight', at(4))).toBeNull();
    expect(stepByKey('ArrowLeft', at(1))).toBeNull();
  });

  it('leave every other key to the text', () => {
    expect(stepByKey('Home', at(0))).toBeNull();
    expect(stepByKey('a', at(5))).toBeNull();
  });
});
