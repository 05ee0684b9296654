import { checkUscc } from '#server/domain/identifiers/uscc.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type { RecordOf } from '#client/api/edit.ts';
import type { Place } from '#client/state/place-store.ts';
import type { TypedNames } from '#client/ui/form/names-field.tsx';
import type { Wire } from '#client/ui/form/record-values.ts';
import {
  namesWire,
  NO_NAMES,
  NO_PLACE,
  placeWire,
  textWire,
  typedNames,
  typedPlace,
} from '#client/ui/form/wire.ts';
import type { TypedPlace } from '#client/ui/form/wire.ts';

/** What the form of an enterprise holds; members are named as on the wire. */
export type EnterpriseValues = {
  readonly names: TypedNames;
  readonly uscc: string;
  readonly usccReason: string;
  readonly position: TypedPlace;
  readonly lifecycle: Lifecycle;
  readonly fields: readonly string[];
  readonly principalPost: TypedNames;
  readonly principalName: string;
  readonly address: string;
  readonly category: string;
  readonly industry: string;
  readonly regionCode: string;
};

/** A new enterprise; `at`: where it is to stand, where that was chosen first. */
export function newEnterprise(at?: Place): EnterpriseValues {
  return {
    names: NO_NAMES,
    uscc: '',
    usccReason: '',
    position: at === undefined ? NO_PLACE : typedPlace(at),
    lifecycle: 'running',
    fields: [],
    principalPost: NO_NAMES,
    principalName: '',
    address: '',
    category: '',
    industry: '',
    regionCode: '',
  };
}

export function enterpriseValues(record: RecordOf<'enterprise'>): EnterpriseValues {
  return {
    names: typedNames(record.names),
    uscc: record.uscc ?? '',
    usccReason: record.usccReason ?? '',
    position: typedPlace(record.position),
    lifecycle: record.lifecycle,
    fields: record.fields,
    principalPost: typedNames(record.principalPost),
    principalName: record.principalName ?? '',
    address: record.address ?? '',
    category: record.category ?? '',
    industry: record.industry ?? '',
    regionCode: record.statedRegionCode ?? '',
  };
}

export function enterpriseWire(values: EnterpriseValues): Wire<EnterpriseValues> {
  const uscc = plainUscc(values.uscc);
  return {
    names: namesWire(values.names),
    uscc,
    // A reason belongs to a code that fails its check, and goes with it.
    usccReason: uscc === null || checkUscc(uscc).valid ? null : textWire(values.usccReason),
    position: placeWire(values.position),
    lifecycle: values.lifecycle,
    fields: [...values.fields].toSorted(),
    principalPost: namesWire(values.principalPost),
    principalName: textWire(values.principalName),
    address: textWire(values.address),
    category: textWire(values.category),
    industry: textWire(values.industry),
    regionCode: textWire(values.regionCode),
  };
}

/** Capitals without blanks: codes are copied from papers with both. */
export function plainUscc(text: string): string | null {
  const plain = text.replaceAll(/\s/g, '').toUpperCase();
  return plain === '' ? null : plain;
}
