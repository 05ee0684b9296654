import { calendarDay } from '#server/domain/calendar-day.ts';
import { exportListNames, isStatutory } from '#server/domain/export-lists.ts';
import { EMPTY_CELLS } from '#server/domain/import/mapping-texts.ts';
import type { Cell } from '#server/files/cell.ts';
import { writeCsv } from '#server/files/write-csv.ts';
import type { CsvDelimiter, CsvEncoding } from '#server/files/write-csv.ts';
import { writeXlsx } from '#server/files/write-xlsx.ts';
import type { Download } from '#server/http/download.ts';
import type { SheetRow } from './export-sheet.ts';
import type { ExportContent } from './exports.service.ts';
import { writeGeojson } from './write-geojson.ts';

/** How the file is written, where its format leaves a choice. */
export type FileOptions = {
  readonly encoding: CsvEncoding;
  readonly delimiter: CsvDelimiter;
  /** IANA name: the data time is printed as the clocks there show it. */
  readonly timeZone: string;
};

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CHARSETS: Readonly<Record<string, string>> = { gb18030: 'gb18030' };

/** The bytes of an export, made as they are taken. Its place is given free when they end or nobody wants them. */
export function exportFile(content: ExportContent, options: FileOptions): Download {
  const { request, fileName, release } = content;
  const body = released(bytesOf(content, options), release);
  if (request.format === 'xlsx') return { mediaType: XLSX, fileName, body };
  if (request.format === 'geojson') return { mediaType: 'application/geo+json', fileName, body };
  const charset = CHARSETS[options.encoding] ?? 'utf-8';
  return { mediaType: `text/csv; charset=${charset}`, fileName, body };
}

async function* released(
  bytes: AsyncIterable<Uint8Array>,
  release: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } finally {
    release();
  }
}

function bytesOf(content: ExportContent, options: FileOptions): AsyncIterable<Uint8Array> {
  const { request, sheet } = content;
  const { encoding, delimiter, timeZone } = options;
  const name = exportListNames[request.list][request.language];
  if (request.format === 'geojson') return writeGeojson(content, name);
  const titles = titlesOf(content, timeZone);
  const headers = sheet.columns.map(({ header }) => header);
  if (request.format === 'csv') {
    const head = [...titles.map((title) => [title]), headers];
    return writeCsv(withHead(head, sheet.rows), { encoding, delimiter });
  }
  const notes = notesOf(content, titles);
  return writeXlsx({
    name,
    titles,
    headers,
    widths: sheet.columns.map(({ width }) => width),
    rows: withEnd(sheet.rows, () => notes.push(...endNotes(content))),
    notes: { name: request.language === 'zh' ? '说明' : 'Notes', rows: notes },
  });
}

/** The name of the list, what its rows were chosen by, and as of when: an import skips these rows. */
function titlesOf({ request, filter, now, sheet }: ExportContent, timeZone: string): string[] {
  const { list, language } = request;
  const time = `${calendarDay(now, timeZone)} ${clockTime(now, timeZone)}`;
  const hasPlaces = sheet.columns.some(({ header }) => /坐标系|Coordinate system/.test(header));
  if (language === 'zh') {
    const crs = hasPlaces ? '；坐标系：WGS 84' : '';
    return [
      exportListNames[list].zh,
      `筛选条件：${filter}`,
      `数据时间：${time}（${timeZone}）${crs}`,
    ];
  }
  const crs = hasPlaces ? '; coordinates: WGS 84' : '';
  return [exportListNames[list].en, `Filter: ${filter}`, `Data time: ${time} (${timeZone})${crs}`];
}

function clockTime(instant: number, timeZone: string): string {
  const options = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en', options).format(instant);
}

/** Sheet of notes; what only the end of the rows can tell is added there, before this sheet is written. */
function notesOf({ request, leftOut }: ExportContent, titles: readonly string[]): string[][] {
  const isChinese = request.language === 'zh';
  const notes = [...titles.map((title) => [title])];
  if (isStatutory(request.list)) {
    notes.push([
      isChinese
        ? '等级为评估得出的等级；动态管控等级不在法定清单中打印'
        : 'Levels are those that assessments gave; the dynamic control level is no part of a statutory list',
    ]);
  }
  notes.push(
    [
      isChinese
        ? '系统编号用于再次导入时找到同一条记录，请勿改动'
        : 'The identifiers let an import find the same records again; leave them as they are',
    ],
    [EMPTY_CELLS[request.language]],
  );
  if (leftOut.length > 0) {
    const keys = leftOut.join(isChinese ? '、' : ', ');
    notes.push([
      isChinese
        ? `未列出的属性（名称与其他列相同或过多）：${keys}`
        : `Attributes left out (named like other columns, or too many): ${keys}`,
    ]);
  }
  return notes;
}

function endNotes({ request, sheet }: ExportContent): string[][] {
  const { rows, hasChanged } = sheet.outcome;
  const isChinese = request.language === 'zh';
  const changed = isChinese
    ? '导出期间登记库有改动：个别行可能是改动前或改动后的内容，也可能缺少或重复'
    : 'The register changed while this file was written: single rows may be older or newer, missing or repeated';
  return [[isChinese ? `共 ${rows} 行` : `${rows} rows`], ...(hasChanged ? [[changed]] : [])];
}

type Rows = AsyncIterable<SheetRow>;

async function* withHead(
  head: readonly (readonly Cell[])[],
  rows: Rows,
): AsyncGenerator<readonly Cell[]> {
  yield* head;
  for await (const { cells } of rows) yield cells;
}

async function* withEnd(rows: Rows, atEnd: () => void): AsyncGenerator<readonly Cell[]> {
  for await (const { cells } of rows) yield cells;
  atEnd();
}
