import { NativeSelect } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { crsNames, isSupportedCrs } from '#server/domain/crs/crs.ts';
import type { DegreeCrs } from '#server/domain/crs/crs.ts';
import { useRegionSummary } from '#client/api/queries.ts';
import type { SearchAnswer } from '#client/api/search.ts';
import { TYPED_CRS } from '#client/ui/form/place-field.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import type { Option } from './found.ts';
import type { Box } from './search-box.tsx';
import { SearchList } from './search-list.tsx';

type Props = {
  readonly listId: string;
  readonly optionId: (index: number) => string;
  readonly box: Box;
  readonly onChoose: (option: Option) => void;
  readonly onPoint: (index: number) => void;
};

/** What was found, under the field: where it was looked for, the rows by kind, or why there are none. */
export function SearchPopup(props: Props) {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const { box, listId } = props;
  const { answer, options, asked, isWaiting } = box;
  const { data, error } = answer;
  const isSettled = asked.q !== '' && data !== undefined && !answer.isPlaceholderData;
  return (
    <div className="search-popup" data-testid="search-popup">
      <Scope box={box} />
      {box.isCoordinate ? <CrsChoice box={box} /> : null}
      {online ? null : <p className="empty">{t('search.offline')}</p>}
      {online && error !== null && !answer.isFetching ? (
        <ProblemNotice error={error} onRetry={() => void answer.refetch()} />
      ) : null}
      {online && error === null && data === undefined ? <RowSkeletons rows={3} /> : null}
      <div className={isWaiting ? 'is-refreshing' : undefined}>
        <SearchList {...props} id={listId} />
        {isSettled && options.length === 0 ? <Nothing box={box} answer={data} /> : null}
      </div>
      <output className="visually-hidden">
        {isSettled && !isWaiting ? t('search.count', { count: options.length }) : ''}
      </output>
    </div>
  );
}

/** Everywhere, or only in the region that the card is about. */
function Scope({ box }: { readonly box: Box }) {
  const { t } = useTranslation();
  const lang = useLang();
  const region = useRegionSummary(box.scope).data;
  // The root holds everything: nothing to choose.
  if (region === undefined || region.ancestors.length === 0) return null;
  const choices = [
    { isNarrow: false, label: t('search.scopeAll') },
    { isNarrow: true, label: t('search.scopeIn', { region: nameIn(region.names, lang) }) },
  ];
  return (
    <div className="search-scope" role="group" aria-label={t('search.scope')}>
      {choices.map(({ isNarrow, label }) => (
        <button
          key={label}
          type="button"
          className="scope-choice"
          aria-pressed={box.isNarrow === isNarrow}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => box.setNarrow(isNarrow)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** Coordinates of maps made in China are shifted: the reader says which system they come from. */
function CrsChoice({ box }: { readonly box: Box }) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <div className="search-crs">
      <NativeSelect
        label={t('search.crs')}
        data-testid="search-crs"
        value={box.asked.crs}
        data={TYPED_CRS.map((crs) => ({ value: crs, label: nameIn(crsNames(crs), lang) }))}
        onChange={(event) => {
          const crs = event.currentTarget.value;
          if (isSupportedCrs(crs)) box.setCrs(crs as DegreeCrs);
        }}
      />
    </div>
  );
}

/** Says what was searched, and offers the wider area where there is one. */
function Nothing({ box, answer }: { readonly box: Box; readonly answer: SearchAnswer }) {
  const { t } = useTranslation();
  const lang = useLang();
  const region = useRegionSummary(box.scope).data;
  const { wider } = answer;
  const count = wider?.reduce((sum, group) => sum + group.count, 0) ?? 0;
  const hasMore = wider?.some(({ more }) => more) === true;
  const kinds = answer.searched
    .map((kind) => t(`search.kind.${kind}`))
    .join(t('app.listSeparator'));
  return (
    <div className="search-none" data-testid="search-none">
      <p className="search-none-title">
        {box.isNarrow && region !== undefined
          ? t('search.noneIn', { q: answer.query, region: nameIn(region.names, lang) })
          : t('search.none', { q: answer.query })}
      </p>
      <p className="why-hint">{t('search.searched', { list: kinds })}</p>
      {count === 0 ? null : (
        <p className="search-wider">
          <span>
            {t(hasMore ? 'search.widerMore' : 'search.wider', {
              count,
            })}
          </span>
          <button
            type="button"
            className="button"
            data-testid="search-wider"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => box.setNarrow(false)}
          >
            {t('search.showWider')}
          </button>
        </p>
      )}
    </div>
  );
}
