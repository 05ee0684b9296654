import type { Knex } from 'knex';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import type { ColumnTable } from '#server/domain/import/column-table.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { templateColumns, templateNotes } from '#server/domain/import/templates.ts';
import type { TemplateColumn } from '#server/domain/import/templates.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { writeCsv } from '#server/files/write-csv.ts';
import type { CsvDelimiter, CsvEncoding } from '#server/files/write-csv.ts';
import { writeXlsx } from '#server/files/write-xlsx.ts';
import type { Download } from '#server/http/download.ts';
import type { FormatFound } from './import-reading.ts';
import { listRows } from './import-rows.store.ts';
import type { StoredRow } from './import-rows.store.ts';
import { toRow } from './import-wire.ts';
import { findImport } from './imports.store.ts';
import { isReasons, REASONS } from './reasons-column.ts';

type Language = 'zh' | 'en';

export type DownloadDeps = {
  readonly read: <T>(work: (trx: Knex.Transaction) => Promise<T>) => Promise<T>;
  readonly table: ColumnTable;
  readonly definitions: () => Promise<readonly MethodDefinition[]>;
};

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PAGE = 500;
const CRS_TITLE = 'crs: ';

/** Header of the column of reasons. A later import of the file takes it for an attribute to be left out. */
const KIND_NAMES: Readonly<Record<ImportKind, Bilingual>> = {
  'risk-points': { zh: '风险点', en: 'risk-points' },
  enterprises: { zh: '企业', en: 'enterprises' },
  'hazard-sources': { zh: '危险源', en: 'hazard-sources' },
  assessments: { zh: '评估', en: 'assessments' },
};

export type ImportDownloads = ReturnType<typeof createImportDownloads>;

/** Files that the import hands out: the faulty rows of a file, and templates to fill in. */
export function createImportDownloads({ read, table, definitions }: DownloadDeps) {
  return {
    /** The faulty rows in the form of the file they came in, with a column of reasons. Throws NotFoundError. */
    faultyRows: async (id: string, language: Language): Promise<Download> => {
      const record = await read((trx) => findImport(trx, id));
      if (!record) throw new NotFoundError('import', id);
      const { format, headers = [] } = record.reading;
      const name = (record.fileName ?? id).replace(/\.\w{1,8}$/, '');
      const label = language === 'zh' ? '有误行' : 'faulty-rows';
      return toFile(format, {
        name: `${name}_${label}`,
        headers,
        titles: format?.titles ?? [],
        language,
        pages: rowsOf(read, id),
      });
    },

    template: async (
      kind: ImportKind,
      language: Language,
      format: 'xlsx' | 'csv',
    ): Promise<Download> => {
      const columns = templateColumns(table, kind, language, { definitions: await definitions() });
      const prefix = language === 'zh' ? '导入模板_' : 'import-template_';
      const fileName = `${prefix}${KIND_NAMES[kind][language]}.${format}`;
      if (format === 'xlsx') {
        return { mediaType: XLSX, fileName, body: templateBook(kind, language, columns) };
      }
      const { headers, rows } = tableOf(columns);
      return { mediaType: csvType('utf-8-bom'), fileName, body: writeCsv([headers, ...rows]) };
    },
  };
}

/** The headers and two example rows. */
function tableOf(columns: readonly TemplateColumn[]) {
  return {
    headers: columns.map(({ header }) => header),
    rows: [0, 1].map((row) => columns.map(({ examples }) => examples[row] ?? '')),
  };
}

function templateBook(kind: ImportKind, language: Language, columns: readonly TemplateColumn[]) {
  return writeXlsx({
    name: KIND_NAMES[kind][language],
    ...tableOf(columns),
    widths: columns.map(({ header }) => Math.max(12, 2 * header.length + 2)),
    notes: { name: language === 'zh' ? '填写说明' : 'Notes', rows: notesOf(columns, language) },
    lists: { name: language === 'zh' ? '可选值' : 'Values', columns: listsOf(columns) },
  });
}

function notesOf(columns: readonly TemplateColumn[], language: Language): readonly string[][] {
  const required = language === 'zh' ? '必填' : 'required';
  return [
    ...templateNotes(language).map((note) => [note]),
    [],
    ...columns.map(({ header, isRequired, note }) => [
      header,
      isRequired ? required : '',
      note ?? '',
    ]),
  ];
}

