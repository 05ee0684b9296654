import { MAIN_SUBJECT } from './column-table.ts';
import type { ColumnTable, HeaderMeaning, ImportField } from './column-table.ts';
import { headerParts, normaliseHeader, wholeHeader } from './header-text.ts';
import type { ImportKind } from './import-kind.ts';

/** Fields that a column of such a file may fill, in the order of the table. */
export function fieldsOf(table: ColumnTable, kind: ImportKind): readonly ImportField[] {
  return table.fields.filter((field) => field.kinds.includes(kind));
}

/** What a header can mean in such a file; null when it is not known. What a stand-in means, the other columns decide. */
export function knownHeader(
  table: ColumnTable,
  kind: ImportKind,
  text: string,
): HeaderMeaning | null {
  return plainMeaning(table, kind, text) ?? standInMeaning(table, kind, text);
}

/** What a header means whatever the other columns are. */
export function plainMeaning(
  table: ColumnTable,
  kind: ImportKind,
  text: string,
): HeaderMeaning | null {
  const meanings = table.meanings[kind];
  const found = meanings.get(wholeHeader(text)) ?? meanings.get(normaliseHeader(text));
  return found ?? fromParts(meanings, headerParts(text));
}

function standInMeaning(table: ColumnTable, kind: ImportKind, text: string): HeaderMeaning | null {
  const [field] = standInFields(table, kind, text);
  return field ? { field, isMain: false } : null;
}

/** Fields that a header is taken for when no other column fills them, in the order of the table. */
export function standInFields(
  table: ColumnTable,
  kind: ImportKind,
  text: string,
): readonly ImportField[] {
  const fields = table.standIns[kind];
  return fields.get(wholeHeader(text)) ?? fields.get(normaliseHeader(text)) ?? [];
}

/**
 * Of a header in parts: what all of them mean (`名称/Name`), else what the last means by itself (`坐标 经度`). The last
 * of several words in Latin letters says too little (`e-mail address`).
 */
function fromParts(
  meanings: ReadonlyMap<string, HeaderMeaning>,
  parts: readonly string[],
): HeaderMeaning | null {
  const last = parts.at(-1);
  if (last === undefined || parts.length < 2) return null;
  const found = parts.map((part) => meanings.get(wholeHeader(part)) ?? null);
  const meaning = found.at(-1) ?? null;
  if (meaning === null || !('field' in meaning)) return null;
  const isSaidByAll = found.every(
    (other) => other !== null && 'field' in other && other.field === meaning.field,
  );
  if (isSaidByAll) return meaning;
  return /\p{Script=Han}/u.test(last) && !meaning.isMain ? meaning : null;
}

/** Id of the field that holds the identifier, code or name of the main record of such a file. */
export function mainField(kind: ImportKind, part: 'id' | 'code' | 'name'): string {
  return MAIN_FIELDS[MAIN_SUBJECT[kind]][part];
}

const MAIN_FIELDS = {
  enterprise: { id: 'enterpriseId', code: 'enterpriseCode', name: 'enterpriseName' },
  risk_point: { id: 'riskPointId', code: 'riskPointCode', name: 'riskPointName' },
  hazard_source: { id: 'hazardSourceId', code: 'hazardSourceCode', name: 'hazardSourceName' },
} as const;
