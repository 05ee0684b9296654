import type { Bilingual } from '../bilingual.ts';
import type { Fault } from '../errors.ts';
import { FIELDS } from '../fields.ts';
import type { Position } from '../geometry/bbox.ts';

/** Web maps end at this latitude (degrees), and so does the register. */
export const MAX_LATITUDE = 85;

const FIELD_CODES: ReadonlySet<string> = new Set(FIELDS.map(({ code }) => code));

/** Unknown codes of supervised fields, each at its own place. */
export function fieldFaults(fields: readonly string[] | undefined): readonly Fault[] {
  return (fields ?? []).flatMap((code, index) => {
    if (FIELD_CODES.has(code)) return [];
    const detail = {
      zh: `“${code}”不是监管行业领域的代码。`,
      en: `“${code}” is not a code of the list “field”.`,
    };
    return [{ pointer: `/fields/${index}`, detail }];
  });
}

/** A stated region that is in no list of regions. */
export function regionFaults(
  regionCode: string | null | undefined,
  isKnown: boolean,
): readonly Fault[] {
  if (regionCode === undefined || regionCode === null || isKnown) return [];
  const detail = {
    zh: `没有代码为 ${regionCode} 的行政区。`,
    en: `No region has the code ${regionCode}.`,
  };
  return [{ pointer: '/regionCode', detail }];
}

/** A place beyond ±85°. Degrees, [lon, lat], WGS 84; the schema has held it to ±180, ±90. */
export function positionFaults(position: Position | undefined): readonly Fault[] {
  if (position === undefined || Math.abs(position[1]) <= MAX_LATITUDE) return [];
  return [{ pointer: '/position/1', detail: latitudeText(position[1]) }];
}

export function latitudeText(latitude: number): Bilingual {
  return {
    zh: `纬度应在 −${MAX_LATITUDE}° 到 ${MAX_LATITUDE}° 之间，现为 ${latitude}。`,
    en: `The latitude must lie in −${MAX_LATITUDE}…${MAX_LATITUDE} degrees, it is ${latitude}.`,
  };
}
