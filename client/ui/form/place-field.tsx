import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useEffectEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { crsNames, isSupportedCrs } from '#server/domain/crs/crs.ts';
import type { DegreeCrs } from '#server/domain/crs/crs.ts';
import { useStore } from '#client/state/store.ts';
import {
  hidePin,
  placeStore,
  showPin,
  startPlacing,
  stopPlacing,
} from '#client/state/place-store.ts';
import type { Place } from '#client/state/place-store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { PinIcon } from '#client/ui/icons.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { faultsAt } from './faults.ts';
import type { Faults } from './faults.ts';
import { FaultTexts } from './fields.tsx';
import { PlaceReading } from './place-reading.tsx';
import { readPlace, typedPlace } from './wire.ts';
import type { TypedPlace } from './wire.ts';

/** Systems that coordinates in degrees come in. */
export const TYPED_CRS: readonly DegreeCrs[] = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'];

type Props = {
  readonly value: TypedPlace;
  readonly faults: Faults;
  readonly onChange: (place: TypedPlace) => void;
};

/** A place: clicked on the map, or typed in one of the usual systems; the pin shows where it lands. */
export function PlaceField({ value, faults, onChange }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const labelId = useId();
  const place = (at: Place) => onChange(typedPlace(at));
  const read = readPlace(value);
  usePin(read?.at ?? null, place);
  const texts = faultsAt(faults, 'position');
  return (
    <div className="field place-field" role="group" aria-labelledby={labelId}>
      <span className="field-label" id={labelId}>
        {t('edit.place.label')} <span aria-hidden="true">*</span>
      </span>
      <PlaceButton onPlace={place} />
      <TextInput
        aria-label={t('edit.place.coordinates')}
        aria-required
        name="position"
        data-testid="field-position"
        classNames={{ input: 'mono' }}
        value={value.text}
        maxLength={120}
        placeholder={t('edit.place.example')}
        error={texts.length === 0 ? undefined : <FaultTexts texts={texts} />}
        onChange={(event) => onChange({ ...value, text: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={t('edit.place.crs')}
        data-testid="field-crs"
        value={value.crs}
        data={TYPED_CRS.map((crs) => ({ value: crs, label: nameIn(crsNames(crs), lang) }))}
        onChange={(event) => {
          const crs = event.currentTarget.value;
          if (isSupportedCrs(crs)) onChange({ ...value, crs: crs as DegreeCrs });
        }}
      />
      <PlaceReading value={value} read={read} />
    </div>
  );
}

/** The pin follows what is typed; dragging it writes the new place down. */
function usePin(at: Place | null, onDrag: (at: Place) => void): void {
  const drag = useEffectEvent(onDrag);
  const [lng, lat] = at ?? [null, null];
  useEffect(() => {
    if (lng === null || lat === null) hidePin();
    else showPin([lng, lat], (moved) => drag(moved));
  }, [lng, lat]);
  useEffect(() => hidePin, []);
}

/** Hands the next click on the map to the form; on a phone the drawer makes room meanwhile. */
function PlaceButton({ onPlace }: { readonly onPlace: (at: Place) => void }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const { onPlace: waiting } = useStore(placeStore);
  const isWaiting = waiting !== null;
  useEffect(() => stopPlacing, []);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const { drawerStop } = uiStore.get();
    const opener = button.current;
    uiStore.set({ drawerStop: 'peek' });
    return () => {
      uiStore.set({ drawerStop });
      opener?.focus();
    };
  }, [isWaiting]);
  return (
    <button
      ref={button}
      type="button"
      className="button"
      data-testid="place-button"
      aria-pressed={isWaiting}
      onClick={() => (isWaiting ? stopPlacing() : startPlacing(onPlace))}
    >
      <PinIcon size={16} /> {t(isWaiting ? 'edit.place.picking' : 'edit.place.pick')}
    </button>
  );
}
