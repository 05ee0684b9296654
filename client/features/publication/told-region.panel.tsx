import { useTranslation } from 'react-i18next';
import type { ToldAreaAnswer } from '#server/features/publication/publication.contract.ts';
import { useToldRegion } from '#client/api/publication.ts';
import { ApiProblem } from '#client/api/problem.ts';
import type { LegendKey } from '#client/state/url-state.ts';
import { CardHead } from '#client/ui/card-head.tsx';
import { Name } from '#client/ui/name.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { Row } from '#client/ui/row.tsx';
import { CardSkeleton } from '#client/ui/skeletons.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { Swatch } from '#client/ui/swatch.tsx';
import { lookOf } from '#client/ui/words.ts';
import { ToldChip, toldMark } from './told-chip.tsx';

/** Card of an area as everyone is told it: its colour, and counts that are not small. */
export function ToldRegionPanel({ code }: { readonly code: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useToldRegion(code);
  if (error instanceof ApiProblem && error.status === 404) {
    return <p className="empty">{t('publication.tooDeep')}</p>;
  }
  if (error !== null && data === undefined) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <CardSkeleton />;
  const { area, below, publication } = data;
  return (
    <div data-testid="told-region">
      <CardHead
        names={area.names}
        kicker={t('publication.kicker', { day: publication.day })}
        chip={<ToldChip area={area} />}
        canAskWhy={false}
      />
      <p className="rule-label">
        {area.depth === 'province' ? t('level.notGradedHint') : <Name of={publication.ruleLabel} />}
      </p>
      <ToldCounts area={area} least={publication.leastTold} />
      {below.length === 0 ? null : (
        <section aria-label={t('region.children')}>
          <h2 className="told-heading">{t('region.children')}</h2>
          <ul className="rows" data-rows>
            {below.toSorted(byLevel).map((each) => (
              <ToldRow key={each.code} area={each} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const COUNTED = [
  ['1', 'n1'],
  ['2', 'n2'],
  ['3', 'n3'],
  ['4', 'n4'],
  ['not_assessed', 'nNone'],
] as const satisfies readonly (readonly [LegendKey, keyof ToldAreaAnswer])[];

type CountsProps = { readonly area: ToldAreaAnswer; readonly least: number };

function ToldCounts({ area, least }: CountsProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const format = useFormats();
  const isTold = COUNTED.some(([, member]) => area[member] !== null);
  return (
    <section className="told-counts" aria-label={t('publication.counts')}>
      <h2 className="told-heading">{t('publication.counts')}</h2>
      {isTold ? null : <p className="why-hint">{t('publication.noCounts')}</p>}
      {isTold ? (
        <ul className="told-list">
          {COUNTED.map(([key, member]) => (
            <li key={key}>
              <Swatch of={key} />
              <span>{key === 'not_assessed' ? t('publication.none') : lookOf(key, lang).name}</span>
              {area[member] === null ? (
                <span className="row-note">{t('publication.withheld')}</span>
              ) : (
                <b>{format.number(area[member])}</b>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <p className="why-hint">{t('publication.suppressed', { least })}</p>
    </section>
  );
}

function ToldRow({ area }: { readonly area: ToldAreaAnswer }) {
  return (
    <Row
      to={{ kind: 'region', code: area.code }}
      testId={`told-row-${area.code}`}
      mark={toldMark(area)}
      title={<Name of={area.names} />}
      aside={<ToldChip area={area} isQuiet />}
    />
  );
}

/** The worst first, then those without a colour; by code among equals. */
function byLevel(a: ToldAreaAnswer, b: ToldAreaAnswer): number {
  return (a.level ?? 5) - (b.level ?? 5) || a.code.localeCompare(b.code);
}
