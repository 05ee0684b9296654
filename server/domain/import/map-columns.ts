import type { Bilingual } from '../bilingual.ts';

import { missingColumns, NAMING_FIELDS } from './column-needs.ts';
import { MAIN_SUBJECT } from './column-table.ts';
import type { ColumnTable, ImportField } from './column-table.ts';
import { fieldsOf, plainMeaning, standInFields } from './import-columns.ts';
import type { ImportKind } from './import-kind.ts';
import * as texts from './mapping-texts.ts';

/** What a column is taken for. `field` is set for the use `field` only. */
export type MappedColumn = {
  readonly header: string;
  readonly use: 'field' | 'attribute' | 'ignored';
  readonly field: string | null;
  readonly note: Bilingual | null;
};

export type ColumnMapping = {
  readonly columns: readonly MappedColumn[];
  /** Why the file cannot be read as it is. */
  readonly faults: readonly Bilingual[];
  /** What the person who imports it should know. */
  readonly notes: readonly Bilingual[];
};

/** Header → field; null: an attribute of the row. */
export type OwnMapping = Readonly<Record<string, string | null>>;

/** Further columns that are kept. */
export const MOST_ATTRIBUTES = 50;

/** `field` of what it is taken for, `ignored` with the reason, or neither: an attribute. */
type Column = {
  readonly header: string;
  readonly isOwn: boolean;
  readonly field: ImportField | null;
  readonly ignored: Bilingual | null;
  readonly note: Bilingual | null;
};

/**
 * Takes each column for a field, an attribute or nothing: by the person's own mapping where it names the header, else
 * by the table. A column of risk levels is never taken; a header that is not known becomes an attribute.
 */
export function mapColumns(
  table: ColumnTable,
  kind: ImportKind,
  headers: readonly string[],
  own: OwnMapping = {},
): ColumnMapping {
  const fields = fieldsOf(table, kind);
  const chosen = readOwn(fields, headers, own);
  const first = headers.map((header) => columnOf(table, kind, chosen.byHeader, header));
  const columns = withOwners(kind, fields, withStandIns(table, kind, first));
  const has = (id: string) => columns.some(({ field }) => field?.id === id);
  return {
    columns: finished(kind, columns),
    faults: [...chosen.faults, ...repeated(columns), ...missingColumns(kind, has)],
    notes: notesOf(columns),
  };
}

type Chosen = {
  readonly byHeader: ReadonlyMap<string, ImportField | null>;
  readonly faults: readonly Bilingual[];
};

function readOwn(
  fields: readonly ImportField[],
  headers: readonly string[],
  own: OwnMapping,
): Chosen {
  const byHeader = new Map<string, ImportField | null>();
  const faults: Bilingual[] = [];
  const known = new Set(headers.map((header) => header.trim()));
  for (const [header, id] of Object.entries(own)) {
    const field = fields.find((candidate) => candidate.id === id) ?? null;
    if (!known.has(header.trim())) faults.push(texts.unknownHeader(header));
    else if (id !== null && field === null) faults.push(texts.unknownField(id, header));
    else byHeader.set(header.trim(), field);
  }
  return { byHeader, faults };
}

function columnOf(
  table: ColumnTable,
  kind: ImportKind,
  byHeader: Chosen['byHeader'],
  header: string,
): Column {
  const own = byHeader.get(header.trim());
  const column = {
    header,
    isOwn: own !== undefined,
    field: own ?? null,
    ignored: null,
    note: null,
  };
  if (own) return column;
  if (header.trim() === '') return { ...column, ignored: texts.NO_HEADER };
  const meaning = plainMeaning(table, kind, header);
  if (meaning && 'ignored' in meaning) return { ...column, ignored: meaning.ignored };
  if (own === null) return column;
  if (meaning) return { ...column, field: meaning.field };
  const isFactor = kind !== 'assessments' && isOfAssessment(table, header);
  return isFactor ? { ...column, note: texts.ASSESSMENT_COLUMN } : column;
}

function isOfAssessment(table: ColumnTable, header: string): boolean {
  const meaning = plainMeaning(table, 'assessments', header);
  return meaning !== null && 'field' in meaning && meaning.field.id.startsWith('factor');
}

/** Fills what no column fills yet from a column whose header may stand for it. */
function withStandIns(
  table: ColumnTable,
  kind: ImportKind,
  columns: readonly Column[],
): readonly Column[] {
  const candidates = columns.map(({ header, isOwn, ignored }) =>
    isOwn || ignored ? [] : standInFields(table, kind, header),
  );
  return table.fields.reduce((current, field) => {
    if (current.some((column) => column.field === field)) return current;
    const index = current.findIndex(
      ({ note }, place) => note === null && candidates[place]?.includes(field),
    );
    const found = current[index];
    return found ? current.with(index, { ...found, field, note: texts.standsIn(field) }) : current;
  }, columns);
}

const OWNERS = {
  enterprise: { zh: '企业', en: 'enterprise' },
  risk_point: { zh: '风险点', en: 'risk point' },
  hazard_source: { zh: '危险源', en: 'hazard source' },
} as const;

/** What is said of a record that the file never names has to go elsewhere: its address is the point's location. */
function withOwners(
  kind: ImportKind,
  fields: readonly ImportField[],
  columns: readonly Column[],
): readonly Column[] {
  const filled = new Set(columns.map(({ field }) => field?.id));
  const isNamed = (subject: keyof typeof OWNERS) =>
    subject === MAIN_SUBJECT[kind] || NAMING_FIELDS[subject].some((id) => filled.has(id));
  return columns.map((column) => {
    const { field } = column;
    if (!field || !isOwner(field.subject) || isNamed(field.subject)) return column;
    const other = fields.find(({ id }) => id === field.otherwise && !filled.has(id)) ?? null;
    if (other) filled.add(other.id);
    return { ...column, field: other, note: texts.ownerNotNamed(OWNERS[field.subject], other) };
  });
}

function isOwner(subject: string): subject is keyof typeof OWNERS {
  return Object.hasOwn(OWNERS, subject);
}

function repeated(columns: readonly Column[]): readonly Bilingual[] {
  const fields = [...new Set(columns.flatMap(({ field }) => field ?? []))];
  return fields.flatMap((field) => {
    const headers = columns.filter((column) => column.field === field).map(({ header }) => header);
    return headers.length > 1 ? [texts.repeatedField(field, headers)] : [];
  });
}

function finished(kind: ImportKind, columns: readonly Column[]): readonly MappedColumn[] {
  let attributes = 0;
  return columns.map(({ header, field, ignored, note }) => {
    if (field) return { header, use: 'field', field: field.id, note };
    if (ignored) return { header, use: 'ignored', field: null, note: ignored };
    if (kind === 'assessments') {
      return { header, use: 'ignored', field: null, note: texts.NO_ATTRIBUTES };
    }
    attributes += 1;
    return attributes > MOST_ATTRIBUTES
      ? { header, use: 'ignored', field: null, note: texts.TOO_MANY_ATTRIBUTES }
      : { header, use: 'attribute', field: null, note };
  });
}

function notesOf(columns: readonly Column[]): readonly Bilingual[] {
  const secret = columns.flatMap(({ header }) => {
    const word = texts.findSecretWord(header);
    return word === null ? [] : [texts.secretHeader(header, word)];
  });
  const factors = columns.filter(({ note }) => note === texts.ASSESSMENT_COLUMN);
  const elsewhere = factors.length > 1 ? [texts.FACTORS_ELSEWHERE] : [];
  return [...secret, ...elsewhere, texts.EMPTY_CELLS];
}
