import type { MeasureKind } from '#server/domain/control.ts';
import type { RecordOf } from '#client/api/edit.ts';
import type { TypedNames } from '#client/ui/form/names-field.tsx';
import type { Wire } from '#client/ui/form/record-values.ts';
import { namesWire, NO_NAMES, typedNames } from '#client/ui/form/wire.ts';

/** What the form of a control measure holds; members are named as on the wire. */
export type MeasureValues = {
  readonly kind: MeasureKind;
  readonly text: TypedNames;
  /** Empty: the whole risk point. */
  readonly hazardSourceId: string;
};

export const NEW_MEASURE: MeasureValues = {
  kind: 'engineering',
  text: NO_NAMES,
  hazardSourceId: '',
};

export function measureValues(record: RecordOf<'measure'>): MeasureValues {
  return {
    kind: record.kind,
    text: typedNames(record.text),
    hazardSourceId: record.hazardSourceId ?? '',
  };
}

export function measureWire(values: MeasureValues): Wire<MeasureValues> {
  return {
    kind: values.kind,
    text: namesWire(values.text),
    hazardSourceId: values.hazardSourceId === '' ? null : values.hazardSourceId,
  };
}
