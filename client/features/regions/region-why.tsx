import { useTranslation } from 'react-i18next';
import type { State } from '#server/domain/level.ts';
import { UNKNOWN_WEIGHT } from '#server/domain/zoning/weighted.ts';
import type { RegionWhy } from '#server/features/regions/regions.contract.ts';
import { useRegionWhy } from '#client/api/queries.ts';
import { legendKeyOf } from '#client/state/legend-filter.ts';
import { Name } from '#client/ui/name.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { Row } from '#client/ui/row.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { Swatch } from '#client/ui/swatch.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { WhyFrame } from '#client/ui/why-frame.tsx';
import { levelName, lookOf } from '#client/ui/words.ts';
import { cautiousParts } from './cautious-parts.ts';

type Props = { readonly code: string; readonly isGraded: boolean };

/** Why the area has its colour: the votes, the rule step by step, and the worst subjects. */
export function RegionWhyView({ code, isGraded }: Props) {
  const { data, error, refetch } = useRegionWhy(code, true);
  return (
    <WhyFrame isGraded={isGraded}>
      {data === undefined && error === null ? <RowSkeletons rows={3} /> : null}
      {data === undefined && error !== null ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : null}
      {data === undefined ? null : (
        <>
          <Votes why={data} />
          <Steps why={data} />
          <Worst why={data} />
        </>
      )}
    </WhyFrame>
  );
}

function Votes({ why }: { readonly why: RegionWhy }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { counts } = why;
  const votes = [
    ['1', counts.s1],
    ['2', counts.s2],
    ['3', counts.s3],
    ['4', counts.s4],
  ] as const;
  return (
    <div className="votes">
      <h3 className="why-label">{t('why.subjects')}</h3>
      <ul className="votes-list">
        {votes.map(([key, count]) => (
          <li key={key}>
            <Swatch of={key} size="small" />
            {t('count.item', { label: t(`level.short.${key}`), count: format.number(count) })}
          </li>
        ))}
        <li>
          <Swatch of="not_assessed" size="small" />
          {t('why.unassessedVotes', { count: format.number(counts.sU) })}
        </li>
      </ul>
      <p className="why-hint">{t('why.subjectsHint')}</p>
    </div>
  );
}

function Steps({ why }: { readonly why: RegionWhy }) {
  const { t } = useTranslation();
  const { steps } = why;
  // What W⁺ decides comes after it.
  const pending = steps.findIndex(({ id }) => id === 'pending');
  return (
    <>
      <h3 className="why-label">{t('why.steps')}</h3>
      <ol className="why-numbered">
        {(pending < 0 ? steps : steps.slice(0, pending)).map(toStep)}
        <CautiousStep why={why} />
        {pending < 0 ? null : steps.slice(pending).map(toStep)}
      </ol>
    </>
  );
}

function toStep(step: RegionWhy['steps'][number]) {
  return (
    <li key={step.id}>
      <Name of={step.text} />
    </li>
  );
}

/** W⁺ beside W: what the subjects without an assessment in force add to its sum. */
function CautiousStep({ why }: { readonly why: RegionWhy }) {
  const { t } = useTranslation();
  const format = useFormats();
  const parts = cautiousParts(why);
  if (parts === null) return null;
  const { sum, added, count, total, mean } = parts;
  return (
    <li data-testid="why-cautious">
      {t(count === 0 ? 'why.cautiousSame' : 'why.cautious', {
        sum: format.number(sum),
        added: format.number(added),
        count: format.number(count),
        total: format.number(total),
        value: format.mean(mean),
        unknown: format.number(UNKNOWN_WEIGHT),
      })}
    </li>
  );
}

function Worst({ why }: { readonly why: RegionWhy }) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <>
      <h3 className="why-label">{t('why.worst')}</h3>
      {why.worst.length === 0 ? <p className="why-hint">{t('why.worstNone')}</p> : null}
      <ul className="rows rows-inset" data-rows>
        {why.worst.map((subject) => {
          const key = legendKeyOf(subject.state as State, subject.level);
          return (
            <Row
              key={subject.id}
              to={
                subject.kind === 'enterprise'
                  ? { kind: 'enterprise', id: subject.id }
                  : { kind: 'risk-point', id: subject.id }
              }
              testId={`worst-row-${subject.id}`}
              mark={{ of: key, lastLevel: subject.lastLevel }}
              title={<Name of={subject.names} />}
            >
              <span className="row-note">
                {subject.level === null && subject.lastLevel !== null
                  ? t('why.expiredLast', { level: levelName(subject.lastLevel, lang) })
                  : lookOf(key, lang).name}
              </span>
            </Row>
          );
        })}
      </ul>
    </>
  );
}
