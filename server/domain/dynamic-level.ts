import type { Bilingual } from './bilingual.ts';
import { isWorse, worstLevel } from './level.ts';
import type { Level } from './level.ts';

/** Something that may raise the dynamic control level while it is active. */
export type RaisingSignal =
  | { readonly kind: 'override'; readonly id: string; readonly level: Level }
  | { readonly kind: 'major-hidden-danger'; readonly id: string }
  | { readonly kind: 'listed-supervision'; readonly id: string };

export type RaisingRuleId = RaisingSignal['kind'];

type RaisingRule = {
  readonly id: RaisingRuleId;
  /** The level a signal asks for; null when the rule is not about that signal. */
  readonly raisesTo: (signal: RaisingSignal) => Level | null;
  readonly because: Bilingual;
};

/** Ordered: the first rule that gives the resulting level is the one cited (rules §4). */
export const RAISING_RULES: readonly RaisingRule[] = [
  {
    id: 'override',
    raisesTo: (signal) => (signal.kind === 'override' ? signal.level : null),
    because: { zh: '人工提级（有理由、审批和期限）', en: 'An approved override is active' },
  },
  {
    id: 'major-hidden-danger',
    raisesTo: (signal) => (signal.kind === 'major-hidden-danger' ? 1 : null),
    because: { zh: '重大事故隐患尚未验收销号', en: 'A major hidden danger is open' },
  },
  {
    id: 'listed-supervision',
    raisesTo: (signal) => (signal.kind === 'listed-supervision' ? 1 : null),
    because: { zh: '正在挂牌督办', en: 'Listed supervision is active' },
  },
];

export type AppliedRule = {
  readonly rule: RaisingRuleId;
  readonly signalId: string;
  readonly level: Level;
  readonly because: Bilingual;
};

export type DynamicLevel = {
  readonly level: Level | null;
  /** The rule that gave the level; null when the assessed level stands. */
  readonly decidedBy: RaisingRuleId | null;
  readonly applies: readonly AppliedRule[];
};

/**
 * The dynamic control level 动态管控等级: the assessed level, raised and never lowered by the active
 * signals. A subject without an assessed level can still be raised.
 */
export function dynamicLevel(input: {
  readonly level: Level | null;
  readonly signals: readonly RaisingSignal[];
}): DynamicLevel {
  const applies = RAISING_RULES.flatMap((rule) =>
    input.signals.flatMap((signal): readonly AppliedRule[] => {
      const level = rule.raisesTo(signal);
      if (level === null) return [];
      return [{ rule: rule.id, signalId: signal.id, level, because: rule.because }];
    }),
  );
  const level = worstLevel([input.level, ...applies.map((applied) => applied.level)]);
  const cited = isWorse(level, input.level) ? applies.find((a) => a.level === level) : undefined;
  return { level, decidedBy: cited?.rule ?? null, applies };
}
