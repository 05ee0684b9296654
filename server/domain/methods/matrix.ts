import { productOf } from './product.ts';
import type { FactorValues, MatrixDefinition, Scored } from './method.ts';

/**
 * LS risk matrix: the level is read from the cell (L, S), so asymmetric matrices fit; the score
 * R = L × S, dimensionless, is for ordering and display only.
 */
export function scoreMatrix(definition: MatrixDefinition, values: FactorValues): Scored {
  const { L, S } = { L: values['L'] ?? Number.NaN, S: values['S'] ?? Number.NaN };
  const cell = definition.cells.find((candidate) => candidate.L === L && candidate.S === S);
  const band = definition.bands.find((candidate) => candidate.level === cell?.level);
  if (!band) throw new RangeError(`No cell of ${definition.method} holds L ${L}, S ${S}`);
  const range = `${definition.scoreSymbol} ${band.range}`;
  return {
    score: productOf([L, S]),
    band: { level: band.level, label: band.label, range, verified: band.verified },
  };
}
