import { ROLL_UP_RULES, rollUp } from '#server/domain/zoning/roll-up.ts';
import type { Area, AreaDepth, SubjectCounts } from '#server/domain/zoning/roll-up.ts';
import { noSubjects } from '#server/domain/zoning/subject-counts.ts';
import { subjects } from './some-subjects.ts';

const city: Area = { depth: 'city', notApplicable: 0 };
const county: Area = { depth: 'county', notApplicable: 0 };

function levelWithMajors(majors: number, depth: AreaDepth): number | null {
  return rollUp('weighted', subjects([majors, 0, 0, 1000]), { depth, notApplicable: 0 }).level;
}

describe('the weighted rule', () => {
  it('gives red for 30/42/22/6 with 8 never assessed', () => {
    // Σ = 300 + 210 + 44 + 6 = 560; W = 560 / 100; W⁺ = (560 + 5·8) / 108 = 5.5556.
    const result = rollUp('weighted', subjects([30, 42, 22, 6], 8), city);

    expect(result).toMatchObject({ state: 'assessed', level: 1, w: 5.6, wPlusLevel: 1 });
    expect(result.wPlus).toBeCloseTo(5.5556, 4);
    expect(result.pending).toBe(false);
    expect(result.floor).toBeNull();
    expect(result.gate).toMatchObject({ passed: true, threshold: 0.6, edgeLevel: 1 });
    expect(result.gate.share).toBeCloseTo(100 / 108, 12);
  });

  it('lifts a blue mean to yellow for one major, and says so', () => {
    // Σ = 10 + 30 + 96 + 145 = 281; W = 281 / 200 = 1.405; W⁺ = (281 + 250) / 250 = 2.124.
    const result = rollUp('weighted', subjects([1, 6, 48, 145], 50), city);

    expect(result).toMatchObject({ state: 'assessed', level: 3, w: 1.405, wPlus: 2.124 });
    expect(result.floor).toEqual({
      id: 'any-major',
      level: 3,
      count: 1,
      because: { zh: '因 1 处重大', en: 'because of 1 major-risk subject' },
    });
    expect(result.pending).toBe(false);
    expect(result.reasons.map((r) => r.id)).toEqual([
      'counts',
      'coloured',
      'mean',
      'blue',
      'any-major',
    ]);
    expect(result.reasons[2]?.zh).toBe('W = (10×1 + 5×6 + 2×48 + 1×145) ÷ 200 = 281 ÷ 200 = 1.405');
    expect(result.reasons[4]).toMatchObject({
      zh: '因 1 处重大，不低于黄',
      en: 'At least yellow, because of 1 major-risk subject',
    });
  });

  // One subject in ten at 5, and so on, so that W lands on or beside a cut.
  it.each([
    [[0, 1, 0, 0], 5, 1],
    [[0, 1, 2, 0], 3, 2],
    [[0, 0, 1, 1], 1.5, 3],
    [[0, 0, 49, 51], 1.49, 4],
    [[0, 99, 1, 0], 4.97, 2],
    [[0, 32, 67, 1], 2.95, 3],
  ] as const)('%j gives W %d, level %d', (by, w, level) => {
    const result = rollUp('weighted', subjects(by), city);

    expect(result.w).toBeCloseTo(w, 12);
    expect(result.level).toBe(level);
  });

  it('passes the gate at exactly 60 % and gives no colour below', () => {
    const at = rollUp('weighted', subjects([0, 0, 0, 6], 4), city);
    const below = rollUp('weighted', subjects([0, 0, 0, 599], 401), city);

    expect(at).toMatchObject({ state: 'assessed', level: 4, gate: { passed: true, share: 0.6 } });
    expect(below).toMatchObject({
      state: 'insufficient',
      level: null,
      pending: false,
      floor: null,
      gate: { passed: false, edgeLevel: 4 },
    });
  });

  it('keeps the edge of the worst known level below the gate, lapsed ones included', () => {
    const counts = subjects([0, 0, 1, 0], 5, [0, 1, 0, 0]);

    expect(rollUp('weighted', counts, city).gate.edgeLevel).toBe(2);
  });

  it('counts the last level of what has expired under 就高, and gives a mean of nothing no colour', () => {
    const lapsed = subjects([0, 0, 0, 0], 2, [1, 0, 0, 0]);

    expect(rollUp('highest', lapsed, city)).toMatchObject({ state: 'assessed', level: 1 });
    expect(rollUp('weighted', lapsed, city)).toMatchObject({
      state: 'insufficient',
      level: null,
      gate: { edgeLevel: 1 },
    });
  });

  it('counts an expired major in the floor, once', () => {
    const inside = rollUp('weighted', subjects([0, 0, 0, 10], 0, [0, 0, 0, 0], 1), city);
    const asSubject = rollUp('weighted', subjects([0, 0, 0, 10], 0, [1, 0, 0, 0]), city);

    expect(inside).toMatchObject({ level: 3, floor: { count: 1 } });
    expect(inside.floor?.because.zh).toBe('因 1 处重大（含已过期 1 处）');
    expect(asSubject).toMatchObject({ level: 3, floor: { count: 1 } });
  });

  it('lifts to orange at 20 majors in a city and at 5 below it', () => {
    expect([levelWithMajors(19, 'city'), levelWithMajors(20, 'city')]).toEqual([3, 2]);
    expect([levelWithMajors(4, 'county'), levelWithMajors(5, 'county')]).toEqual([3, 2]);
    expect([levelWithMajors(4, 'jurisdiction'), levelWithMajors(5, 'jurisdiction')]).toEqual([
      3, 2,
    ]);
    expect([levelWithMajors(5, 'township'), levelWithMajors(5, 'village')]).toEqual([2, 2]);
    const floor = rollUp('weighted', subjects([5, 0, 0, 1000]), county).floor;
    expect(floor?.because.en).toBe('because of 5 major-risk subjects');
  });

  it('names no floor where the mean is as bad already', () => {
    expect(rollUp('weighted', subjects([1, 1, 0, 0]), city).floor).toBeNull();
  });

  it('counts the expired at their last level in W⁺ and adds 待定 where the colour differs', () => {
    // W = 6/6 = 1 → blue. W⁺ = (6 + 5·2 + 2·1 + 5·1) / 10 = 2.3 → yellow.
    const result = rollUp('weighted', subjects([0, 0, 0, 6], 1, [0, 2, 1, 0]), city);

    expect(result).toMatchObject({ level: 4, w: 1, wPlus: 2.3, wPlusLevel: 3, pending: true });
    expect(result.reasons.at(-1)).toEqual({
      id: 'pending',
      zh: '待定：计入未评估和已过期后 W⁺ = 2.3 → 黄',
      en: 'Pending: with the unassessed and expired, W⁺ = 2.3 → yellow',
    });
  });

  it('weighs expired majors and lows in W⁺ too', () => {
    // (5·8 + 10·1 + 1·1) / 10 = 5.1.
    expect(rollUp('weighted', subjects([0, 8, 0, 0], 0, [1, 0, 0, 1]), city).wPlus).toBe(5.1);
  });
});

