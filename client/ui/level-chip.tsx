import { useTranslation } from 'react-i18next';
import type { Level, State } from '#server/domain/level.ts';
import type { RollUpResult } from '#server/features/regions/regions.contract.ts';
import { legendKeyOf } from '#client/state/legend-filter.ts';
import { useLang } from './use-format.ts';
import { levelName, lookOf } from './words.ts';

type ChipProps = {
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel?: Level | null;
  /** The chip that names the node itself; the others repeat it in rows and lists. */
  readonly isMain?: boolean;
};

/** Letter and words of a level, or of the honest grey state; expired keeps its last level as an edge. */
export function LevelChip({ state, level, lastLevel = null, isMain = false }: ChipProps) {
  const lang = useLang();
  const { t } = useTranslation();
  const key = legendKeyOf(state, level);
  const { letter, name } = lookOf(key, lang);
  const title =
    lastLevel === null || level !== null
      ? undefined
      : t('level.lastLevel', { level: levelName(lastLevel, lang) });
  return (
    <span
      className={`chip class-${key}`}
      data-last-level={level === null ? (lastLevel ?? undefined) : undefined}
      data-testid={isMain ? 'level-chip' : undefined}
      title={title}
    >
      <span className="chip-letter" aria-hidden="true">
        {letter}
      </span>
      <span>{name}</span>
      {title === undefined ? null : <span className="visually-hidden">{title}</span>}
    </span>
  );
}

/** Area colour in words: a level, or why there is none. */
export function RegionChip({ rollUp }: { readonly rollUp: RollUpResult }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { state, level, pending } = rollUp;
  if (level === null || state !== 'assessed') return <UngradedChip rollUp={rollUp} />;
  const { letter, name } = lookOf(String(level) as '1', lang);
  return (
    <span className={`chip class-${level}`} data-testid="level-chip">
      <span className="chip-letter" aria-hidden="true">
        {letter}
      </span>
      <span>{name}</span>
      {pending ? (
        <span className="chip-suffix" title={t('level.pendingHint')}>
          {t('level.pending')}
        </span>
      ) : null}
    </span>
  );
}

function UngradedChip({ rollUp }: { readonly rollUp: RollUpResult }) {
  const { t } = useTranslation();
  const lang = useLang();
  const edge = rollUp.gate?.edgeLevel ?? null;
  if (rollUp.state === 'assessed') {
    return (
      <span className="chip chip-plain" data-testid="level-chip" title={t('level.notGradedHint')}>
        {t('level.notGraded')}
      </span>
    );
  }
  if (rollUp.state === 'not_assessed' || rollUp.state === 'not_applicable') {
    return <LevelChip state={rollUp.state} level={null} isMain />;
  }
  const isInsufficient = rollUp.state === 'insufficient';
  const title =
    isInsufficient && edge !== null
      ? t('level.insufficientEdge', { level: levelName(edge, lang) })
      : undefined;
  return (
    <span
      className={`chip ${isInsufficient ? 'class-expired' : 'class-not_applicable'}`}
      data-last-level={isInsufficient ? (edge ?? undefined) : undefined}
      data-testid="level-chip"
      title={title}
    >
      <span>{isInsufficient ? t('level.insufficient') : t('level.noData')}</span>
    </span>
  );
}
