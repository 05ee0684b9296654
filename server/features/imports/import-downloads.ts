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

type Language = 'zh' | 'en';

export type DownloadDeps = {
  readonly read: <T>(work: (trx: Knex.Transaction) => Promise<T>) => Promise<T>;
  readonly table: ColumnTable;
  readonly definitions: () => Promise<readonly MethodDefinition[]>;
};

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PAGE = 500;

/** Header of the column of reasons. A later import of the file takes it for an attribute to be left out. */
const REASONS: Bilingual = { zh: '问题说明', en: 'Problems' };
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
      const pages = rowsOf(read, id);
      const name = (record.fileName ?? id).replace(/\.\w{1,8}$/, '');
      const label = language === 'zh' ? '有误行' : 'faulty-rows';
      return toFile(format, { name: `${name}_${label}`, headers, language, pages });
    },

    template: async (
      kind: ImportKind,
      language: Language,
      format: 'xlsx' | 'csv',
    ): Promise<Download> => {
      const columns = templateColumns(table, kind, language, { definitions: await definitions() });
      const name = `${language === 'zh' ? '导入模板_' : 'import-template_'}${KIND_NAMES[kind][language]}`;
      const rows = [0, 1].map((row) => columns.map(({ examples }) => examples[row] ?? ''));
      const headers = columns.map(({ header }) => header);
      if (format === 'csv') {
        return {
          mediaType: 'text/csv',
          fileName: `${name}.csv`,
          body: writeCsv([headers, ...rows]),
        };
      }
      const body = writeXlsx({
        name: KIND_NAMES[kind][language],
        headers,
        rows,
        widths: columns.map(({ header }) => Math.max(12, 2 * header.length + 2)),
        notes: { name: language === 'zh' ? '填写说明' : 'Notes', rows: notesOf(columns, language) },
        lists: { name: language === 'zh' ? '可选值' : 'Values', columns: listsOf(columns) },
      });
      return { mediaType: XLSX, fileName: `${name}.xlsx`, body };
    },
  };
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
  readonly language: Language;
  readonly pages: AsyncGenerator<StoredRow>;
};

function toFile(format: FormatFound | undefined, faulty: Faulty): Download {
  const { name, headers, language } = faulty;
  const header = [...headers, REASONS[language]];
  if (format?.kind === 'geojson') {
    const fileName = `${name}.geojson`;
    return { mediaType: 'application/geo+json', fileName, body: geojson(faulty) };
  }
  if (format?.kind === 'xlsx') {
    const body = writeXlsx({
      name: format.sheet ?? 'Sheet1',
      headers: header,
      rows: table(faulty),
    });
    return { mediaType: XLSX, fileName: `${name}.xlsx`, body };
  }
  const body = writeCsv(withHeader(header, table(faulty)), {
    encoding: (format?.encoding ?? 'utf-8-bom') as CsvEncoding,
    delimiter: (format?.delimiter ?? ',') as CsvDelimiter,
  });
  return { mediaType: 'text/csv', fileName: `${name}.csv`, body };
}

async function* withHeader<T>(header: T, rows: AsyncIterable<T>): AsyncGenerator<T> {
  yield header;
  yield* rows;
}

async function* table({ pages, headers, language }: Faulty): AsyncGenerator<(string | null)[]> {
  for await (const row of pages) {
    const cells = toRow(row, headers).cells;
    const padded = headers.map((_, index) => cells[index] ?? null);
    yield [...padded, reasonsOf(row, language)];
  }
}

async function* geojson({ pages, headers, language }: Faulty): AsyncGenerator<Buffer> {
  yield Buffer.from('{"type":"FeatureCollection","features":[');
  let separator = '\n';
  for await (const row of pages) {
    const { cells } = toRow(row, headers);
    const members = headers.map((name, index) => [name, cells[index] ?? null] as const);
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

function reasonsOf({ faults }: StoredRow, language: Language): string {
  return faults
    .map(({ column, problem, expected }) => {
      const where = column === null ? '' : `${column}: `;
      const hint = expected ? (language === 'zh' ? `（${expected.zh}）` : ` (${expected.en})`) : '';
      return `${where}${problem[language]}${hint}`;
    })
    .join('\n');
}
