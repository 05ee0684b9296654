import { calendarDay, startOfDay } from '#server/domain/calendar-day.ts';
import type { ControlLevel } from '#server/domain/control.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type { RiskPointKind } from '#server/domain/register/risk-point-rules.ts';
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

/** What the form of a risk point holds; members are named as on the wire. */
export type RiskPointValues = {
  readonly names: TypedNames;
  readonly enterpriseId: string;
  readonly kind: RiskPointKind;
  readonly code: string;
  readonly position: TypedPlace;
  readonly lifecycle: Lifecycle;
  readonly fields: readonly string[];
  /** Empty: not set. */
  readonly controlLevel: ControlLevel | '';
  readonly department: TypedNames;
  readonly post: TypedNames;
  readonly person: string;
  readonly location: string;
  readonly category: string;
  /** Day (YYYY-MM-DD) in the time zone of the service; empty: now. */
  readonly existsFrom: string;
  readonly regionCode: string;
};

export const PUBLIC_KIND: RiskPointKind = 'public_place';

/** A new point: of an enterprise, or a public place without one; `at`: where it is to be. */
export function newRiskPoint(enterpriseId: string | null, at?: Place): RiskPointValues {
  return {
    names: NO_NAMES,
    enterpriseId: enterpriseId ?? '',
    kind: enterpriseId === null ? PUBLIC_KIND : 'facility',
    code: '',
    position: at === undefined ? NO_PLACE : typedPlace(at),
    lifecycle: 'running',
    fields: [],
    controlLevel: '',
    department: NO_NAMES,
    post: NO_NAMES,
    person: '',
    location: '',
    category: '',
    existsFrom: '',
    regionCode: '',
  };
}

export function riskPointValues(record: RecordOf<'risk-point'>, timeZone: string): RiskPointValues {
  return {
    names: typedNames(record.names),
    enterpriseId: record.enterprise?.id ?? '',
    kind: record.kind,
    code: record.code ?? '',
    position: typedPlace(record.position),
    lifecycle: record.lifecycle,
    fields: record.fields,
    controlLevel: record.controlLevel ?? '',
    department: typedNames(record.department),
    post: typedNames(record.post),
    person: record.person ?? '',
    location: record.location ?? '',
    category: record.category ?? '',
    existsFrom: calendarDay(Date.parse(record.existsFrom), timeZone),
    regionCode: record.statedRegionCode ?? '',
  };
}

/** The values as a body says them; a day begins at its midnight in the service's time zone. */
export function riskPointWire(values: RiskPointValues, timeZone: string): Wire<RiskPointValues> {
  return {
    names: namesWire(values.names),
    enterpriseId: values.enterpriseId === '' ? null : values.enterpriseId,
    kind: values.kind,
    code: textWire(values.code),
    position: placeWire(values.position),
    lifecycle: values.lifecycle,
    fields: [...values.fields].toSorted(),
    controlLevel: values.controlLevel === '' ? null : values.controlLevel,
    department: namesWire(values.department),
    post: namesWire(values.post),
    person: textWire(values.person),
    location: textWire(values.location),
    category: textWire(values.category),
    existsFrom: dayWire(values.existsFrom, timeZone),
    regionCode: textWire(values.regionCode),
  };
}

function dayWire(day: string, timeZone: string): string | null {
  return isDay(day) ? new Date(startOfDay(day, timeZone)).toISOString() : null;
}

/** Whether a day has not come yet in the time zone of the service; `now` in epoch milliseconds. */
export function isInFuture(day: string, timeZone: string, now: number): boolean {
  return isDay(day) && startOfDay(day, timeZone) > now;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
