import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Searched } from '#client/api/exports.ts';
import { useEnterprises, useRiskPoints, useScope } from '#client/api/queries.ts';
import type { ListFilter } from '#client/api/queries.ts';
import { legendKeyOf, listFilterOf } from '#client/state/legend-filter.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { ExportMenu } from './export-menu.tsx';
import { FilterNotes } from './filter-notes.tsx';
import { DownloadIcon, SearchIcon } from './icons.tsx';
import { PagedList } from './paged-list.tsx';
import type { Paged } from './paged-list.tsx';
import { EnterpriseRow, RiskPointRow } from './subject-rows.tsx';

/** Enterprises of a region that the legend lets through. */
export function EnterpriseList({ region }: { readonly region: string }) {
  const { t } = useTranslation();
  const hide = useViewPart((view) => view.hide);
  const [search, setSearch] = useState('');
  const [q] = useDebouncedValue(search, 200);
  const filter = { region, ...listFilterOf(hide, 'assessed'), q: q.trim() };
  const query = useEnterprises(filter);
  const isFiltered = hide.length > 0 || q !== '';
  return (
    <>
      <div className="list-tools">
        <ListSearch value={search} onChange={setSearch} />
        <ListExport filter={filter} searched="enterprises" query={query} />
      </div>
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
  readonly within: Pick<ListFilter, 'region' | 'enterprise' | 'bbox'>;
  readonly withOwner: boolean;
};

/** Risk points of a region or an enterprise that the legend lets through. */
export function RiskPointList({ within, withOwner }: PointsProps) {
  const { t } = useTranslation();
  const hide = useViewPart((view) => view.hide);
  const colour = useViewPart((view) => view.colour);
  const [search, setSearch] = useState('');
  const [q] = useDebouncedValue(search, 200);
  const filter = { ...within, ...listFilterOf(hide, colour), q: q.trim() };
  const query = useRiskPoints(filter);
  const isFiltered = hide.length > 0 || q !== '';
  return (
    <>
      <div className="list-tools">
        <ListSearch value={search} onChange={setSearch} />
        <ListExport filter={filter} searched="risk-points" query={query} />
      </div>
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

type ExportProps = {
  readonly filter: ListFilter;
  readonly searched: Searched;
  readonly query: Pick<Paged<unknown>, 'data'>;
};

/** Hands out what the list shows. What the legend hides it can leave out only as far as one request says it. */
function ListExport({ filter, searched, query }: ExportProps) {
  const { t } = useTranslation();
  const { basis, field } = useScope();
  const isHiding = useViewPart((view) => view.hide.length > 0);
  const isEmpty = query.data?.pages.every(({ items }) => items.length === 0) ?? false;
  return (
    <ExportMenu
      scope={{ ...filter, basis, field }}
      searched={searched}
      emptyReason={isEmpty ? t('exports.empty') : null}
      hint={isHiding ? t('exports.hidden') : t('exports.filtered')}
      label={t(searched === 'enterprises' ? 'exports.listedEnterprises' : 'exports.listedPoints')}
      testId="export-list"
      className="button button-quiet list-export"
    >
      <DownloadIcon size={16} /> {t('exports.button')}
    </ExportMenu>
  );
}
