import type { ImportReport, ImportRow } from '#server/features/imports/import-report.contract.ts';
import { TOLD_LIMITS } from '#server/domain/import/file-limits.ts';
import { ROW_TABS } from '#client/state/url-state.ts';
import type { RowTab } from '#client/state/url-state.ts';

/** Size of a file as people write it: 512 B, 18 KB, 3.4 MB. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const kilo = bytes / 1000;
  if (kilo < 1000) return `${Math.round(kilo)} KB`;
  return `${(kilo / 1000).toFixed(1)} MB`;
}

/** What the text about the limits of a file takes. */
export function limitValues(format: (value: number) => string) {
  const { megabytes, rows, columns, cells, cellChars, unpackedMegabytes, minutes } = TOLD_LIMITS;
  return {
    megabytes: format(megabytes),
    rows: format(rows),
    columns: format(columns),
    cells: format(cells),
    cellChars: format(cellChars),
    unpackedMegabytes: format(unpackedMegabytes),
    minutes: format(minutes),
  };
}

/** Seconds left as minutes and seconds, rounded up: an estimate that ends too early annoys. */
export function timeLeft(seconds: number): { readonly minutes: number; readonly seconds: number } {
  const whole = Math.max(1, Math.ceil(seconds));
  return { minutes: Math.floor(whole / 60), seconds: whole % 60 };
}

/** Share done, 0–1; null while the number of rows is not known. */
export function shareDone(progress: NonNullable<ImportReport['progress']>): number | null {
  const { done, total } = progress;
  return total === null || total === 0 ? null : Math.min(1, done / total);
}

/** The tab that needs a look first. */
export function firstTab(report: Pick<ImportReport, RowTab>): RowTab {
  const order = ['faulty', 'changed', 'new', 'warned', 'unchanged', 'missing'] as const;
  return order.find((tab) => report[tab] > 0) ?? ROW_TABS[0];
}

/** The tab that shows what was just taken in. */
export function writtenTab(report: Pick<ImportReport, RowTab>): RowTab {
  const order = ['new', 'changed', 'unchanged', 'warned', 'faulty', 'missing'] as const;
  return order.find((tab) => report[tab] > 0) ?? ROW_TABS[0];
}

/** What an import that is left goes on as: undecided, or at work; null: it has come to its end. */
export function keptAs(state: ImportReport['state']): 'ready' | 'working' | null {
  if (state === 'ready' || state === 'rejected') return 'ready';
  return state === 'reading' || state === 'committing' ? 'working' : null;
}

/** Fields by which a row says which enterprise it belongs to. */
const ENTERPRISE_FIELDS: readonly (string | null)[] = [
  'enterpriseId',
  'enterpriseCode',
  'enterpriseName',
  'enterpriseNameEn',
  'uscc',
];

/** Whether a column of the file says which enterprise a row belongs to; its cells may be empty all the same. */
export function hasEnterpriseColumn({ columns }: Pick<ImportReport, 'columns'>): boolean {
  return columns.some(({ field }) => ENTERPRISE_FIELDS.includes(field));
}

/** Rows that a commit would write while the faulty ones are left out. */
export function goodRows({ rows, faulty }: Pick<ImportReport, 'rows' | 'faulty'>): number {
  return Math.max(0, rows - faulty);
}

/** Kinds of record that an import may write, in the order in which they are told. */
export const RECORDS = [
  'enterprises',
  'riskPoints',
  'hazardSources',
  'measures',
  'assessments',
] as const satisfies readonly (keyof ImportReport['effects'])[];

/** What a commit would add and change, by kind of record; kinds that stay as they are left out. */
export function writtenEffects(effects: ImportReport['effects']) {
  return RECORDS.map((record) => ({
    record,
    added: effects[record].new,
    changed: effects[record].changed,
  })).filter(({ added, changed }) => added + changed > 0);
}

/** Whether the register holds already all that could be written of the file. */
export function hasNothingNew({
  effects,
  ...rows
}: Pick<ImportReport, 'new' | 'changed' | 'effects'>): boolean {
  return rows.new + rows.changed === 0 && writtenEffects(effects).length === 0;
}

/** Records that the rows of a kind are themselves. */
const OWN_RECORD: Readonly<Record<ImportReport['kind'], (typeof RECORDS)[number]>> = {
  'risk-points': 'riskPoints',
  enterprises: 'enterprises',
  'hazard-sources': 'hazardSources',
  assessments: 'assessments',
};

/** Whether a commit would also change registered records that the rows only mention. */
export function changesOthers({ kind, effects }: Pick<ImportReport, 'kind' | 'effects'>): boolean {
  return writtenEffects(effects).some(
    ({ record, changed }) => record !== OWN_RECORD[kind] && changed > 0,
  );
}

/** What writing a new row would change in records that are registered already. */
export function changesBeside({ status, changes }: Pick<ImportRow, 'status' | 'changes'>) {
  return status === 'new' ? changes.filter(({ field }) => field !== '*') : [];
}

/** Why an import waits or has ended; null: it goes on as it is. */
export function standingOf({
  state,
  problem,
  crs,
  columns,
}: Pick<ImportReport, 'state' | 'problem' | 'crs' | 'columns'>):
  | 'undecided'
  | 'columns'
  | 'rejected'
  | 'failed'
  | 'cancelled'
  | null {
  if (state === 'failed' || state === 'cancelled') return state;
  if (state !== 'rejected') return null;
  const isOfCrs = crs !== null && crs.decided === null && problem?.zh === crs.because.zh;
  if (isOfCrs) return 'undecided';
  return columns.length > 0 ? 'columns' : 'rejected';
}

/** A value of the register or the file as text; null where there is none. */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.map((each) => valueText(each) ?? '').join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export type Reading = { readonly crs: string; readonly swapped: boolean };

/** Identifies a reading of the coordinates. */
export function readingKey({ crs, swapped }: Reading): string {
  return swapped ? `${crs}/swapped` : crs;
}

export function isSameReading(a: Reading | null, b: Reading | null): boolean {
  return a !== null && b !== null && readingKey(a) === readingKey(b);
}

/** Letter of a reading on the small map and on its card: A is the one that the rows are placed by. */
export function readingLetter(index: number): string {
  return String.fromCodePoint(65 + index);
}

/**
 * Readings to be compared with the one that the rows are placed by: all that the numbers allow
 * while none is decided, else the one that is looked at.
 */
export function comparedReadings(
  { decided, candidates }: Pick<NonNullable<ImportReport['crs']>, 'decided' | 'candidates'>,
  chosen: Reading | null,
): readonly Reading[] {
  const base = decided ?? candidates[0] ?? null;
  const wanted =
    decided === null ? [...candidates, ...(chosen === null ? [] : [chosen])] : [chosen];
  const byKey = wanted.flatMap((each) =>
    each === null || isSameReading(each, base)
      ? []
      : [[readingKey(each), { crs: each.crs, swapped: each.swapped }] as const],
  );
  return [...new Map(byKey).values()];
}

/** Name of a reading without what it says in brackets: GCJ-02（火星坐标，高德、腾讯） is GCJ-02. */
export function shortReading(name: string): string {
  return name.replaceAll(/\s*[（(][^）)]*[）)]/g, '').trim();
}

/** Metres for people: below ten with one decimal, from two kilometres on in kilometres. */
export function metresText(metres: number, format: (value: number) => string): string {
  if (metres < 10) return `${metres.toFixed(1)} m`;
  if (metres < 2000) return `${format(Math.round(metres))} m`;
  return `${format(Math.round(metres / 1000))} km`;
}
