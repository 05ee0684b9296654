import type { HazardSource } from '#server/domain/hazard-source.ts';
import type { RecordOf } from '#client/api/edit.ts';
import type { TypedNames } from '#client/ui/form/names-field.tsx';
import type { Wire } from '#client/ui/form/record-values.ts';
import { namesWire, NO_NAMES, textWire, typedNames } from '#client/ui/form/wire.ts';
import type { Names } from '#client/ui/words.ts';
import { ACCIDENT_TYPES } from './accident-types.ts';

/** What the form of a hazard source holds; members are named as on the wire. */
export type HazardSourceValues = {
  readonly names: TypedNames;
  readonly kind: HazardSource['kind'];
  /** Both names of each, so that what is stored in two languages stays so. */
  readonly accidentTypes: readonly Names[];
  readonly category: string;
};

export const NEW_HAZARD_SOURCE: HazardSourceValues = {
  names: NO_NAMES,
  kind: 'equipment',
  accidentTypes: [],
  category: '',
};

export function hazardSourceValues(record: RecordOf<'hazard-source'>): HazardSourceValues {
  return {
    names: typedNames(record.names),
    kind: record.kind,
    accidentTypes: record.accidentTypes,
    category: record.category ?? '',
  };
}

export function hazardSourceWire(values: HazardSourceValues): Wire<HazardSourceValues> {
  return {
    names: namesWire(values.names),
    kind: values.kind,
    accidentTypes: values.accidentTypes.map(({ zh, en }) => ({ zh, en })),
    category: textWire(values.category),
  };
}

/** The accidents that words stand for: those already named, those of the standard, else the word alone. */
export function accidentsOf(words: readonly string[], named: readonly Names[]): readonly Names[] {
  const known = [...named, ...ACCIDENT_TYPES];
  return words.map(
    (word) => known.find(({ zh, en }) => zh === word || en === word) ?? { zh: word, en: null },
  );
}
