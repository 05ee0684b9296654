import type { Band, FactorValues, ProductDefinition, Scored } from './method.ts';

/** Digits kept: products of scale values like 0.1 × 0.5 × 7 are exact decimals far below this. */
const SCORE_SCALE = 1e6;

/** Product of factor values as an exact decimal: 0.1 × 0.5 × 7 is 0.35, not 0.35000000000000003. */
export function productOf(values: readonly number[]): number {
  const product = values.reduce((score, value) => score * value, 1);
  return Math.round(product * SCORE_SCALE) / SCORE_SCALE;
}

/**
 * Product of all factors, then the worst band it reaches. LEC: D = L × E × C, dimensionless,
 * 0.05 to 10 000. The bands and their sources are in the definition.
 */
export function scoreProduct(definition: ProductDefinition, values: FactorValues): Scored {
  const score = productOf(definition.factors.map((factor) => values[factor.id] ?? Number.NaN));
  const index = definition.bands.findIndex((band) => reaches(score, band));
  const band = definition.bands[index];
  if (!band) throw new RangeError(`No band of ${definition.method} holds the score ${score}`);
  const range = rangeText(definition.scoreSymbol, band, definition.bands[index - 1], isLast());
  return { score, band: { level: band.level, label: band.label, range, verified: band.verified } };

  function isLast(): boolean {
    return index === definition.bands.length - 1;
  }
}

function reaches(score: number, band: Band): boolean {
  return band.minInclusive ? score >= band.min : score > band.min;
}

/** `D ≥ 320`, `160 ≤ D < 320`, `D < 70`; with `>` and `≤` where the lower bound is excluded. */
export function rangeText(
  symbol: string,
  band: Band,
  worse: Band | undefined,
  isLast: boolean,
): string {
  const upper = worse && `${symbol} ${worse.minInclusive ? '<' : '≤'} ${worse.min}`;
  if (!upper) return `${symbol} ${band.minInclusive ? '≥' : '>'} ${band.min}`;
  return isLast ? upper : `${band.min} ${band.minInclusive ? '≤' : '<'} ${upper}`;
}
