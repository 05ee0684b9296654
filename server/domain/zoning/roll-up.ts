import type { Bilingual } from '../bilingual.ts';
import { levelStyle } from '../level.ts';
import type { Level } from '../level.ts';
import { assessedSubjects, worstKnownLevel } from './subject-counts.ts';
import type { SubjectCounts } from './subject-counts.ts';
import {
  bandOf,
  cautiousMean,
  floorOf,
  GATE_THRESHOLD,
  MANY_MAJORS_CITY,
  MANY_MAJORS_COUNTY,
  sumOf,
  toldMean,
  weightedMean,
} from './weighted.ts';
import type { Floor } from './weighted.ts';

export type { SubjectCounts } from './subject-counts.ts';

export type RollUpRule = 'highest' | 'weighted';
export const ROLL_UP_RULES: readonly RollUpRule[] = ['highest', 'weighted'];

export type AreaDepth = 'province' | 'city' | 'county' | 'township' | 'village' | 'jurisdiction';

export type AreaState = 'assessed' | 'insufficient' | 'not_assessed' | 'not_applicable' | 'no_data';

/** What every legend, chip, print and embed must call the colour of an area. */
export const ruleLabel: Readonly<Record<RollUpRule, Bilingual>> = {
  weighted: {
    zh: '区域综合色 · 本平台加权法 v1（非法定区域风险等级）',
    en: "Area colour, this service's weighted rule v1, not a statutory level",
  },
  highest: {
    zh: '区域综合色 · 就高法（非法定区域风险等级）',
    en: 'Area colour, highest level of its subjects, not a statutory level',
  },
};

/** The rule an area of a depth is painted by unless the reader chooses another. */
export function defaultRule(depth: AreaDepth): RollUpRule {
  return depth === 'township' || depth === 'village' ? 'highest' : 'weighted';
}

export type RollUpReason = Bilingual & { readonly id: string };

export type Gate = {
  /** Read by `weighted` only; `highest` has no gate. */
  readonly passed: boolean;
  /** Assessed / (assessed + not in force), 0 to 1; null with no subject. */
  readonly share: number | null;
  readonly threshold: number;
  /** Worst known level, drawn as an edge where there is no colour. */
  readonly edgeLevel: Level | null;
};

export type RollUp = {
  readonly state: AreaState;
  readonly level: Level | null;
  readonly rule: RollUpRule;
  readonly w: number | null;
  readonly wPlus: number | null;
  /** Level of W⁺ after floors. */
  readonly wPlusLevel: Level | null;
  /** 待定: the level of W⁺ differs from the one shown. */
  readonly pending: boolean;
  readonly gate: Gate;
  /** Set where a floor worsened the level. */
  readonly floor: Floor | null;
  readonly reasons: readonly RollUpReason[];
};

export type Area = { readonly depth: AreaDepth; readonly notApplicable: number };

type Facts = { readonly rule: RollUpRule; readonly area: Area; readonly counts: SubjectCounts };

type StateRule = {
  readonly id: string;
  readonly state: AreaState;
  readonly when: (facts: Facts) => boolean;
  readonly because: Bilingual;
};

/** Ordered; the first that holds decides the state, the last is the default (rules §7). */
export const STATE_RULES: readonly StateRule[] = [
  {
    id: 'province',
    state: 'assessed',
    when: ({ area }) => area.depth === 'province',
    because: { zh: '全省只列数量，不着色', en: 'A province shows counts and has no colour' },
  },
  {
    id: 'no-data',
    state: 'no_data',
    when: ({ area, counts }) => subjectsOf(counts) === 0 && area.notApplicable === 0,
    because: { zh: '没有登记的对象', en: 'No subject is registered here' },
  },
  {
    id: 'not-applicable',
    state: 'not_applicable',
    when: ({ counts }) => subjectsOf(counts) === 0,
    because: { zh: '登记的对象均未建或已关闭', en: 'Every subject is planned or closed' },
  },
  {
    id: 'never-assessed',
    state: 'not_assessed',
    when: ({ counts }) => assessedSubjects(counts) === 0 && worstKnownLevel(counts) === null,
    because: { zh: '没有对象做过评估', en: 'No subject was ever assessed' },
  },
  {
    id: 'none-in-force',
    state: 'insufficient',
    // 就高 counts the last level of what has expired (rules §2); a mean of nothing has no value.
    when: ({ rule, counts }) => rule === 'weighted' && assessedSubjects(counts) === 0,
    because: { zh: '评估均已过期', en: 'Every assessment has expired' },
  },
  {
    id: 'below-gate',
    state: 'insufficient',
    when: ({ rule, counts }) => rule === 'weighted' && !passesGate(counts),
    because: { zh: '评估不足：已评估少于 60%', en: 'Under 60% of the subjects are assessed' },
  },
  {
    id: 'coloured',
    state: 'assessed',
    when: () => true,
    because: { zh: '已评估，按规则着色', en: 'Assessed; the rule gives the colour' },
  },
];

/**
 * The state and colour of an area from its voting subjects, one basis, by the named rule (rules §7
 * of this service). `reasons` is the chain from the counts to the colour.
 */
