import { riskPointFaults } from '#server/domain/register/risk-point-rules.ts';
import type {
  PointBefore,
  RiskPointChanges,
  RiskPointFacts,
} from '#server/domain/register/risk-point-rules.ts';

const NOW = Date.UTC(2026, 5, 15);
const ENTERPRISE = '018f0000-0000-7000-8000-000000000001';
const AT = [125.5, 43.25] as const;
const SHAPE = { type: 'Point', coordinates: AT };

const facts = (more: Partial<RiskPointFacts> = {}): RiskPointFacts => ({
  now: NOW,
  regionIsKnown: true,
  enterpriseExists: true,
  firstAssessedAt: null,
  before: null,
  ...more,
});
const before = (more: Partial<PointBefore> = {}): PointBefore => ({
  kind: 'facility',
  enterpriseId: ENTERPRISE,
  lifecycle: 'running',
  existsFrom: 0,
  ...more,
});
const pointers = (changes: RiskPointChanges, more: Partial<RiskPointFacts> = {}) =>
  riskPointFaults(changes, facts(more)).map(({ pointer }) => pointer);

describe('the rules of a risk point', () => {
  it('tell every fault of a new one', () => {
    const changes: RiskPointChanges = {
      kind: 'place',
      fields: ['x'],
      existsFrom: NOW + 1,
      regionCode: '990199',
    };

    expect(pointers(changes, { regionIsKnown: false })).toEqual([
      '/enterpriseId',
      '/fields/0',
      '/position',
      '/existsFrom',
      '/regionCode',
    ]);
  });

  it.each([
    ['a position', { position: AT }, []],
    ['a geometry', { geometry: SHAPE }, []],
    ['both', { position: AT, geometry: SHAPE }, ['/position']],
    ['neither', {}, ['/position']],
    ['a geometry that cannot be read', { geometry: undefined }, []],
    ['a position beyond the map', { position: [0, 85.01] as const }, ['/position/1']],
  ])('want one place of a new one: %s', (_, place, expected) => {
    expect(pointers({ kind: 'public_place', ...place })).toEqual(expected);
  });

  it.each([
    ['a public place without one', { kind: 'public_place' }, null, true, []],
    ['a public place with one', { kind: 'public_place', enterpriseId: ENTERPRISE }, null, true, []],
    ['an activity without one', { kind: 'activity' }, null, true, ['/enterpriseId']],
    [
      'an unknown one',
      { kind: 'activity', enterpriseId: ENTERPRISE },
      null,
      false,
      ['/enterpriseId'],
    ],
    ['one that cannot be read', { kind: 'activity', enterpriseId: undefined }, null, false, []],
    ['a kind that cannot be read', { kind: undefined, enterpriseId: null }, null, false, []],
    ['one taken away', { enterpriseId: null }, before(), true, ['/enterpriseId']],
    [
      'one taken away with the kind',
      { enterpriseId: null, kind: 'public_place' },
      before(),
      true,
      [],
    ],
    ['another kind', { kind: 'place' }, before(), true, []],
    [
      'a public place made a facility',
      { kind: 'facility' },
      before({ kind: 'public_place', enterpriseId: null }),
      true,
      ['/enterpriseId'],
    ],
    ['nothing said', {}, before({ enterpriseId: null }), true, []],
  ] as const)('keep the enterprise: %s', (_, changes, was, enterpriseExists, expected) => {
    const all = was === null ? { position: AT, ...changes } : changes;

    expect(pointers(all, { before: was, enterpriseExists })).toEqual(expected);
  });

  it.each([
    [NOW, null, []],
    [NOW + 1, null, ['/existsFrom']],
    [NOW - 10, NOW - 10, []],
    [NOW - 9, NOW - 10, ['/existsFrom']],
  ])(
    'let it begin at %i when it was first assessed at %s',
    (existsFrom, firstAssessedAt, expected) => {
      expect(pointers({ existsFrom }, { before: before(), firstAssessedAt })).toEqual(expected);
    },
  );

  it('refuse planned for what was assessed, unless it is planned already', () => {
    const planned = { lifecycle: 'planned' } as const;

    expect(pointers(planned, { before: before() })).toEqual([]);
    expect(pointers(planned, { before: before(), firstAssessedAt: 1 })).toEqual(['/lifecycle']);
    expect(pointers({ lifecycle: 'closed' }, { before: before(), firstAssessedAt: 1 })).toEqual([]);
    expect(
      pointers(planned, { before: before({ lifecycle: 'planned' }), firstAssessedAt: 1 }),
    ).toEqual([]);
  });
});
