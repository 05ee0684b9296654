import type { Bilingual } from '../bilingual.ts';
import { RuleViolationError } from '../errors.ts';
import { DefinitionReader } from '../methods/definition-reader.ts';
import type { JsonObject } from '../methods/definition-reader.ts';

import { FIELD_SUBJECTS, MAIN_SUBJECT } from './column-table.ts';
import type {
  ColumnTable,
  FieldSubject,
  HeaderMeaning,
  IgnoredHeaders,
  ImportField,
  ValueEntry,
} from './column-table.ts';
import { wholeHeader } from './header-text.ts';
import { IMPORT_KINDS } from './import-kind.ts';
import type { ImportKind } from './import-kind.ts';
import { normaliseWord } from './value-words.ts';

const MOST_CELL_CHARACTERS = 5000;

const FAULTY = { zh: '导入列定义表有误。', en: 'The table of import columns has faults' };

/**
 * Turns the stored table of columns into a ColumnTable. Throws RuleViolationError with every fault: wrong types, an
 * unknown kind or list, and one header for two fields of the same kind of file.
 */
export function parseColumnTable(json: unknown): ColumnTable {
  const reader = new DefinitionReader();
  const root = reader.object(json, '');
  const values = readValues(reader, root);
  const fields = reader.list(root, '', 'fields', (item, at) => readField(reader, item, at));
  const ignored = reader.list(root, '', 'ignored', (item, at): IgnoredHeaders => ({
    headers: texts(reader, item, at, 'headers'),
    note: reader.bilingual(item, at, 'note'),
  }));
  checkReferences(reader, fields, values);
  checkWords(reader, values);
  const meanings = byKind((kind) => meaningsOf(reader, fields, ignored, kind));
  const standIns = byKind((kind) => standInsOf(fields, kind));
  if (reader.faults.length > 0) {
    throw new RuleViolationError(FAULTY, reader.faults);
  }
  return { fields, values, meanings, standIns };
}

function readField(reader: DefinitionReader, item: JsonObject, at: string): ImportField {
  const [first = NOTHING, second = NOTHING] = reader.list(item, at, 'examples', bilingualItem);
  return {
    id: reader.text(item, at, 'id'),
    subject: reader.oneOf<FieldSubject>(item, at, 'subject', [...FIELD_SUBJECTS]),
    names: reader.bilingual(item, at, 'names'),
    headers: texts(reader, item, at, 'headers'),
    mainHeaders: texts(reader, item, at, 'mainHeaders'),
    standIns: texts(reader, item, at, 'standIns'),
    mainStandIns: texts(reader, item, at, 'mainStandIns'),
    kinds: kindsIn(reader, item, at, 'kinds'),
    requiredIn: kindsIn(reader, item, at, 'requiredIn'),
    most: Math.min(reader.count(item, at, 'most'), MOST_CELL_CHARACTERS),
    values: optional(item, 'values') ? reader.text(item, at, 'values') : null,
    inTemplates: kindsIn(reader, item, at, 'inTemplates'),
    examples: [first, second],
    note: optional(item, 'note') ? reader.bilingual(item, at, 'note') : null,
    otherwise: optional(item, 'otherwise') ? reader.text(item, at, 'otherwise') : null,
  };
}

const NOTHING: Bilingual = { zh: '', en: '' };

/** An example may be empty, so the reader's texts do not serve. */
function bilingualItem({ zh, en }: JsonObject): Bilingual {
  return { zh: typeof zh === 'string' ? zh : '', en: typeof en === 'string' ? en : '' };
}

function readValues(
  reader: DefinitionReader,
  root: JsonObject,
): ReadonlyMap<string, readonly ValueEntry[]> {
  const lists = reader.object(root['values'], '/values');
  return new Map(
    Object.keys(lists).map((name) => [
      name,
      reader.list(lists, '/values', name, (item, at): ValueEntry => ({
        code: reader.text(item, at, 'code'),
        names: reader.bilingual(item, at, 'names'),
        words: texts(reader, item, at, 'words'),
      })),
    ]),
  );
}

function optional(item: JsonObject, key: string): boolean {
  return Object.hasOwn(item, key);
}

/** A list of texts that may be left out. */
function texts(
  reader: DefinitionReader,
  item: JsonObject,
  at: string,
  key: string,
): readonly string[] {
  const value = item[key] ?? [];
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value;
  reader.faults.push({
    pointer: `${at}/${key}`,
    detail: { zh: '应为文本的列表。', en: 'must be a list of texts' },
  });
  return [];
}

