import type { ImportReport } from '../features/imports/import-report.contract.ts';

type Fault = ImportReport['faults'][number];

const MOST_FAULTS = 50;
const MOST_WARNINGS = 20;

const KINDS = {
  enterprises: 'enterprises',
  riskPoints: 'risk points',
  hazardSources: 'hazard sources',
  measures: 'measures',
  assessments: 'assessments',
} as const;

/** What was found in a file, as lines to read. */
export function reportLines(report: ImportReport): readonly string[] {
  const { rows, faulty, warned, missing, problem } = report;
  const count = `${rows} rows: ${report.new} new, ${report.changed} changed, ${report.unchanged} unchanged`;
  return [
    formatLine(report),
    ...columnLines(report),
    ...(report.crs ? [`coordinates: ${report.crs.because.en}`] : []),
    ...candidateLines(report),
    ...report.notes.map(({ en }) => `note: ${en}`),
    `${count}, ${faulty} with faults, ${warned} with warnings`,
    ...(missing > 0
      ? [`${missing} records of the same source are not in the file; they stay`]
      : []),
    ...effectLines(report),
    ...faultLines('faults', report.faults, report.faultCount, MOST_FAULTS),
    ...faultLines('warnings', report.warnings, report.warningCount, MOST_WARNINGS),
    ...(problem ? [`the file cannot be written as it is: ${problem.en}`] : []),
  ];
}

export function progressLine(progress: NonNullable<ImportReport['progress']>): string {
  const { phase, done, total, perSecond, secondsLeft } = progress;
  const of = total === null ? '' : ` of ${total}`;
  const left = secondsLeft === null ? '' : `, about ${Math.ceil(secondsLeft)} s left`;
  return `${phase}: ${done}${of} rows, ${Math.round(perSecond)}/s${left}`;
}

function formatLine({ format, fileName }: ImportReport): string {
  if (format === null) return `${fileName ?? 'the file'}: not read`;
  const { kind, encoding, delimiter, sheet, headerRows } = format;
  const parts = [
    kind.toUpperCase(),
    ...(encoding === null ? [] : [encoding]),
    ...(delimiter === null ? [] : [`separated by ${delimiter === '\t' ? 'tabs' : delimiter}`]),
    ...(sheet === null ? [] : [`sheet “${sheet}”`]),
    ...(headerRows.length === 0 ? [] : [`header in row ${headerRows.join(' and ')}`]),
  ];
  return `${fileName ?? 'the file'}: ${parts.join(', ')}`;
}

function columnLines({ columns }: ImportReport): readonly string[] {
  const taken = columns.filter(({ field }) => field !== null);
  const kept = columns.filter(({ use }) => use === 'attribute');
  return [
    `columns: ${taken.map(({ header, field }) => `${header} → ${field}`).join(', ') || 'none known'}`,
    ...(kept.length > 0
      ? [`kept as attributes: ${kept.map(({ header }) => header).join(', ')}`]
      : []),
    ...columns
      .filter(({ use }) => use === 'ignored')
      .map(
        ({ header, note }) => `not read: ${header || '(no header)'}${note ? ` – ${note.en}` : ''}`,
      ),
  ];
}

/** Only where a choice is open: which readings there are, and how to say one. */
function candidateLines({ crs }: ImportReport): readonly string[] {
  if (crs === null || crs.decided !== null) return [];
  return crs.candidates.map(
    ({ crs: id, names, offsetMetres, outside, checked, inStatedRegion }) =>
      `  --crs ${id}: ${names.en}, ${Math.round(offsetMetres)} m from the first; ` +
      `${inStatedRegion} of ${checked} rows in the region they name, ${outside} outside every region`,
  );
}

function effectLines({ effects }: ImportReport): readonly string[] {
  return Object.entries(KINDS).flatMap(([key, name]) => {
    const tally = effects[key as keyof typeof KINDS];
    const written = tally.new + tally.changed;
    return written === 0 ? [] : [`  ${name}: ${tally.new} new, ${tally.changed} changed`];
  });
}

function faultLines(
  title: string,
  faults: readonly Fault[],
  count: number,
  most: number,
): readonly string[] {
  if (count === 0) return [];
  const shown = faults.slice(0, most);
  const rest = count - shown.length;
  return [`${title}:`, ...shown.map(faultLine), ...(rest > 0 ? [`  … and ${rest} more`] : [])];
}

function faultLine({ row, column, value, problem, expected }: Fault): string {
  const where = column === null ? `row ${row}` : `row ${row}, ${column}`;
  const what = value === null ? problem.en : `“${value}”: ${problem.en}`;
  return `  ${where}: ${what}${expected ? ` (expected: ${expected.en})` : ''}`;
}
