import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { placeStore, stopPlacing } from '#client/state/place-store.ts';
import { useStore } from '#client/state/store.ts';
import { CloseIcon } from '#client/ui/icons.tsx';

type Props = {
  /** Takes what lies under the crosshair. */
  readonly onPut: () => void;
};

/** While a place is chosen: what to do, a button for those without a pointer, and the way out. */
export function PlaceHint({ onPut }: Props) {
  const { t } = useTranslation();
  const { onPlace } = useStore(placeStore);
  const isTouch = useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false });
  if (onPlace === null) return null;
  return (
    <div className="place-hint card" role="status" data-testid="place-hint">
      <p>
        <strong>{t('edit.place.hint')}</strong>
        <span>{t(isTouch ? 'edit.place.hintTouch' : 'edit.place.hintKeys')}</span>
      </p>
      <button type="button" className="button" data-testid="place-put" onClick={onPut}>
        {t('edit.place.put')}
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t('edit.place.cancel')}
        title={t('edit.place.cancel')}
        onClick={stopPlacing}
      >
        <CloseIcon size={18} />
      </button>
    </div>
  );
}
