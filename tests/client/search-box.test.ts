import { markMatch, nodeOf, optionsOf, spotOf } from '#client/features/search/found.ts';
import type { Option } from '#client/features/search/found.ts';
import { afterKey, afterTyping, CLOSED } from '#client/features/search/search-keys.ts';
import type { SearchAnswer, SearchItem } from '#client/api/search.ts';

const open = (active: number | null = null) => ({ text: '吉林', isOpen: true, active });

describe('the keys of the search box', () => {
  it('go down and up through the options and round', () => {
    const active = (from: number | null, key: string) => afterKey(open(from), key, 3)?.state.active;

    expect([active(null, 'ArrowDown'), active(0, 'ArrowDown'), active(2, 'ArrowDown')]).toEqual([
      0, 1, 0,
    ]);
    expect([active(null, 'ArrowUp'), active(0, 'ArrowUp'), active(2, 'ArrowUp')]).toEqual([
      2, 2, 1,
    ]);
  });

  it('open a closed list before they move in it', () => {
    expect(afterKey({ ...open(), isOpen: false }, 'ArrowDown', 3)?.state).toEqual(open());
  });

  it('are not the box’s business without a text or for other keys', () => {
    expect(afterKey(CLOSED, 'ArrowDown', 3)).toBeNull();
    expect(afterKey(open(), 'a', 3)).toBeNull();
    expect(afterKey(open(), 'Enter', 0)).toBeNull();
  });

  it('choose with Enter', () => {
    expect(afterKey(open(1), 'Enter', 3)).toEqual({ state: open(1), does: 'choose' });
  });

  it('close the list with Esc, then empty the field, then leave it', () => {
    const first = afterKey(open(1), 'Escape', 3);
    const second = afterKey(first?.state ?? CLOSED, 'Escape', 3);
    const third = afterKey(second?.state ?? open(), 'Escape', 0);

    expect(first).toEqual({ state: { text: '吉林', isOpen: false, active: null }, does: null });
    expect(second).toEqual({ state: CLOSED, does: null });
    expect(third?.does).toBe('leave');
  });

  it('a new text opens the list with nothing chosen; blanks alone do not', () => {
    expect(afterTyping('jl')).toEqual({ text: 'jl', isOpen: true, active: null });
    expect(afterTyping('  ').isOpen).toBe(false);
  });
});

function anItem(patch: Partial<SearchItem> = {}): SearchItem {
  return {
    id: '220200',
    code: null,
    names: { zh: '吉林市', en: 'Jilin City' },
    match: { on: 'name', how: 'start' },
    parentPath: [],
    belongsTo: null,
    depth: null,
    state: null,
    level: null,
    lastLevel: null,
    position: null,
    bbox: null,
    ...patch,
  };
}

describe('what a row of the search leads to', () => {
  const at = (kind: Option['kind'], patch: Partial<SearchItem> = {}): Option => ({
    kind,
    item: anItem(patch),
  });

  it('is the record, of a hazard source its risk point', () => {
    const belongsTo = {
      kind: 'risk-point',
      id: 'p1',
      names: { zh: '点', en: null },
      of: null,
    } as const;

    expect(nodeOf(at('region'))).toEqual({ kind: 'region', code: '220200' });
    expect(nodeOf(at('enterprise', { id: 'e1' }))).toEqual({ kind: 'enterprise', id: 'e1' });
    expect(nodeOf(at('hazard-source', { id: 'h1', belongsTo }))).toEqual({
      kind: 'risk-point',
      id: 'p1',
    });
    expect(nodeOf(at('place'))).toBeNull();
  });

  it('is a spot for a coordinate, with what was typed', () => {
    const found = spotOf(at('coordinate', { position: [126.55, 43.84] }), '126.55,43.84');

    expect(found).toMatchObject({
      here: { at: [126.55, 43.84], typed: '126.55,43.84', name: null },
      camera: { zoom: 14, lng: 126.55, lat: 43.84 },
    });
    expect(spotOf(at('place'), '')).toBeNull();
  });

  it('shows the whole of a wide jurisdiction', () => {
    const found = spotOf(
      at('jurisdiction', { position: [128, 42], bbox: [127, 41.5, 129, 42.5] }),
      '',
    );

    // 2° of 360° over one and a half tiles: log2(180 · 1.5) = 8.08.
    expect(found?.camera.zoom).toBeCloseTo(8.08, 2);
  });

  it('numbers the rows over all groups', () => {
    const groups = [
      { kind: 'region', items: [anItem(), anItem({ id: '220000' })], more: false },
      { kind: 'place', items: [anItem({ id: 'x' })], more: false },
    ] as const;
    const answer = { query: 'q', searched: [], groups, wider: null } as unknown as SearchAnswer;

    expect(optionsOf(answer).map(({ kind, item }) => `${kind}/${item.id}`)).toEqual([
      'region/220200',
      'region/220000',
      'place/x',
    ]);
    expect(optionsOf(undefined)).toEqual([]);
  });
});

describe('the match in a name', () => {
  it('is marked whatever the case, and nothing where it is not in the name', () => {
    expect(markMatch('Jilin Works', 'WORKS')).toEqual([
      { text: 'Jilin ', isMatch: false },
      { text: 'Works', isMatch: true },
    ]);
    expect(markMatch('吉林石化', 'jlsh')).toEqual([{ text: '吉林石化', isMatch: false }]);
  });
});
