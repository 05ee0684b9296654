import type { Bilingual } from './bilingual.ts';
import type { DynamicLevel } from './dynamic-level.ts';
import { levelStyle, stateStyle } from './level.ts';
import type { Level, State } from './level.ts';
import { lifecycleNames } from './lifecycle.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Explanation } from './methods/method.ts';
import type { Names } from './names.ts';

/** How the level of a risk point follows from its subjects (rules §1 of this service). */
export const WORST_OF_RULE: Bilingual = {
  zh: '就高：取本风险点及其危险源的有效评估中最重的等级',
  en: 'Worst of: the worst level among the assessments in force of the point and its hazard sources',
};

/** The assessment that gave the level, or the last level where it has lapsed. */
export type DecidingAssessment = {
  readonly subject: Names;
  readonly explanation: Explanation;
  /** First day on which it has lapsed, YYYY-MM-DD in the service's time zone; null = never. */
  readonly lapsesOn: string | null;
};

export type RiskPointFacts = {
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
  readonly lifecycle: Lifecycle;
  readonly deciding: DecidingAssessment | null;
  /** Subjects looked at, and those of them with an assessment in force. */
  readonly subjects: { readonly all: number; readonly assessed: number };
  readonly dynamic: DynamicLevel;
};

export type ReasonStep = { readonly id: string; readonly text: Bilingual };

/** The chain clause → factors → score → level → worst of → dynamic level, in words. */
export function riskPointReasons(facts: RiskPointFacts): readonly ReasonStep[] {
  if (facts.state === 'not_applicable') return [lifecycleStep(facts.lifecycle)];
  const chain = facts.deciding ? methodSteps(facts.deciding.explanation) : [];
  return [...chain, standingStep(facts), dynamicStep(facts)];
}

function lifecycleStep(lifecycle: Lifecycle): ReasonStep {
  const names = lifecycleNames[lifecycle];
  return {
    id: 'lifecycle',
    text: {
      zh: `状态为${names.zh} → ${stateStyle.not_applicable.zh}，不着色、不计入评估覆盖`,
      en: `It is ${names.en.toLowerCase()} → not applicable: no colour, left out of the coverage`,
    },
  };
}

function methodSteps({ name, clause, factors, formula, band }: Explanation): readonly ReasonStep[] {
  const list = (language: keyof Bilingual): string =>
    factors.map(({ id, value, text }) => `${id} = ${value} ${text[language]}`).join('; ');
  return [
    {
      id: 'clause',
      text: { zh: `方法：${name.zh}；依据：${clause.zh}`, en: `${name.en}; ${clause.en}` },
    },
    { id: 'factors', text: { zh: list('zh').replaceAll('; ', '；'), en: list('en') } },
    { id: 'score', text: { zh: formula, en: formula } },
    {
      id: 'level',
      text: {
        zh: `${band.range} → ${band.label.zh}${inColour(band.level, 'zh')}`,
        en: `${band.range} → ${band.label.en}${inColour(band.level, 'en')}`,
      },
    },
  ];
}

function standingStep(facts: RiskPointFacts): ReasonStep {
  if (facts.state === 'assessed') return worstOfStep(facts);
  return facts.state === 'expired' ? expiredStep(facts) : notAssessedStep(facts);
}

function worstOfStep({ level, deciding, subjects }: RiskPointFacts): ReasonStep {
  const { all, assessed } = subjects;
  const by = { zh: deciding?.subject.zh ?? '—', en: nameOf(deciding, 'en') };
  return {
    id: 'worst-of',
    text: {
      zh: `就高：${all} 个对象中 ${assessed} 个有有效评估，最重的是“${by.zh}” → ${colourOf(level, 'zh')}`,
      en: `Worst of: ${assessed} of ${all} subjects have an assessment in force, the worst is “${by.en}” → ${colourOf(level, 'en')}`,
    },
  };
}

function expiredStep({ lastLevel, deciding }: RiskPointFacts): ReasonStep {
  const day = deciding?.lapsesOn ?? '—';
  return {
    id: 'expired',
    text: {
      zh: `“${deciding?.subject.zh ?? '—'}”的评估已于 ${day} 到期 → ${stateStyle.expired.zh}，仅以边框保留上次等级：${colourOf(lastLevel, 'zh')}`,
      en: `The assessment of “${nameOf(deciding, 'en')}” lapsed on ${day} → expired; the last level stays as an edge: ${colourOf(lastLevel, 'en')}`,
    },
  };
}

function notAssessedStep({ subjects }: RiskPointFacts): ReasonStep {
  return {
    id: 'not-assessed',
    text: {
      zh: `${subjects.all} 个对象均没有评估 → ${stateStyle.not_assessed.zh}：风险未知，不等于低风险`,
      en: `None of ${subjects.all} subjects was assessed → not assessed: the risk is unknown, which is not low`,
    },
  };
}

function dynamicStep({ dynamic }: RiskPointFacts): ReasonStep {
  const cited = dynamic.applies.find((applied) => applied.rule === dynamic.decidedBy);
  if (cited) {
    return {
      id: 'dynamic',
      text: {
        zh: `动态管控等级：${cited.because.zh} → ${colourOf(dynamic.level, 'zh')}`,
        en: `Dynamic control level: ${cited.because.en} → ${colourOf(dynamic.level, 'en')}`,
      },
    };
  }
  return {
    id: 'dynamic',
    text: {
      zh: `动态管控等级：没有提级情形 → ${dynamic.level === null ? '无' : `与评估等级相同，${colourOf(dynamic.level, 'zh')}`}`,
      en: `Dynamic control level: nothing raises it → ${dynamic.level === null ? 'none' : `as assessed, ${colourOf(dynamic.level, 'en')}`}`,
    },
  };
}

function nameOf(deciding: DecidingAssessment | null, language: keyof Bilingual): string {
  return deciding?.subject[language] ?? deciding?.subject.zh ?? '—';
}

function inColour(level: Level | null, language: keyof Bilingual): string {
  if (level === null) return '';
  return language === 'zh'
    ? `（${levelStyle[level].colourZh}）`
    : ` (${levelStyle[level].colourEn})`;
}

function colourOf(level: Level | null, language: keyof Bilingual): string {
  return level === null ? '—' : `${levelStyle[level][language]}${inColour(level, language)}`;
}
