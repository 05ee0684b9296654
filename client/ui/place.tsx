import { useTranslation } from 'react-i18next';
import { WarnIcon } from './icons.tsx';

/** Longitude and latitude in degrees, WGS 84, to about a metre. */
export function Place({ position }: { readonly position: readonly [number, number] }) {
  const [lng, lat] = position;
  return (
    <span className="mono">
      {Math.abs(lng).toFixed(5)}°{lng < 0 ? 'W' : 'E'} {Math.abs(lat).toFixed(5)}°
      {lat < 0 ? 'S' : 'N'}
    </span>
  );
}

type FlagProps = { readonly flag: 'outside' | 'disagrees' | null };

/** Says so when place and registered region do not fit together. */
export function RegionFlag({ flag }: FlagProps) {
  const { t } = useTranslation();
  if (flag === null) return null;
  return (
    <p className="notice notice-warn">
      <WarnIcon size={16} /> {t(`enterprise.${flag}`)}
    </p>
  );
}
