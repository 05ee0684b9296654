import type { Bilingual } from '../bilingual.ts';

import type { ImportKind } from './import-kind.ts';

/** What a column tells about. `row` and `place` belong to the row as a whole. */
export const FIELD_SUBJECTS = [
  'row',
  'enterprise',
  'risk_point',
  'hazard_source',
  'measure',
  'place',
  'assessment',
] as const;
export type FieldSubject = (typeof FIELD_SUBJECTS)[number];

/** One thing that a column can fill. */
export type ImportField = {
  readonly id: string;
  readonly subject: FieldSubject;
  readonly names: Bilingual;
  /** Spellings of the header, the names among them. */
  readonly headers: readonly string[];
  /** Spellings without the word for the subject: good where it is the main one of the kind. */
  readonly mainHeaders: readonly string[];
  /** Spellings that are taken for it only when no other column fills it. */
  readonly standIns: readonly string[];
  readonly mainStandIns: readonly string[];
  readonly kinds: readonly ImportKind[];
  /** Kinds of file in which every row needs it. */
  readonly requiredIn: readonly ImportKind[];
  /** Most characters of a cell. */
  readonly most: number;
  /** List of values that it takes its words from. */
  readonly values: string | null;
  /** Kinds of file whose template has a column for it. */
  readonly inTemplates: readonly ImportKind[];
  readonly examples: readonly [Bilingual, Bilingual];
  readonly note: Bilingual | null;
  /** Field that takes the cell where the row does not name the subject. */
  readonly otherwise: string | null;
};

/** A group of headers that are recognised and left out, with the reason. */
export type IgnoredHeaders = { readonly headers: readonly string[]; readonly note: Bilingual };

/** One value of a list: how it is stored, what it is called, by what other words it is known. */
export type ValueEntry = {
  readonly code: string;
  readonly names: Bilingual;
  readonly words: readonly string[];
};

/** What a header means in a kind of file. */
export type HeaderMeaning =
  | { readonly field: ImportField; readonly isMain: boolean }
  | { readonly ignored: Bilingual };

export type ColumnTable = {
  readonly fields: readonly ImportField[];
  readonly values: ReadonlyMap<string, readonly ValueEntry[]>;
  /** By normalised header. */
  readonly meanings: Readonly<Record<ImportKind, ReadonlyMap<string, HeaderMeaning>>>;
  /** By normalised header, the fields that it may stand in for, in the order of the table. */
  readonly standIns: Readonly<Record<ImportKind, ReadonlyMap<string, readonly ImportField[]>>>;
};

/** The kind of record that a kind of file is about; of assessments the risk point that they are of. */
export const MAIN_SUBJECT: Readonly<
  Record<ImportKind, 'enterprise' | 'risk_point' | 'hazard_source'>
> = {
  'risk-points': 'risk_point',
  enterprises: 'enterprise',
  'hazard-sources': 'hazard_source',
  assessments: 'risk_point',
};

/** Kinds of record that a kind of file writes; the others are only referred to. */
export const WRITTEN_SUBJECTS: Readonly<Record<ImportKind, readonly FieldSubject[]>> = {
  'risk-points': ['enterprise', 'risk_point', 'hazard_source', 'measure'],
  enterprises: ['enterprise'],
  'hazard-sources': ['hazard_source', 'measure'],
  assessments: ['assessment'],
};
