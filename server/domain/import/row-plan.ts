import { FIELDS } from '../fields.ts';
import type { SupervisedField } from '../fields.ts';
import type { Reading } from '../crs/reading.ts';
import type { MethodDefinition } from '../methods/method.ts';

import { FIELD_SUBJECTS } from './column-table.ts';
import { storable } from './cell-text.ts';
import type { FieldSubject, ImportField, ValueEntry } from './column-table.ts';
import type { EvaluatorTables } from './evaluator-tables.ts';
import type { ImportKind } from './import-kind.ts';
import type { LifecycleTable } from './import-lifecycles.ts';
import type { MappedColumn } from './map-columns.ts';
import { createMeasureReader } from './measure-text.ts';
import type { MeasureReader } from './measure-text.ts';
import { createMethodFinder } from './method-words.ts';
import type { MethodFinder } from './method-words.ts';
import { createWordFinder, fieldEntries } from './value-words.ts';
import type { WordFinder } from './value-words.ts';

export type EvaluatorOptions = EvaluatorTables & {
  readonly kind: ImportKind;
  /** What each column was taken for, in the order of the headers. */
  readonly mapping: readonly MappedColumn[];
  readonly headers: readonly string[];
  /** How the coordinates of the file are read; null: undecided, or the file has none. */
  readonly reading: Reading | null;
  /** Source of the rows that name none. */
  readonly source?: string | null;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly definitions?: readonly MethodDefinition[];
  /** The fields of the register; default those that ship with the product. */
  readonly fields?: readonly SupervisedField[];
};

export type PlannedField = {
  readonly index: number;
  readonly header: string;
  readonly field: ImportField;
};

export type PlannedAttribute = {
  readonly index: number;
  readonly header: string;
  readonly key: string;
};

/** Everything about a file that is worked out once, before its rows. */
export type RowPlan = {
  readonly kind: ImportKind;
  readonly headers: readonly string[];
  readonly byField: ReadonlyMap<string, PlannedField>;
  readonly bySubject: ReadonlyMap<FieldSubject, readonly PlannedField[]>;
  readonly attributes: readonly PlannedAttribute[];
  readonly source: string | null;
  readonly today: string;
  readonly reading: Reading | null;
  readonly lifecycles: LifecycleTable;
  readonly fields: WordFinder;
  readonly controlLevels: WordFinder;
  readonly riskPointKinds: WordFinder;
  readonly hazardSourceKinds: WordFinder;
  readonly bases: WordFinder;
  readonly accidentTypes: WordFinder;
  readonly accidentNames: ReadonlyMap<string, ValueEntry>;
  readonly measures: MeasureReader;
  readonly methods: MethodFinder;
};

export function planRows(options: EvaluatorOptions): RowPlan {
  const { kind, columns, mapping, headers, reading, today, lifecycles } = options;
  const { source = null, definitions = [], fields = FIELDS } = options;
  const planned = mapping.flatMap(({ field, header }, index): readonly PlannedField[] => {
    const found = columns.fields.find(({ id }) => id === field);
    return found ? [{ index, header, field: found }] : [];
  });
  const list = (name: string) => columns.values.get(name) ?? [];
  const finder = (name: string) => createWordFinder(list(name));
  return {
    kind,
    headers,
    byField: new Map(planned.map((entry) => [entry.field.id, entry])),
    bySubject: new Map(
      FIELD_SUBJECTS.map((subject) => [
        subject,
        planned.filter((entry) => entry.field.subject === subject),
      ]),
    ),
    attributes: attributesOf(mapping),
    source,
    today,
    reading,
    lifecycles,
    fields: createWordFinder(fieldEntries(fields, list('field'))),
    controlLevels: finder('controlLevel'),
    riskPointKinds: finder('riskPointKind'),
    hazardSourceKinds: finder('hazardSourceKind'),
    bases: finder('basis'),
    accidentTypes: finder('accidentType'),
    accidentNames: new Map(list('accidentType').map((entry) => [entry.code, entry])),
    measures: createMeasureReader(list('measureKind')),
    methods: createMethodFinder(definitions, list('method')),
  };
}

const MOST_KEY_CHARACTERS = 100;

/** The key of an attribute is the header as written; the second of the same name gets a number. */
function attributesOf(mapping: readonly MappedColumn[]): readonly PlannedAttribute[] {
  const used = new Map<string, number>();
  return mapping.flatMap(({ use, header }, index) => {
    if (use !== 'attribute') return [];
    const text = storable(header.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_KEY_CHARACTERS));
    // Of all names the one that readers of JSON drop.
    const plain = text === '__proto__' ? 'proto' : text;
    const count = (used.get(plain) ?? 0) + 1;
    used.set(plain, count);
    return [{ index, header, key: count === 1 ? plain : `${plain} (${count})` }];
  });
}
