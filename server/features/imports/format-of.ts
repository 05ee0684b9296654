import type { FormatFound } from './import-reading.ts';
import type { TableHead } from './reading/reading.ts';

/** What a report says of the form of a file. */
export function formatOf({ format, titleRows, headerRows, titles }: TableHead): FormatFound {
  const common = { titleRows, headerRows, titles };
  if (format.kind === 'csv') {
    const { encoding, delimiter } = format;
    return { ...NOTHING, ...common, kind: 'csv', encoding, delimiter };
  }
  if (format.kind === 'xlsx') {
    return { ...NOTHING, ...common, kind: 'xlsx', sheet: format.sheet, sheets: format.sheets };
  }
  return { ...NOTHING, ...common, kind: 'geojson' };
}

const NOTHING = { encoding: null, delimiter: null, sheet: null, sheets: [] };