function kindsIn(
  reader: DefinitionReader,
  item: JsonObject,
  at: string,
  key: string,
): readonly ImportKind[] {
  const named = texts(reader, item, at, key);
  const known = IMPORT_KINDS.filter((kind) => named.includes(kind));
  if (known.length < named.length) {
    const detail = {
      zh: `应为 ${IMPORT_KINDS.join('、')} 的列表，每种一次。`,
      en: `must be a list of ${IMPORT_KINDS.join(', ')}, each once`,
    };
    reader.faults.push({ pointer: `${at}/${key}`, detail });
  }
  return known;
}

function checkReferences(
  reader: DefinitionReader,
  fields: readonly ImportField[],
  values: ReadonlyMap<string, readonly ValueEntry[]>,
): void {
  const ids = new Set(fields.map((field) => field.id));
  if (ids.size < fields.length) {
    reader.faults.push({
      pointer: '/fields',
      detail: { zh: '两个字段的 id 相同。', en: 'Two fields have the same id' },
    });
  }
  fields.forEach((field, index) => {
    if (field.values !== null && !values.has(field.values)) {
      const detail = {
        zh: `没有取值表“${field.values}”。`,
        en: `There is no list of values "${field.values}"`,
      };
      reader.faults.push({ pointer: `/fields/${index}/values`, detail });
    }
    if (field.otherwise !== null && !ids.has(field.otherwise)) {
      const detail = {
        zh: `没有字段“${field.otherwise}”。`,
        en: `There is no field "${field.otherwise}"`,
      };
      reader.faults.push({ pointer: `/fields/${index}/otherwise`, detail });
    }
  });
}

function checkWords(
  reader: DefinitionReader,
  values: ReadonlyMap<string, readonly ValueEntry[]>,
): void {
  for (const [name, entries] of values) {
    const codes = new Map<string, string>();
    entries.forEach(({ code, names, words }, index) => {
      for (const word of [code, names.zh, names.en, ...words]) {
        const key = normaliseWord(word);
        if ((codes.get(key) ?? code) !== code) {
          const detail = {
            zh: `“${word}”一词对应两个取值。`,
            en: `The word "${word}" stands for two values`,
          };
          reader.faults.push({ pointer: `/values/${name}/${index}`, detail });
        }
        codes.set(key, code);
      }
    });
  }
}

function byKind<T>(make: (kind: ImportKind) => T): Readonly<Record<ImportKind, T>> {
  return {
    'risk-points': make('risk-points'),
    enterprises: make('enterprises'),
    'hazard-sources': make('hazard-sources'),
    assessments: make('assessments'),
  };
}

function standInsOf(
  fields: readonly ImportField[],
  kind: ImportKind,
): ReadonlyMap<string, readonly ImportField[]> {
  const found = new Map<string, readonly ImportField[]>();
  for (const field of fields) {
    if (!field.kinds.includes(kind)) continue;
    const isMain = field.subject === MAIN_SUBJECT[kind];
    for (const header of [...field.standIns, ...(isMain ? field.mainStandIns : [])]) {
      const key = wholeHeader(header);
      found.set(key, [...(found.get(key) ?? []), field]);
    }
  }
  return found;
}

function meaningsOf(
  reader: DefinitionReader,
  fields: readonly ImportField[],
  ignored: readonly IgnoredHeaders[],
  kind: ImportKind,
): ReadonlyMap<string, HeaderMeaning> {
  const meanings = new Map<string, HeaderMeaning>();
  const add = (header: string, meaning: HeaderMeaning, pointer: string) => {
    const key = wholeHeader(header);
    const other = meanings.get(key);
    if (other && !isSame(other, meaning)) {
      const detail = {
        zh: `表头“${header}”在 ${kind} 文件中有两种含义。`,
        en: `The header "${header}" stands for two things in a file of ${kind}`,
      };
      reader.faults.push({ pointer, detail });
    }
    meanings.set(key, meaning);
  };
  fields.forEach((field, index) => {
    if (!field.kinds.includes(kind)) return;
    const pointer = `/fields/${index}/headers`;
    const own = [field.names.zh, field.names.en, ...field.headers];
    for (const header of own) add(header, { field, isMain: false }, pointer);
    if (field.subject !== MAIN_SUBJECT[kind]) return;
    for (const header of field.mainHeaders) add(header, { field, isMain: true }, pointer);
  });
  ignored.forEach(({ headers, note }, index) => {
    for (const header of headers) add(header, { ignored: note }, `/ignored/${index}/headers`);
  });
  return meanings;
}

function isSame(a: HeaderMeaning, b: HeaderMeaning): boolean {
  if ('field' in a) return 'field' in b && a.field === b.field;
  return 'ignored' in b && a.ignored === b.ignored;
}
