import { dynamicLevel } from '#server/domain/dynamic-level.ts';
import type { Explanation } from '#server/domain/methods/method.ts';
import { riskPointReasons } from '#server/domain/risk-point-reasons.ts';
import type { RiskPointFacts } from '#server/domain/risk-point-reasons.ts';

const explanation: Explanation = {
  method: 'lec',
  version: 'national@1',
  name: { zh: '作业条件危险性评价法', en: 'LEC' },
  formula: 'L × E × C = 3 × 6 × 15 = 270',
  factors: [
    {
      id: 'L',
      name: { zh: '可能性', en: 'Likelihood' },
      value: 3,
      text: { zh: '可能', en: 'Possible' },
      verified: true,
    },
    {
      id: 'E',
      name: { zh: '频繁程度', en: 'Exposure' },
      value: 6,
      text: { zh: '每天', en: 'Daily' },
      verified: true,
    },
  ],
  band: { level: 2, label: { zh: '较大', en: 'Serious' }, range: '160 ≤ D < 320', verified: true },
  clause: { zh: '附录', en: 'Annex' },
  source: 'test',
  verified: true,
};

const assessed: RiskPointFacts = {
  state: 'assessed',
  level: 2,
  lastLevel: null,
  lifecycle: 'running',
  deciding: {
    subject: { zh: '示例泄漏', en: null },
    explanation,
    lapsesOn: '2027-03-01',
  },
  subjects: { all: 3, assessed: 2 },
  dynamic: dynamicLevel({ level: 2, signals: [] }),
};

const texts = (facts: RiskPointFacts, language: 'zh' | 'en') =>
  riskPointReasons(facts).map(({ id, text }) => `${id}: ${text[language]}`);

describe('why a risk point has its colour', () => {
  it('runs from the clause over factors, score and band to the worst subject and the dynamic level', () => {
    expect(texts(assessed, 'zh')).toEqual([
      'clause: 方法：作业条件危险性评价法；依据：附录',
      'factors: L = 3 可能；E = 6 每天',
      'score: L × E × C = 3 × 6 × 15 = 270',
      'level: 160 ≤ D < 320 → 较大（橙）',
      'worst-of: 就高：3 个对象中 2 个有有效评估，最重的是“示例泄漏” → 较大风险（橙）',
      'dynamic: 动态管控等级：没有提级情形 → 与评估等级相同，较大风险（橙）',
    ]);
  });

  it('falls back to the Chinese name where there is no English one', () => {
    expect(texts(assessed, 'en').slice(4)).toEqual([
      'worst-of: Worst of: 2 of 3 subjects have an assessment in force, the worst is “示例泄漏” → Serious risk (orange)',
      'dynamic: Dynamic control level: nothing raises it → as assessed, Serious risk (orange)',
    ]);
  });

  it('cites the rule that raises the dynamic level', () => {
    const signals = [{ kind: 'listed-supervision', id: 's' }] as const;
    const raised = { ...assessed, dynamic: dynamicLevel({ level: 2, signals }) };

    expect(texts(raised, 'en').at(-1)).toBe(
      'dynamic: Dynamic control level: Listed supervision is active → Major risk (red)',
    );
  });

  it('keeps the chain behind a lapsed level and says when it lapsed', () => {
    const expired: RiskPointFacts = {
      ...assessed,
      state: 'expired',
      level: null,
      lastLevel: 2,
      dynamic: dynamicLevel({ level: null, signals: [] }),
    };

    expect(texts(expired, 'en').slice(3)).toEqual([
      'level: 160 ≤ D < 320 → Serious (orange)',
      'expired: The assessment of “示例泄漏” lapsed on 2027-03-01 → expired; the last level stays as an edge: Serious risk (orange)',
      'dynamic: Dynamic control level: nothing raises it → none',
    ]);
  });

  it('never calls what was not assessed low', () => {
    const unknown: RiskPointFacts = {
      ...assessed,
      state: 'not_assessed',
      level: null,
      deciding: null,
      subjects: { all: 1, assessed: 0 },
      dynamic: dynamicLevel({ level: null, signals: [] }),
    };

    expect(texts(unknown, 'zh')).toEqual([
      'not-assessed: 1 个对象均没有评估 → 未评估：风险未知，不等于低风险',
      'dynamic: 动态管控等级：没有提级情形 → 无',
    ]);
  });

  it('of a planned or closed point is its lifecycle alone', () => {
    const closed: RiskPointFacts = {
      ...assessed,
      state: 'not_applicable',
      level: null,
      lifecycle: 'closed',
    };

    expect(texts(closed, 'zh')).toEqual(['lifecycle: 状态为关闭 → 不适用，不着色、不计入评估覆盖']);
    expect(texts(closed, 'en')).toHaveLength(1);
  });
});
