import {
  choose,
  chosenValues,
  defaultVersion,
  readDraft,
  writeDraft,
} from '#client/features/risk-points/assessment-draft.ts';
import type { Draft } from '#client/features/risk-points/assessment-draft.ts';
import { faultsByField } from '#client/features/risk-points/form-faults.ts';
import { withStanding } from '#client/features/risk-points/record-standing.ts';
import { bySeverity } from '#client/features/regions/region-order.ts';
import type { MethodVersion } from '#server/features/methods/methods.contract.ts';

const names = { zh: '名', en: 'name' };
const scaleOf = (...values: number[]) =>
  values.map((value) => ({ value, text: names, verified: true }));

const aVersion = (overrides: Partial<MethodVersion> = {}): MethodVersion => ({
  method: 'lec',
  version: 'national@1',
  variant: 'national',
  revision: 1,
  isDefault: true,
  kind: 'product',
  name: names,
  description: names,
  formula: 'L × E × C',
  factors: [
    { id: 'L', name: names, scale: scaleOf(10, 6, 3) },
    { id: 'E', name: names, scale: scaleOf(10, 6) },
  ],
  bands: [],
  clause: names,
  source: '',
  verified: true,
  validFrom: '2016-10-09',
  validTo: null,
  ...overrides,
});

const aDraft = (overrides: Partial<Draft> = {}): Draft => ({
  subjectId: 'p1',
  basis: 'current',
  method: 'lec',
  version: 'national@1',
  values: {},
  ...overrides,
});

function aStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

describe('the draft of an assessment', () => {
  it('comes back after a reload as it was', () => {
    const storage = aStorage();
    const draft = choose(aDraft(), 'L', 6);

    writeDraft(storage, 'p1', draft);

    expect(readDraft(storage, 'p1')).toEqual(draft);
    expect(readDraft(storage, 'p2')).toBeNull();
  });

  it('is gone once it was saved', () => {
    const storage = aStorage();
    writeDraft(storage, 'p1', aDraft());

    writeDraft(storage, 'p1', null);

    expect(readDraft(storage, 'p1')).toBeNull();
  });

  it('is left aside when what is stored cannot be read', () => {
    const storage = aStorage();
    storage.setItem('assessment-draft:p1', '{"subjectId": 1');
    storage.setItem('assessment-draft:p2', '{"subjectId": 1}');

    expect([readDraft(storage, 'p1'), readDraft(storage, 'p2')]).toEqual([null, null]);
  });

  it('keeps the choices of one method while another is looked at', () => {
    const chosen = choose(aDraft(), 'L', 6);
    const other = choose({ ...chosen, method: 'ls', version: '5x5@1' }, 'L', 3);

    const back = { ...other, method: 'lec', version: 'national@1' };

    expect(chosenValues(back, aVersion())).toEqual({ L: 6 });
  });

  it('drops a choice that the scale no longer offers', () => {
    const draft = choose(choose(aDraft(), 'L', 1), 'E', 6);

    expect(chosenValues(draft, aVersion())).toEqual({ E: 6 });
  });

  it('starts with the variant that the method marks as its default', () => {
    const first = aVersion({ version: 'mwr-2018@1', isDefault: false });
    const second = aVersion();
    const method = { id: 'lec', names, description: names, versions: [first, second] };

    expect(defaultVersion(method)?.version).toBe('national@1');
    expect(defaultVersion(undefined)).toBeUndefined();
  });
});

describe('the faults of a refused assessment', () => {
  it('stand at the factor they point at, the others together', () => {
    const faults = [
      { detail: 'not on the scale', pointer: '/inputs/L' },
      { detail: 'a number', pointer: '/inputs/L' },
      { detail: 'unknown factor', pointer: '/inputs/X' },
      { detail: 'in the future', pointer: '/assessedAt' },
    ];

    expect(faultsByField(faults, ['L', 'E', 'C'])).toEqual({
      factors: { L: 'not on the scale a number' },
      others: ['unknown factor', 'in the future'],
    });
  });
});

describe('the standing of stored assessments', () => {
  const now = Date.parse('2026-11-22T00:00:00Z');
  const a = (subjectId: string, validUntil: string | null = null) => ({
    subjectId,
    basis: 'current' as const,
    state: 'in_force' as const,
    validUntil,
  });
  const standings = (items: Parameters<typeof withStanding>[0]) =>
    withStanding(items, now).map(({ standing }) => standing);

  it('is in force for the newest of each subject only', () => {
    expect(standings([a('s1'), a('s2'), a('s1')])).toEqual(['in_force', 'in_force', 'replaced']);
  });

  it('never replaces one basis by the other', () => {
    expect(standings([a('s1'), { ...a('s1'), basis: 'inherent' }])).toEqual([
      'in_force',
      'in_force',
    ]);
  });

  it('has lapsed from the moment it was valid until', () => {
    expect(standings([a('s1', '2026-11-22T00:00:00Z'), a('s2', '2026-11-22T00:00:01Z')])).toEqual([
      'lapsed',
      'in_force',
    ]);
  });

  it('leaves drafts and returned ones what they are', () => {
    expect(standings([{ ...a('s1'), state: 'draft' }, a('s1')])).toEqual(['draft', 'in_force']);
  });
});

describe('the order of regions', () => {
  it('puts the worst colour first, then the higher mean, and those without a colour last', () => {
    const region = (code: string, level: 1 | 2 | 3 | 4 | null, w: number | null, n1 = 0) => ({
      code,
      level,
      w,
      n1,
      total: 10,
    });
    const regions = [
      region('a', null, null, 9),
      region('b', 3, 1.6),
      region('c', 1, 5.1),
      region('d', 3, 2.4),
      region('e', 3, 2.4, 2),
    ];

    expect(regions.toSorted(bySeverity).map(({ code }) => code)).toEqual(['c', 'e', 'd', 'b', 'a']);
  });
});
