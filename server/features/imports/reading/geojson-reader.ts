import { createReadStream } from 'node:fs';
import { parseFeature, parsedObject } from './geojson-feature.ts';
import type { GeometryChecker } from './geojson-geometry.ts';
import { createGeometryChecker } from './geojson-geometry.ts';
import { createFeatureScanner } from './geojson-scanner.ts';
import type { Reading, TableRow } from './reading.ts';
import { ROWS_AT_ONCE } from './reading.ts';
import { broken, tooLarge } from './refusal.ts';
import { tooManyCells } from './row-budget.ts';

const PIECE_BYTES = 262_144;

/**
 * Reads a GeoJSON FeatureCollection or Feature (RFC 7946) in two passes, feature by feature: the first
 * checks everything and collects the columns, in order of first appearance; the second hands out rows.
 */
export async function readGeoJson(reading: Reading): Promise<{ rows: number }> {
  const columns = new Map<string, number>();
  const { rows, titles } = await survey(reading, columns);
  if (rows === 0) throw noFeatures();
  const headers = [...columns.keys()];
  const head = { titleRows: [], headerRows: [], titles, headers };
  await reading.watch.outside(() => reading.onHead({ format: { kind: 'geojson' }, ...head }));
  let batch: TableRow[] = [];
  const check = createGeometryChecker(reading.watch.budgets);
  for await (const { json, row } of features(reading)) {
    batch.push(tableRow(json, row, { reading, columns, check }));
    if (batch.length < ROWS_AT_ONCE) continue;
    const full = batch;
    batch = [];
    await reading.watch.outside(() => reading.onRows(full));
  }
  if (batch.length > 0) await reading.watch.outside(() => reading.onRows(batch));
  return { rows };
}

type Target = {
  readonly reading: Reading;
  readonly columns: ReadonlyMap<string, number>;
  readonly check: GeometryChecker;
};

function tableRow(json: Buffer, row: number, { reading, columns, check }: Target): TableRow {
  const { properties, geometry } = parseFeature(json, row, reading.watch.budgets.cellChars);
  const cells = Array.from<string | null>({ length: columns.size }).fill(null);
  for (const [name, text] of properties) cells[columns.get(name) ?? cells.length] = text;
  return { row, cells, geometry: check(geometry, row) };
}

/** Checks every feature and what is around them; fills in the columns. */
async function survey(
  reading: Reading,
  columns: Map<string, number>,
): Promise<{ rows: number; titles: string[] }> {
  const { budgets } = reading.watch;
  const check = createGeometryChecker(budgets);
  let rows = 0;
  let cells = 0;
  let rest: Buffer | undefined;
  for await (const { json, row } of features(reading, (bytes) => (rest = bytes))) {
    const { properties, geometry } = parseFeature(json, row, budgets.cellChars);
    check(geometry, row);
    for (const [name] of properties) if (!columns.has(name)) columns.set(name, columns.size);
    rows += 1;
    cells += properties.length;
    if (rows > budgets.rows) throw tooManyFeatures(budgets.rows);
    if (columns.size > budgets.columns) throw tooManyNames(budgets.columns, row);
    if (cells > budgets.cells) throw tooManyCells(budgets.cells, row);
  }
  return { rows, titles: titlesOf(rest) };
}

type FeatureJson = { readonly json: Buffer; readonly row: number };

/**
 * The features of the file. What is around them comes last, and only then is known whether the file
 * is a collection; a lone Feature is all "around".
 */
async function* features(
  { path, watch }: Reading,
  onRest: (rest: Buffer) => void = () => undefined,
): AsyncGenerator<FeatureJson> {
  const scanner = createFeatureScanner();
  let isStart = true;
  for await (const piece of createReadStream(path, {
    highWaterMark: PIECE_BYTES,
  }) as AsyncIterable<Buffer>) {
    watch.tick();
    const text = isStart && piece.indexOf('\uFEFF') === 0 ? piece.subarray(3) : piece;
    isStart = false;
    const before = scanner.count();
    for (const [at, json] of scanner.write(text).entries()) yield { json, row: before + at + 1 };
  }
  const rest = scanner.rest();
  const top = parsedObject(rest);
  if (top === undefined) throw notGeoJson();
  if (top['type'] === 'Feature' && scanner.count() === 0) yield { json: rest, row: 1 };
  else checkCollection(top, scanner.count());
  onRest(rest);
}

/** Every item of `features` must have been a feature, which left a 0 in its place. */
function checkCollection(top: Readonly<Record<string, unknown>>, count: number): void {
  const { type, features: list } = top;
  if (type !== 'FeatureCollection' || !Array.isArray(list)) throw notGeoJson();
  if (list.length === count && list.every((item) => item === 0)) return;
  throw broken(
    'features 数组中有不是要素的内容。',
    'The array "features" holds something that is no feature.',
  );
}

/** The coordinate system that older GeoJSON may name: what it means is for the reader of the head to say. */
function titlesOf(rest: Buffer | undefined): string[] {
  const crs = rest === undefined ? undefined : parsedObject(rest)?.['crs'];
  if (crs === undefined || crs === null) return [];
  const name = (crs as { properties?: { name?: unknown } }).properties?.name;
  return [`crs: ${typeof name === 'string' ? name : JSON.stringify(crs)}`.slice(0, 500)];
}

function noFeatures(): Error {
  return broken('文件中没有任何要素。', 'The file has no features.');
}

function notGeoJson(): Error {
  return broken(
    '文件不是合法的 GeoJSON：最外层应为 FeatureCollection 或 Feature，且为 UTF-8 编码的 JSON。',
    'The file is no valid GeoJSON: its top level must be a FeatureCollection or a Feature, as JSON in UTF-8.',
  );
}

function tooManyFeatures(limit: number): Error {
  return tooLarge(
    `文件超过 ${limit} 个要素。请拆成几个文件再导入。`,
    `The file has more than ${limit} features. Split it into several files.`,
    { row: limit + 1 },
  );
}

function tooManyNames(limit: number, row: number): Error {
  return tooLarge(
    `要素的属性名超过 ${limit} 个。请删去不需要的属性。`,
    `The features have more than ${limit} property names. Delete those that are not needed.`,
    { row },
  );
}
