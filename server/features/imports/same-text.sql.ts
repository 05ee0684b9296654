/** White space of every kind and characters without width: a cell that is read keeps single blanks only. */
const BLANK = String.raw`\s\u00A0\u00AD\u2000-\u200B\u2028\u2029\u202F\u205F\u2060\u3000\uFEFF`;
/** Text that no cell of one line can say as it is stored. */
const UNEVEN = String.raw`[\t\n\v\f\r\u00A0\u00AD\u2000-\u200B\u2028\u2029\u202F\u205F\u2060\u3000\uFEFF]|  |^ | $`;
/** The same of a cell with several lines. */
const UNEVEN_LINES = String.raw`[\r\u00AD\u200B\u2060\uFEFF]|^[${BLANK}]|[${BLANK}]$`;
/** The end of a measure that is not part of it when it is read. */
const UNEVEN_MEASURE = `${UNEVEN_LINES}|[；;]$`;

const bare = (text: string, more = ''): string =>
  `regexp_replace(${text}, '[${BLANK}]+${more}', '', 'g')`;

const sameAs =
  (uneven: string, more = '') =>
  (stored: string, given: string): string =>
    `COALESCE(${stored} ~ '${uneven}' AND ${bare(stored, more)} = ${bare(given, more)}, false)`;

/**
 * SQL: whether a stored text comes back as the given one when it goes out in a file and is read again. Only for texts
 * that differ; both operands are SQL of type text.
 */
export const sameLine = sameAs(UNEVEN);
export const sameLines = sameAs(UNEVEN_LINES);
export const sameMeasure = sameAs(UNEVEN_MEASURE, '|[；;]+$');
