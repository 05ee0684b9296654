import { useTranslation } from 'react-i18next';
import type { RegionSummary } from '#server/features/regions/regions.contract.ts';
import { useRegionChildren } from '#client/api/queries.ts';
import type { LegendKey } from '#client/state/url-state.ts';
import { Name } from '#client/ui/name.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { Row } from '#client/ui/row.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { StackedBar } from '#client/ui/stacked-bar.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { levelName, lookOf } from '#client/ui/words.ts';
import { bySeverity } from './region-order.ts';

/** The regions directly below, worst first. */
export function RegionList({ parent }: { readonly parent: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useRegionChildren(parent);
  if (error !== null && data === undefined) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <RowSkeletons rows={9} />;
  if (data.items.length === 0) return <p className="empty">{t('region.noChildren')}</p>;
  return (
    <ul className="rows" data-rows>
      {data.items.toSorted(bySeverity).map((item) => (
        <RegionRow key={item.code} item={item} />
      ))}
    </ul>
  );
}

function RegionRow({ item }: { readonly item: RegionSummary }) {
  const { t } = useTranslation();
  const format = useFormats();
  const lang = useLang();
  const mark = markOf(item);
  return (
    <Row
      to={{ kind: 'region', code: item.code }}
      testId={`region-row-${item.code}`}
      mark={mark}
      title={
        <>
          <Name of={item.names} />
          {item.pending ? <span className="row-tag">{t('level.pending')}</span> : null}
          {item.state === 'insufficient' ? (
            <span className="row-tag">{t('level.insufficient')}</span>
          ) : null}
        </>
      }
      aside={
        <>
          <span className="row-figure">{format.number(item.total)}</span>
          <span className="row-note">{t('region.majorCount', { count: item.n1 })}</span>
        </>
      }
    >
      <span className="visually-hidden">
        {item.level === null
          ? mark === null
            ? ''
            : lookOf(mark.of, lang).name
          : levelName(item.level, lang)}
      </span>
      <StackedBar counts={item} />
    </Row>
  );
}

type Mark = { readonly of: LegendKey; readonly lastLevel: 1 | 2 | 3 | 4 | null };

/** Too few assessed looks like lapsed: hatch with the edge of the worst known level. */
function markOf(rollUp: RegionSummary): Mark | null {
  if (rollUp.level !== null) return { of: String(rollUp.level) as LegendKey, lastLevel: null };
  const edge = rollUp.gate?.edgeLevel ?? null;
  if (rollUp.state === 'insufficient') return { of: 'not_assessed', lastLevel: edge };
  if (rollUp.state === 'not_assessed') return { of: 'not_assessed', lastLevel: null };
  return rollUp.state === 'not_applicable' ? { of: 'not_applicable', lastLevel: null } : null;
}
