import { pointerKey, RuleViolationError } from '../errors.ts';
import type { Fault } from '../errors.ts';
import { scoreMatrix } from './matrix.ts';
import { versionOf } from './method.ts';
import type {
  Evaluation,
  ExplainedFactor,
  Factor,
  FactorValues,
  MethodDefinition,
  ScaleValue,
  Scored,
} from './method.ts';
import { scoreProduct } from './product.ts';

type Chosen = { readonly factor: Factor; readonly choice: ScaleValue };

/**
 * Applies a version of a method to its inputs (factor id → a value on the factor's scale).
 * Throws RuleViolationError with every fault: missing, not on the scale, unknown factor.
 */
export function evaluate(
  definition: MethodDefinition,
  inputs: Readonly<Record<string, unknown>>,
): Evaluation {
  const chosen = chooseValues(definition, inputs);
  const values = Object.fromEntries(chosen.map(({ factor, choice }) => [factor.id, choice.value]));
  const { score, band } = scoreByKind(definition, values);
  const factors = chosen.map(explainFactor);
  const version = versionOf(definition);
  return {
    method: definition.method,
    version,
    score,
    level: band.level,
    explanation: {
      method: definition.method,
      version,
      name: definition.name,
      formula: formulaText(definition, factors, score),
      factors,
      band,
      clause: definition.clause,
      source: definition.source,
      verified: definition.verified && band.verified && factors.every((f) => f.verified),
    },
  };
}

function scoreByKind(definition: MethodDefinition, values: FactorValues): Scored {
  return definition.kind === 'product'
    ? scoreProduct(definition, values)
    : scoreMatrix(definition, values);
}

/** An answer must not grow with nonsense that was sent. */
const MOST_UNKNOWN = 20;

function chooseValues(
  definition: MethodDefinition,
  inputs: Readonly<Record<string, unknown>>,
): readonly Chosen[] {
  const faults: Fault[] = [];
  const chosen: Chosen[] = [];
  for (const factor of definition.factors) {
    const choice = factor.scale.find(({ value }) => value === ownValue(inputs, factor.id));
    if (choice) chosen.push({ factor, choice });
    else faults.push(scaleFault(factor, ownValue(inputs, factor.id)));
  }
  const known = new Set(definition.factors.map((factor) => factor.id));
  const unknown = Object.keys(inputs).filter((key) => !known.has(key));
  faults.push(...unknown.slice(0, MOST_UNKNOWN).map((key) => unknownFault(definition, key)));
  if (unknown.length > MOST_UNKNOWN) {
    const more = unknown.length - MOST_UNKNOWN;
    faults.push({
      pointer: '/inputs',
      detail: {
        zh: `另有 ${more} 项不是该方法的因子。`,
        en: `And ${more} more that are no factors of the method`,
      },
    });
  }
  if (faults.length > 0) {
    throw new RuleViolationError(
      {
        zh: `输入不符合评估方法 ${definition.method}。`,
        en: `The inputs do not fit the method ${definition.method}`,
      },
      faults,
    );
  }
  return chosen;
}

function ownValue(inputs: Readonly<Record<string, unknown>>, id: string): unknown {
  return Object.hasOwn(inputs, id) ? inputs[id] : undefined;
}

function scaleFault(factor: Factor, value: unknown): Fault {
  const allowed = factor.scale.map((step) => step.value).join(', ');
  const [zh, en] =
    value === undefined || value === null
      ? ['未填写', 'is missing']
      : ['不在取值表中', 'is not a value of the scale'];
  return {
    pointer: `/inputs/${pointerKey(factor.id)}`,
    detail: {
      zh: `${factor.id} ${zh}；可取：${allowed}。`,
      en: `${factor.id} ${en}; allowed: ${allowed}`,
    },
  };
}

function unknownFault(definition: MethodDefinition, key: string): Fault {
  const ids = definition.factors.map((factor) => factor.id).join(', ');
  return {
    pointer: `/inputs/${pointerKey(key)}`,
    detail: {
      zh: `评估方法 ${definition.method} 没有这个因子；它的因子：${ids}。`,
      en: `The method ${definition.method} has no such factor; its factors: ${ids}`,
    },
  };
}

function explainFactor({ factor, choice }: Chosen): ExplainedFactor {
  return { id: factor.id, name: factor.name, ...choice };
}

function formulaText(
  definition: MethodDefinition,
  factors: readonly ExplainedFactor[],
  score: number,
): string {
  return `${definition.formula} = ${factors.map((f) => f.value).join(' × ')} = ${score}`;
}
