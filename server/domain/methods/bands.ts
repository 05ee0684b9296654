import type { ExplainedBand, MethodDefinition } from './method.ts';
import { rangeText } from './product.ts';

/** The bands of a definition, worst first, each with the range of scores it covers in words: `160 ≤ D < 320`. */
export function explainedBands(definition: MethodDefinition): readonly ExplainedBand[] {
  const symbol = definition.scoreSymbol;
  if (definition.kind === 'matrix') {
    return definition.bands.map(({ level, label, range, verified }) => ({
      level,
      label,
      range: `${symbol} ${range}`,
      verified,
    }));
  }
  const last = definition.bands.length - 1;
  return definition.bands.map((band, index) => ({
    level: band.level,
    label: band.label,
    range: rangeText(symbol, band, definition.bands[index - 1], index === last),
    verified: band.verified,
  }));
}
