import type { TFunction } from 'i18next';
import { MAX_LATITUDE } from '#server/domain/register/shared-rules.ts';
import type { Faults } from './faults.ts';
import type { TypedNames } from './names-field.tsx';
import { readPlace } from './wire.ts';
import type { TypedPlace } from './wire.ts';

/** Checks that can be made while the form is open: pointer → what is wrong, or null where all is well. */
export type Checks = Readonly<Record<string, string | readonly string[] | null>>;

export function faultsOfChecks(checks: Checks): Faults {
  return Object.fromEntries(
    Object.entries(checks).flatMap(([at, found]) => {
      const texts = found === null ? [] : [found].flat();
      return texts.length === 0 ? [] : [[at, texts]];
    }),
  );
}

/** A name must be there in Chinese. */
export function missingName(t: TFunction, { zh }: TypedNames): string | null {
  return zh.trim() === '' ? t('edit.fault.name') : null;
}

/** An English name alone has no Chinese one to stand beside. */
export function halfName(t: TFunction, { zh, en }: TypedNames): string | null {
  return zh.trim() === '' && en.trim() !== '' ? t('edit.fault.chineseFirst') : null;
}

export function missingPlace(t: TFunction, place: TypedPlace): string | null {
  if (place.text.trim() === '') return t('edit.fault.place');
  const read = readPlace(place);
  if (read === null) return t('edit.place.unreadable');
  return Math.abs(read.at[1]) > MAX_LATITUDE ? t('edit.fault.latitude') : null;
}

const REGION_CODE = /^\d{6}(?:\d{3}(?:\d{3})?)?$/;

export function badRegion(t: TFunction, code: string): string | null {
  return code.trim() === '' || REGION_CODE.test(code.trim()) ? null : t('edit.fault.regionCode');
}
