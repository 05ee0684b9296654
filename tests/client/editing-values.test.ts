import { changedKeys, changesBody, mergeVersions, newBody } from '#client/ui/form/record-values.ts';
import {
  faultsAt,
  faultsByPointer,
  faultsElsewhere,
  withoutFaultsAt,
} from '#client/ui/form/faults.ts';
import { namesWire, readPlace, typedPlace } from '#client/ui/form/wire.ts';
import { enterpriseWire, newEnterprise } from '#client/features/enterprises/enterprise-values.ts';
import { accidentsOf } from '#client/features/hazard-sources/hazard-source-values.ts';
import {
  isInFuture,
  newRiskPoint,
  riskPointWire,
} from '#client/features/risk-points/risk-point-values.ts';

const plant = () => ({ ...newEnterprise([126.55, 43.84]), names: { zh: '示例厂', en: '' } });

describe('the body of a new record', () => {
  it('says what was typed and leaves out what is empty', () => {
    const values = { ...plant(), address: '  示例路 1 号 ', fields: ['gas', 'coal-mine'] };

    expect(newBody(enterpriseWire, values)).toEqual({
      names: { zh: '示例厂', en: null },
      position: [126.55, 43.84],
      lifecycle: 'running',
      fields: ['coal-mine', 'gas'],
      address: '示例路 1 号',
    });
  });

  it('of a public place has no enterprise, of an enterprise names it', () => {
    const wire = (id: string | null) =>
      newBody((values) => riskPointWire(values, 'Asia/Shanghai'), newRiskPoint(id));

    expect(wire(null)).toEqual({ kind: 'public_place', lifecycle: 'running' });
    expect(wire('e1')).toMatchObject({ kind: 'facility', enterpriseId: 'e1' });
  });
});

describe('the body of a change', () => {
  it('holds only what means something else than before', () => {
    const base = { ...plant(), address: '旧址', industry: '2614' };
    const values = { ...base, address: '', industry: ' 2614 ', principalName: '张三' };

    expect(changesBody(enterpriseWire, base, values)).toEqual({
      address: null,
      principalName: '张三',
    });
  });

  it('is empty when a field was changed back', () => {
    expect(changedKeys(enterpriseWire, plant(), plant())).toEqual([]);
  });

  it('sends a reason only beside a code that fails its check', () => {
    const failing = { ...plant(), uscc: '9122 0101 ma0000 0000', usccReason: '证照如此' };
    // 91350100M000100Y43 is the example of a right code: both its check characters fit.
    const right = { ...failing, uscc: '91350100M000100Y43' };

    expect(enterpriseWire(failing)).toMatchObject({
      uscc: '91220101MA00000000',
      usccReason: '证照如此',
    });
    expect(enterpriseWire(right)).toMatchObject({ uscc: '91350100M000100Y43', usccReason: null });
  });

  it('says a day as its midnight in the time zone of the service', () => {
    const values = { ...newRiskPoint(null), existsFrom: '2026-03-01' };

    // Shanghai is eight hours ahead of UTC.
    expect(riskPointWire(values, 'Asia/Shanghai').existsFrom).toBe('2026-02-28T16:00:00.000Z');
    expect(riskPointWire({ ...values, existsFrom: '' }, 'Asia/Shanghai').existsFrom).toBeNull();
  });

  it('knows that today has begun where the service is, although not yet in UTC', () => {
    const now = Date.parse('2026-03-01T17:00:00Z');

    expect(isInFuture('2026-03-02', 'Asia/Shanghai', now)).toBe(false);
    expect(isInFuture('2026-03-03', 'Asia/Shanghai', now)).toBe(true);
    expect(isInFuture('', 'Asia/Shanghai', now)).toBe(false);
  });

  it('keeps both names of an accident and finds those of the standard', () => {
    const named = [{ zh: '氨泄漏', en: 'Ammonia leak' }];

    expect(accidentsOf(['Ammonia leak', '火灾', '别的'], named)).toEqual([
      { zh: '氨泄漏', en: 'Ammonia leak' },
      { zh: '火灾', en: 'Fire' },
      { zh: '别的', en: null },
    ]);
  });

  it('keeps an English name without a Chinese one, so that its fault can be told', () => {
    expect(namesWire({ zh: ' ', en: '' })).toBeNull();
    expect(namesWire({ zh: '', en: 'Works' })).toEqual({ zh: '', en: 'Works' });
  });
});

