import type { Level } from '#server/domain/level.ts';
import type { AccidentCode } from './catalogue/accident-types.ts';
import type { MethodHabit } from './catalogue/template.ts';
import type { DemoAssessment } from './demo-rows.ts';
import type { Random } from './random.ts';

type Inputs = DemoAssessment['inputs'];

/** What an assessor would write down: with the measures in place, and without them. */
export type Judgement = {
  readonly method: DemoAssessment['method'];
  readonly version: string | null;
  readonly current: Inputs;
  readonly inherent: Inputs;
};

type Triple = readonly [L: number, E: number, C: number];
type Pair = readonly [L: number, S: number];

/**
 * Usual judgements by how severe the situation is meant to be. They only steer: the level is what
 * the method makes of them, and a test holds the two together.
 */
export const LEC_JUDGEMENTS: Readonly<Record<Level, readonly Triple[]>> = {
  1: [
    [3, 6, 40],
    [3, 3, 40],
    [6, 6, 15],
    [3, 10, 15],
    [1, 10, 40],
    [1, 6, 100],
    [6, 10, 7],
  ],
  2: [
    [1, 6, 40],
    [3, 2, 40],
    [1, 3, 100],
    [3, 6, 15],
    [6, 2, 15],
    [6, 6, 7],
    [3, 10, 7],
    [10, 6, 3],
  ],
  3: [
    [1, 3, 40],
    [0.5, 6, 40],
    [1, 6, 15],
    [3, 3, 15],
    [3, 6, 7],
    [6, 3, 7],
    [6, 6, 3],
    [0.5, 2, 100],
  ],
  4: [
    [0.2, 6, 40],
    [0.5, 3, 40],
    [1, 3, 15],
    [0.5, 6, 15],
    [1, 6, 7],
    [3, 2, 7],
    [3, 6, 3],
    [1, 6, 3],
  ],
};

export const LS_JUDGEMENTS: Readonly<Record<Level, readonly Pair[]>> = {
  1: [
    [4, 5],
    [5, 4],
  ],
  2: [
    [3, 5],
    [4, 4],
    [5, 3],
  ],
  3: [
    [2, 5],
    [3, 4],
    [3, 3],
    [4, 3],
    [5, 2],
  ],
  4: [
    [1, 5],
    [2, 4],
    [1, 4],
    [2, 3],
    [2, 2],
    [3, 2],
  ],
};

export const LS_COAL_JUDGEMENTS: Readonly<Record<Level, readonly Pair[]>> = {
  1: [
    [4, 5],
    [5, 4],
  ],
  2: [
    [2, 5],
    [3, 5],
    [3, 4],
    [4, 4],
    [3, 3],
  ],
  3: [
    [1, 5],
    [1, 4],
    [2, 4],
    [2, 3],
    [2, 2],
  ],
  4: [
    [1, 3],
    [1, 2],
    [2, 1],
    [3, 1],
  ],
};

/** Steps of the likelihood scale of LEC, best first. */
const LEC_LIKELIHOODS = [0.1, 0.2, 0.5, 1, 3, 6, 10];

/** How many steps likelier it would be without the measures. */
const RAISED_STEPS: readonly (readonly [step: number, weight: number])[] = [
  [0, 25],
  [1, 60],
  [2, 15],
];

/** Consequences (C of LEC) that fit a kind of accident. */
const CONSEQUENCES: Readonly<Record<AccidentCode, readonly number[]>> = {
  struck: [7, 15],
  vehicle: [7, 15],
  machine: [3, 7],
  lifting: [7, 15],
  shock: [7, 15],
  drowning: [15],
  burn: [3, 7, 15],
  fire: [15, 40],
  fall: [7, 15],
  collapse: [15, 40],
  roof: [15, 40],
  inrush: [40, 100],
  blasting: [15, 40],
  powder: [40, 100],
  gas: [40, 100],
  boiler: [15, 40],
  vessel: [15, 40],
  explosion: [15, 40],
  poisoning: [15, 40],
  other: [3, 7],
};

export function judge(
  random: Random,
  habit: MethodHabit,
  severity: Level,
  accident: AccidentCode,
): Judgement {
  if (habit === 'lec') return judgeLec(random, severity, accident);
  const isCoal = habit === 'ls-coal';
  const [L, S] = random.pick((isCoal ? LS_COAL_JUDGEMENTS : LS_JUDGEMENTS)[severity]);
  return {
    method: 'ls',
    version: isCoal ? '5x5-coal' : null,
    current: { L, S },
    inherent: { L: Math.min(5, L + random.weighted(RAISED_STEPS)), S },
  };
}

function judgeLec(random: Random, severity: Level, accident: AccidentCode): Judgement {
  const fitting = LEC_JUDGEMENTS[severity].filter(([, , C]) => CONSEQUENCES[accident].includes(C));
  const [L, E, C] = random.pick(fitting.length > 0 ? fitting : LEC_JUDGEMENTS[severity]);
  const raised = LEC_LIKELIHOODS.indexOf(L) + random.weighted(RAISED_STEPS);
  const inherentL = LEC_LIKELIHOODS[Math.min(raised, LEC_LIKELIHOODS.length - 1)] ?? L;
  return {
    method: 'lec',
    version: null,
    current: { L, E, C },
    inherent: { L: inherentL, E, C },
  };
}
