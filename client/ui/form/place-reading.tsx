import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { offsetMetres } from '#server/domain/geometry/offset-metres.ts';
import { parseCoordinatePair } from '#server/domain/crs/parse-coordinate.ts';
import { usePathAt } from '#client/api/search.ts';
import { Place } from '#client/ui/place.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import type { ReadPlace, TypedPlace } from './wire.ts';

type Props = { readonly value: TypedPlace; readonly read: ReadPlace | null };

const SETTLE_MS = 300;

/** What the typed coordinates mean: the converted value, how far that is from what was typed, and the region. */
export function PlaceReading({ value, read }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  if (value.text.trim() === '') return null;
  if (read === null) {
    return (
      <p className="place-reading" data-testid="place-reading">
        {t('edit.place.unreadable')}
      </p>
    );
  }
  const typed = parseCoordinatePair(value.text);
  const isMoved = value.crs === 'gcj02' || value.crs === 'bd09';
  const metres = typed === null ? 0 : offsetMetres([typed.lon, typed.lat], read.at);
  return (
    <p className="place-reading" data-testid="place-reading">
      <span>
        WGS 84{t('app.colon')}
        <Place position={read.at} />
      </span>
      {read.isSwapped ? <span>{t('edit.place.swapped')}</span> : null}
      {isMoved ? (
        <span>{t('edit.place.moved', { metres: format.number(Math.round(metres)) })}</span>
      ) : null}
      <RegionAt at={read.at} />
    </p>
  );
}

function RegionAt({ at }: Pick<ReadPlace, 'at'>) {
  const { t } = useTranslation();
  const lang = useLang();
  const [text] = useDebouncedValue(at.join(','), SETTLE_MS);
  const { data } = usePathAt(text);
  if (data === undefined) return null;
  const path = data.map(({ names }) => nameIn(names, lang)).join(' › ');
  return <span>{path === '' ? t('edit.place.nowhere') : t('edit.place.in', { path })}</span>;
}
