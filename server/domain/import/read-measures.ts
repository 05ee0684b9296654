import type { MeasureKind } from '../control.ts';

import type { MeasureValues } from './evaluated-row.ts';
import type { RowCells } from './row-cells.ts';

const MOST_MEASURES = 100;
const MOST_CHARACTERS = 2000;

/** Column of each kind; `measures` holds all kinds. */
const COLUMNS: readonly (readonly [id: string, kind: MeasureKind | null])[] = [
  ['measures', null],
  ['engineering', 'engineering'],
  ['management', 'management'],
  ['training', 'training'],
  ['ppe', 'ppe'],
  ['emergency', 'emergency'],
];

/** The measures of a row, each once. */
export function readMeasures(cells: RowCells): readonly MeasureValues[] {
  const found = new Map<string, MeasureValues>();
  for (const [id, kind] of COLUMNS) {
    const text = cells.lines(id);
    if (text === null) continue;
    const measures = cells.plan.measures(text, kind);
    for (const measure of measures) found.set(`${measure.kind} ${measure.textZh}`, measure);
    checkSizes(cells, id, measures);
  }
  return [...found.values()].slice(0, MOST_MEASURES);
}

function checkSizes(cells: RowCells, id: string, measures: readonly MeasureValues[]): void {
  if (measures.length > MOST_MEASURES) {
    cells.fault(
      id,
      { zh: `有 ${measures.length} 条措施`, en: `It holds ${measures.length} measures` },
      { zh: `不超过 ${MOST_MEASURES} 条`, en: `At most ${MOST_MEASURES}` },
    );
  }
  if (measures.some(({ textZh }) => textZh.length > MOST_CHARACTERS)) {
    cells.fault(
      id,
      { zh: '一条措施过长', en: 'One measure is too long' },
      {
        zh: `每条不超过 ${MOST_CHARACTERS} 个字符，可分行或编号写成几条`,
        en: `At most ${MOST_CHARACTERS} characters each; write several, on lines of their own or numbered`,
      },
    );
  }
}
