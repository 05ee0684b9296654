import { useTranslation } from 'react-i18next';
import { crsNames } from '#server/domain/crs/crs.ts';
import { GAUSS_KRUGER_ZONES } from '#server/domain/crs/gauss-kruger-zones.ts';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

const NAMED = ['wgs84', 'cgcs2000', 'gcj02', 'bd09', 'webmercator'] as const;
const ZONES = ([3, 6] as const).map((width) => ({
  width,
  codes: GAUSS_KRUGER_ZONES.filter((zone) => zone.width === width).map(
    ({ epsg }) => `EPSG:${epsg}` as const,
  ),
}));

type Props = {
  readonly id?: string;
  readonly label?: string;
  readonly value: string;
  /** What the empty choice says. */
  readonly none: { readonly value: string; readonly text: string };
  readonly onChange: (crs: string) => void;
};

/** Every coordinate system that can be read: by name, then the Gauss–Krüger zones of CGCS2000. */
export function CrsSelect({ id, label, value, none, onChange }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <select
      id={id}
      className="import-select"
      aria-label={label}
      value={value}
      data-testid="import-crs"
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value={none.value}>{none.text}</option>
      {NAMED.map((crs) => (
        <option key={crs} value={crs}>
          {nameIn(crsNames(crs), lang)}
        </option>
      ))}
      {ZONES.map(({ width, codes }) => (
        <optgroup key={width} label={t('imports.start.zones', { width })}>
          {codes.map((crs) => (
            <option key={crs} value={crs}>
              {nameIn(crsNames(crs), lang)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