/** Cells that take one value of a list offer it; those that take several say so in their note. */
function listsOf(columns: readonly TemplateColumn[]) {
  return columns.flatMap(({ values, takesSeveral }, column) =>
    values === null || takesSeveral ? [] : [{ column, values: [...values] }],
  );
}

async function* rowsOf(read: DownloadDeps['read'], id: string): AsyncGenerator<StoredRow> {
  let after = 0;
  for (;;) {
    const from = after;
    const page = await read((trx) =>
      listRows(trx, id, { status: 'faulty' }, { after: from, limit: PAGE }),
    );
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.row;
  }
}

type Faulty = {
  readonly name: string;
  readonly headers: readonly string[];
  /** What stood above the header: it may say how the coordinates are to be read. */
  readonly titles: readonly string[];
  readonly language: Language;
  readonly pages: AsyncGenerator<StoredRow>;
};

function toFile(format: FormatFound | undefined, faulty: Faulty): Download {
  const { name, titles, language } = faulty;
  if (format?.kind === 'geojson') {
    const fileName = `${name}.geojson`;
    return { mediaType: 'application/geo+json', fileName, body: geojson(faulty) };
  }
  const headers = [...ownHeaders(faulty).map(({ header }) => header), REASONS[language]];
  const rows = table(faulty);
  if (format?.kind === 'xlsx') {
    const body = writeXlsx({ name: format.sheet ?? 'Sheet1', titles, headers, rows });
    return { mediaType: XLSX, fileName: `${name}.xlsx`, body };
  }
  const encoding = (format?.encoding ?? 'utf-8-bom') as CsvEncoding;
  const above = titles.map((title) => [title]);
  const body = writeCsv(withHeader([...above, headers], rows), {
    encoding,
    delimiter: (format?.delimiter ?? ',') as CsvDelimiter,
  });
  return { mediaType: csvType(encoding), fileName: `${name}.csv`, body };
}

const csvType = (encoding: CsvEncoding): string =>
  `text/csv; charset=${encoding === 'utf-8-bom' ? 'utf-8' : encoding}`;

/** The columns of the file without the reasons of an earlier import, and where their cells are. */
function ownHeaders({ headers }: Pick<Faulty, 'headers'>) {
  return headers
    .map((header, index) => ({ header, index }))
    .filter(({ header }) => !isReasons(header));
}

async function* withHeader<T>(above: readonly T[], rows: AsyncIterable<T>): AsyncGenerator<T> {
  yield* above;
  yield* rows;
}

async function* table(faulty: Faulty): AsyncGenerator<(string | null)[]> {
  const { pages, headers, language } = faulty;
  const own = ownHeaders(faulty);
  for await (const row of pages) {
    const { cells } = toRow(row, headers);
    yield [...own.map(({ index }) => cells[index] ?? null), reasonsOf(row, language)];
  }
}

async function* geojson(faulty: Faulty): AsyncGenerator<Buffer> {
  const { pages, headers, titles, language } = faulty;
  const own = ownHeaders(faulty);
  yield Buffer.from(`{"type":"FeatureCollection",${crsMember(titles)}"features":[`);
  let separator = '\n';
  for await (const row of pages) {
    const { cells } = toRow(row, headers);
    const members = own.map(({ header, index }) => [header, cells[index] ?? null] as const);
    const properties = Object.fromEntries([
      ...members,
      [REASONS[language], reasonsOf(row, language)],
    ]);
    const feature = { type: 'Feature', geometry: row.geometry ?? null, properties };
    yield Buffer.from(separator + JSON.stringify(feature));
    separator = ',\n';
  }
  yield Buffer.from('\n]}\n');
}

/** The coordinate system that the file named, as the reader of GeoJSON noted it. */
function crsMember(titles: readonly string[]): string {
  const name = titles.find((title) => title.startsWith(CRS_TITLE))?.slice(CRS_TITLE.length);
  // One that is not a name was none that could be read.
  if (name === undefined || name.startsWith('{')) return '';
  return `"crs":${JSON.stringify({ type: 'name', properties: { name } })},`;
}

function reasonsOf({ faults }: StoredRow, language: Language): string {
  return faults
    .map(({ column, problem, expected }) => {
      const where = column === null ? '' : `${column}${language === 'zh' ? '：' : ': '}`;
      const hint = expected ? (language === 'zh' ? `（${expected.zh}）` : ` (${expected.en})`) : '';
      return `${where}${problem[language]}${hint}`;
    })
    .join('\n');
}