describe('the highest rule', () => {
  it.each([
    [subjects([0, 0, 0, 5]), 4],
    [subjects([0, 0, 1, 500]), 3],
    [subjects([0, 0, 0, 5], 0, [0, 1, 0, 0]), 2],
    [subjects([0, 0, 0, 5], 0, [0, 0, 0, 0], 1), 1],
    [subjects([0, 0, 1, 0], 99), 3],
    [subjects([1, 0, 0, 500]), 1],
  ] as const)('%j gives level %d', (counts, level) => {
    const result = rollUp('highest', counts, city);

    expect(result).toMatchObject({ state: 'assessed', level, w: null, wPlus: null, floor: null });
  });

  it('says which level was the highest', () => {
    expect(rollUp('highest', subjects([0, 2, 0, 5]), city).reasons).toEqual([
      {
        id: 'counts',
        zh: '7 个对象中已评估 7 个：重大 0，较大 2，一般 0，低 5',
        en: '7 of 7 subjects assessed: major 0, serious 2, moderate 0, low 5',
      },
      { id: 'coloured', zh: '已评估，按规则着色', en: 'Assessed; the rule gives the colour' },
      {
        id: 'highest',
        zh: '就高：最高为较大风险 → 橙',
        en: 'Highest level: serious risk → orange',
      },
    ]);
  });
});

describe('areas without a colour', () => {
  it.each(ROLL_UP_RULES)('a province has counts and no colour under %s', (rule) => {
    const province: Area = { depth: 'province', notApplicable: 0 };

    for (const counts of [subjects([30, 42, 22, 6], 8), noSubjects]) {
      const result = rollUp(rule, counts, province);
      expect(result).toMatchObject({ state: 'assessed', level: null, w: null, pending: false });
      expect(result.reasons.at(-1)?.id).toBe('province');
    }
  });

  it.each(ROLL_UP_RULES)('are told apart under %s', (rule) => {
    const stateOf = (counts: SubjectCounts, notApplicable = 0) =>
      rollUp(rule, counts, { depth: 'county', notApplicable });

    expect(stateOf(noSubjects).state).toBe('no_data');
    expect(stateOf(noSubjects).gate).toEqual({
      passed: false,
      share: null,
      threshold: 0.6,
      edgeLevel: null,
    });
    expect(stateOf(noSubjects, 3).state).toBe('not_applicable');
    expect(stateOf(subjects([0, 0, 0, 0], 4)).state).toBe('not_assessed');
  });
});
