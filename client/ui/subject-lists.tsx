import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEnterprises, useRiskPoints } from '#client/api/queries.ts';
import type { ListFilter } from '#client/api/queries.ts';
import { legendKeyOf, listFilterOf } from '#client/state/legend-filter.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { FilterNotes } from './filter-notes.tsx';
import { SearchIcon } from './icons.tsx';
import { PagedList } from './paged-list.tsx';
import { EnterpriseRow, RiskPointRow } from './subject-rows.tsx';

/** Enterprises of a region that the legend lets through. */
export function EnterpriseList({ region }: { readonly region: string }) {
  const { t } = useTranslation();
  const hide = useViewPart((view) => view.hide);
  const [search, setSearch] = useState('');
  const [q] = useDebouncedValue(search, 200);
  const query = useEnterprises({ region, ...listFilterOf(hide, 'assessed'), q: q.trim() });
  const isFiltered = hide.length > 0 || q !== '';
  return (
    <>
      <ListSearch value={search} onChange={setSearch} />
      <FilterNotes />
      <PagedList
        query={query}
        isShown={(item) => !hide.includes(legendKeyOf(item.state, item.level))}
        renderRow={(item) => <EnterpriseRow key={item.id} item={item} />}
        empty={
          <p className="empty">{t(isFiltered ? 'list.emptyFiltered' : 'list.emptyEnterprises')}</p>
        }
      />
    </>
  );
}

type PointsProps = {
  readonly within: Pick<ListFilter, 'region' | 'enterprise'>;
  readonly withOwner: boolean;
};

/** Risk points of a region or an enterprise that the legend lets through. */
export function RiskPointList({ within, withOwner }: PointsProps) {
  const { t } = useTranslation();
  const hide = useViewPart((view) => view.hide);
  const colour = useViewPart((view) => view.colour);
  const [search, setSearch] = useState('');
  const [q] = useDebouncedValue(search, 200);
  const query = useRiskPoints({ ...within, ...listFilterOf(hide, colour), q: q.trim() });
  const isFiltered = hide.length > 0 || q !== '';
  return (
    <>
      <ListSearch value={search} onChange={setSearch} />
      <FilterNotes />
      <PagedList
        query={query}
        isShown={(item) => {
          const level = colour === 'dynamic' ? (item.dynamicLevel ?? item.level) : item.level;
          return !hide.includes(legendKeyOf(item.state, level));
        }}
        renderRow={(item) => <RiskPointRow key={item.id} item={item} withOwner={withOwner} />}
        empty={
          <p className="empty">{t(isFiltered ? 'list.emptyFiltered' : 'list.emptyRiskPoints')}</p>
        }
      />
    </>
  );
}

type SearchProps = { readonly value: string; readonly onChange: (value: string) => void };

function ListSearch({ value, onChange }: SearchProps) {
  const { t } = useTranslation();
  return (
    <div className="list-search">
      <SearchIcon size={16} />
      <input
        type="search"
        value={value}
        maxLength={100}
        placeholder={t('list.search')}
        aria-label={t('list.search')}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
