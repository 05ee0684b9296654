import { useTranslation } from 'react-i18next';
import { useAbout } from '#client/api/queries.ts';
import { useViewPart, viewStore } from '#client/state/view-store.ts';
import { Name } from './name.tsx';

/** Says that a list is filtered and by what, with the way back beside it. */
export function FilterNotes() {
  const { t } = useTranslation();
  const hide = useViewPart((view) => view.hide);
  const field = useViewPart((view) => view.field);
  const names = useAbout().data?.fields.find(({ code }) => code === field)?.names;
  if (hide.length === 0 && field === null) return null;
  return (
    <p className="filter-notes">
      {hide.length === 0 ? null : <span>{t('list.filterHidden')}</span>}
      {field === null ? null : (
        <span>
          {t('list.filterField', { field: '' })}
          {names === undefined ? field : <Name of={names} />}
        </span>
      )}
      <button
        type="button"
        className="link"
        onClick={() => viewStore.set({ hide: [], field: null }, 'replace')}
      >
        {t('list.clear')}
      </button>
    </p>
  );
}
