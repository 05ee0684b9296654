import type { FormatFound } from './import-reading.ts';
import type { TableHead } from './reading/reading.ts';

/** What a report says of the form of a file. */
export function formatOf({ format, titleRows, headerRows, titles }: TableHead): FormatFound {
  const common = { titleRows, headerRows, titles };
  switch (format.kind) {
    case 'csv':
      return { ...NOTHING, ...common, kind: 'csv', encoding: format.encoding, delimiter: format.delimiter };
    case 'xlsx':
      return { ...NOTHING, ...common, kind: 'xlsx', sheet: format.sheet, sheets: format.sheets };
    case 'geojson':
      return { ...NOTHING, ...common, kind: 'geojson' };
  }
}

const NOTHING = { encoding: null, delimiter: null, sheet: null, sheets: [] };