export function rollUp(rule: RollUpRule, counts: SubjectCounts, area: Area): RollUp {
  const decided = decideState({ rule, area, counts });
  const shared = {
    state: decided.state,
    rule,
    gate: gateOf(counts),
    reasons: [countsReason(counts), { id: decided.id, ...decided.because }],
  };
  if (decided.id === 'province') return { ...shared, level: null, ...NO_WEIGHT };
  return rule === 'highest' ? byHighest(shared, counts) : byWeighted(shared, counts, area);
}

type Shared = Pick<RollUp, 'state' | 'rule' | 'gate' | 'reasons'>;

const NO_WEIGHT = { w: null, wPlus: null, wPlusLevel: null, pending: false, floor: null } as const;

function byHighest(shared: Shared, counts: SubjectCounts): RollUp {
  const level = shared.state === 'assessed' ? worstKnownLevel(counts) : null;
  if (level === null) return { ...shared, ...NO_WEIGHT, level };
  const { zh, en, colourZh, colourEn } = levelStyle[level];
  const reason = {
    id: 'highest',
    zh: `就高：最高为${zh} → ${colourZh}`,
    en: `Highest level: ${en.toLowerCase()} → ${colourEn}`,
  };
  return { ...shared, ...NO_WEIGHT, level, reasons: [...shared.reasons, reason] };
}

function byWeighted(shared: Shared, counts: SubjectCounts, area: Area): RollUp {
  const manyMajors = area.depth === 'city' ? MANY_MAJORS_CITY : MANY_MAJORS_COUNTY;
  const w = weightedMean(counts);
  const wPlus = cautiousMean(counts);
  const wPlusLevel = wPlus === null ? null : levelAfterFloor(wPlus, counts, manyMajors);
  const weights = { w, wPlus, wPlusLevel };
  if (shared.state !== 'assessed' || w === null || wPlus === null || wPlusLevel === null) {
    return { ...shared, ...weights, level: null, pending: false, floor: null };
  }
  const band = bandOf(w);
  const floor = floorOf(band.level, counts, manyMajors);
  const level = floor?.level ?? band.level;
  const pending = wPlusLevel !== level;
  const reasons = [...shared.reasons, meanReason(counts, w), { id: band.id, ...band.because }];
  if (floor) reasons.push(floorReason(floor));
  if (pending) reasons.push(pendingReason(wPlus, wPlusLevel));
  return { ...shared, ...weights, level, pending, floor, reasons };
}

function levelAfterFloor(w: number, counts: SubjectCounts, manyMajors: number): Level {
  const { level } = bandOf(w);
  return floorOf(level, counts, manyMajors)?.level ?? level;
}

function decideState(facts: Facts): StateRule {
  const rule = STATE_RULES.find((candidate) => candidate.when(facts));
  if (!rule) throw new RangeError('No state rule holds');
  return rule;
}

function subjectsOf(counts: SubjectCounts): number {
  return assessedSubjects(counts) + counts.sU;
}

/** Exactly 60 % passes. */
function passesGate(counts: SubjectCounts): boolean {
  return assessedSubjects(counts) / subjectsOf(counts) >= GATE_THRESHOLD;
}

function gateOf(counts: SubjectCounts): Gate {
  const all = subjectsOf(counts);
  return {
    passed: all > 0 && passesGate(counts),
    share: all === 0 ? null : assessedSubjects(counts) / all,
    threshold: GATE_THRESHOLD,
    edgeLevel: worstKnownLevel(counts),
  };
}

function countsReason(counts: SubjectCounts): RollUpReason {
  const assessed = assessedSubjects(counts);
  const all = subjectsOf(counts);
  return {
    id: 'counts',
    zh: `${all} 个对象中已评估 ${assessed} 个：重大 ${counts.s1}，较大 ${counts.s2}，一般 ${counts.s3}，低 ${counts.s4}`,
    en: `${assessed} of ${all} subjects assessed: major ${counts.s1}, serious ${counts.s2}, moderate ${counts.s3}, low ${counts.s4}`,
  };
}

function meanReason(c: SubjectCounts, w: number): RollUpReason {
  const terms = `10×${c.s1} + 5×${c.s2} + 2×${c.s3} + 1×${c.s4}`;
  const text = `W = (${terms}) ÷ ${assessedSubjects(c)} = ${sumOf(c)} ÷ ${assessedSubjects(c)} = ${short(w)}`;
  return { id: 'mean', zh: text, en: text };
}

function floorReason(floor: Floor): RollUpReason {
  const { colourZh, colourEn } = levelStyle[floor.level];
  return {
    id: floor.id,
    zh: `${floor.because.zh}，不低于${colourZh}`,
    en: `At least ${colourEn}, ${floor.because.en}`,
  };
}

function pendingReason(wPlus: number, level: Level): RollUpReason {
  const { colourZh, colourEn } = levelStyle[level];
  return {
    id: 'pending',
    zh: `待定：计入未评估和已过期后 W⁺ = ${short(wPlus)} → ${colourZh}`,
    en: `Pending: with the unassessed and expired, W⁺ = ${short(wPlus)} → ${colourEn}`,
  };
}

function short(value: number): string {
  return String(toldMean(value));
}