describe('a typed place', () => {
  it('reads decimals, 度分秒 and the latitude first', () => {
    expect(readPlace({ text: '126.55, 43.84', crs: 'wgs84' })).toEqual({
      at: [126.55, 43.84],
      isSwapped: false,
    });
    expect(readPlace({ text: '43.84 126.55', crs: 'wgs84' })).toEqual({
      at: [126.55, 43.84],
      isSwapped: true,
    });
    // 126 + 33/60 = 126.55; 43 + 50/60 + 24/3600 = 43.84.
    const dms = readPlace({ text: '126°33′00″E 43°50′24″N', crs: 'cgcs2000' });
    expect(dms?.at[0]).toBeCloseTo(126.55, 9);
    expect(dms?.at[1]).toBeCloseTo(43.84, 9);
  });

  it('converts the declared system', () => {
    // 天安门: WGS 84 116.404, 39.915 is GCJ-02 116.410244, 39.916404.
    const read = readPlace({ text: '116.41024450, 39.91640428', crs: 'gcj02' });

    expect(read?.at[0]).toBeCloseTo(116.404, 5);
    expect(read?.at[1]).toBeCloseTo(39.915, 5);
  });

  it('is none where the text is no pair', () => {
    expect(readPlace({ text: '126.55', crs: 'wgs84' })).toBeNull();
    expect(readPlace({ text: '市政府', crs: 'wgs84' })).toBeNull();
  });

  it('gives a stored position back to the last digit, so that nothing seems changed', () => {
    const stored = [126.123456789012, -0.0000001] as const;

    expect(readPlace(typedPlace(stored))?.at).toEqual(stored);
  });
});

describe('the edits of two people', () => {
  const base = { ...plant(), address: '旧址', industry: '2614', category: '化工' };
  const mine = { ...base, address: '我的址', industry: '2619' };

  it('take theirs where nothing was touched here', () => {
    const theirs = { ...base, category: '石化' };

    const merged = mergeVersions(enterpriseWire, { base, mine, theirs });

    expect(merged.values).toMatchObject({ address: '我的址', industry: '2619', category: '石化' });
    expect(merged).toMatchObject({ conflicts: [], taken: ['category'] });
  });

  it('ask only where both changed the same field differently', () => {
    const theirs = { ...base, address: '他的址', industry: '2619' };

    const merged = mergeVersions(enterpriseWire, { base, mine, theirs });

    expect(merged.conflicts).toEqual(['address']);
    expect(merged.taken).toEqual([]);
    expect(merged.values.address).toBe('我的址');
  });
});

describe('the faults of a save', () => {
  const faults = faultsByPointer([
    { pointer: '/names/zh', detail: 'Is missing' },
    { pointer: '/position/1', detail: 'too far north' },
    { pointer: '/fields/3', detail: 'no code' },
    { pointer: '/other', detail: 'strange' },
    { detail: 'as a whole' },
  ]);

  it('stand at the field that they point into', () => {
    expect(faultsAt(faults, 'names/zh')).toEqual(['Is missing']);
    expect(faultsAt(faults, 'position')).toEqual(['too far north']);
    expect(faultsAt(faults, 'names/en')).toEqual([]);
    // `name` is not the beginning of a path to `names`.
    expect(faultsAt(faults, 'name')).toEqual([]);
  });

  it('are all shown: those of no field stand together', () => {
    expect(faultsElsewhere(faults, ['names', 'position', 'fields'])).toEqual([
      'strange',
      'as a whole',
    ]);
  });

  it('go once their field is changed', () => {
    expect(Object.keys(withoutFaultsAt(faults, 'position'))).not.toContain('position/1');
    expect(faultsAt(withoutFaultsAt(faults, 'position'), 'names')).toEqual(['Is missing']);
  });
});
