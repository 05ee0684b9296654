import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchItem } from '#client/api/search.ts';
import { LevelChip } from '#client/ui/level-chip.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { markMatch } from './found.ts';
import type { FoundKind, Option } from './found.ts';
import type { Box } from './search-box.tsx';

type Props = {
  readonly id: string;
  readonly optionId: (index: number) => string;
  readonly box: Box;
  readonly onChoose: (option: Option) => void;
  readonly onPoint: (index: number) => void;
};

/** The rows by kind; the field keeps the focus and names the active one. */
export function SearchList({ id, optionId, box, onChoose, onPoint }: Props) {
  const { t } = useTranslation();
  const { active } = box.state;
  useEffect(() => {
    if (active === null) return;
    document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active, optionId]);
  const groups = box.options.length === 0 ? [] : (box.answer.data?.groups ?? []);
  const numbered = numberRows(groups);
  return (
    <div id={id} role="listbox" aria-label={t('search.results')} className="search-list">
      {numbered.map(({ group: { kind, more }, rows }) => (
        <div key={kind} role="group" aria-label={t(`search.kind.${kind}`)}>
          <p className="search-kind" aria-hidden="true">
            {t(`search.kind.${kind}`)}
          </p>
          {rows.map(({ item, index }) => (
            <div
              key={item.id}
              id={optionId(index)}
              role="option"
              tabIndex={-1}
              aria-selected={active === index}
              className={`search-row${active === index ? ' is-active' : ''}`}
              data-testid={`found-${kind}-${item.id}`}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => {
                if (active !== index) onPoint(index);
              }}
              onClick={() => onChoose({ kind, item })}
              onKeyDown={(event) => {
                if (event.key === 'Enter') onChoose({ kind, item });
              }}
            >
              <Found kind={kind} item={item} q={box.asked.q} />
            </div>
          ))}
          {more ? <p className="search-more">{t('search.more')}</p> : null}
        </div>
      ))}
    </div>
  );
}

type Group = NonNullable<Box['answer']['data']>['groups'][number];

/** Each row with its number over all groups. */
function numberRows(groups: readonly Group[]) {
  let next = 0;
  return groups.map((group) => ({
    group,
    rows: group.items.map((item) => {
      const index = next;
      next += 1;
      return { item, index };
    }),
  }));
}

type FoundProps = { readonly kind: FoundKind; readonly item: SearchItem; readonly q: string };

function Found({ kind, item, q }: FoundProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const { belongsTo, parentPath, code } = item;
  const path = parentPath.map(({ names }) => nameIn(names, lang)).join(' › ');
  const owners = [belongsTo?.names, belongsTo?.of].map((names) =>
    names ? nameIn(names, lang) : '',
  );
  const where = [...owners, path].filter((part) => part !== '').join(' · ');
  return (
    <>
      <span className="search-row-body">
        <span className="search-row-title">
          {markMatch(nameIn(item.names, lang), q).map(({ text, isMatch }, index) =>
            isMatch ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
          )}
          {item.match.on === 'code' && code !== null ? (
            <span className="search-row-code mono">{code}</span>
          ) : null}
        </span>
        <span className="row-note">
          {where === '' && kind === 'coordinate' ? t('search.outside') : where}
        </span>
      </span>
      {kind === 'coordinate' ? (
        <span className="search-row-here">{t('search.here')}</span>
      ) : (
        <Chip item={item} />
      )}
    </>
  );
}

/** The level, or why there is none; a root and a place have neither. */
function Chip({ item: { state, level, lastLevel } }: { readonly item: SearchItem }) {
  const { t } = useTranslation();
  if (state === null || (state === 'assessed' && level === null)) return null;
  if (state === 'assessed' || state === 'not_assessed' || state === 'not_applicable') {
    return <LevelChip state={state} level={level} lastLevel={lastLevel} />;
  }
  if (state === 'expired') return <LevelChip state={state} level={null} lastLevel={lastLevel} />;
  return (
    <span className="chip chip-plain">
      {t(state === 'insufficient' ? 'level.insufficient' : 'level.noData')}
    </span>
  );
}
