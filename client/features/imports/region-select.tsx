import { useTranslation } from 'react-i18next';
import { useAbout, useRegionChildren, useRegionSummary } from '#client/api/queries.ts';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

type Props = {
  readonly id: string;
  readonly value: string | null;
  readonly onChange: (code: string | null) => void;
};

/** Province or city, and after a city one of its counties; nothing is a choice as well. */
export function RegionSelect({ id, value, onChange }: Props) {
  const { t } = useTranslation();
  const root = useAbout().data?.roots[0];
  const known = useRegionSummary(value);
  const path = known.data === undefined || value === null ? [] : pathOf(known.data, value);
  if (root === undefined) return <p className="why-hint">{t('imports.start.noRegions')}</p>;
  const first = path[1] ?? path[0] ?? value;
  return (
    <div className="import-selects">
      <Level
        id={id}
        parent={root}
        value={first}
        withParent
        none={t('imports.start.anyRegion')}
        onChange={onChange}
      />
      {first === null || first === root ? null : (
        <Level
          key={first}
          label={t('imports.start.county')}
          parent={first}
          value={path[2] ?? null}
          none={t('imports.start.wholeRegion')}
          onChange={(code) => onChange(code ?? first)}
        />
      )}
    </div>
  );
}

/** Codes from the root down to the region. */
function pathOf(region: { ancestors: readonly { code: string }[] }, code: string) {
  return [...region.ancestors.map((ancestor) => ancestor.code), code];
}

type LevelProps = {
  readonly id?: string;
  readonly label?: string;
  readonly parent: string;
  readonly value: string | null;
  readonly withParent?: boolean;
  readonly none: string;
  readonly onChange: (code: string | null) => void;
};

function Level({ id, label, parent, value, withParent = false, none, onChange }: LevelProps) {
  const lang = useLang();
  const children = useRegionChildren(parent).data?.items ?? [];
  const own = useRegionSummary(withParent ? parent : null).data;
  const offered = own === undefined ? children : [own, ...children];
  if (offered.length === 0) return null;
  return (
    <select
      id={id}
      className="import-select"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    >
      <option value="">{none}</option>
      {offered.map(({ code, names }) => (
        <option key={code} value={code}>
          {nameIn(names, lang)}
        </option>
      ))}
    </select>
  );
}
