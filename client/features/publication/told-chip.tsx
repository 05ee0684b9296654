import { useTranslation } from 'react-i18next';
import type { ToldAreaAnswer } from '#server/features/publication/publication.contract.ts';
import type { LegendKey } from '#client/state/url-state.ts';
import { useLang } from '#client/ui/use-format.ts';
import { lookOf } from '#client/ui/words.ts';

type Props = {
  readonly area: ToldAreaAnswer;
  /** Words alone, in a list where a swatch stands before them. */
  readonly isQuiet?: boolean;
};

/** Area colour in words, or why none is told. */
export function ToldChip({ area, isQuiet = false }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const { state, level } = area;
  const look = level === null ? null : lookOf(String(level) as LegendKey, lang);
  const words = look?.name ?? t(WORDS[state]);
  if (isQuiet) return <span className="row-note">{words}</span>;
  return (
    <span
      className={`chip ${level === null ? 'chip-plain' : `class-${level}`}`}
      data-testid="level-chip"
    >
      {look === null ? null : (
        <span className="chip-letter" aria-hidden="true">
          {look.letter}
        </span>
      )}
      <span>{words}</span>
    </span>
  );
}

const WORDS = {
  assessed: 'level.notGraded',
  insufficient: 'level.insufficient',
  not_assessed: 'publication.notAssessed',
  not_applicable: 'publication.notApplicable',
  no_data: 'level.noData',
  withheld: 'publication.withheld',
} as const;

/** The square before an area in a list. */
export function toldMark({ state, level }: ToldAreaAnswer): { readonly of: LegendKey } | null {
  if (level !== null) return { of: String(level) as LegendKey };
  if (state === 'insufficient' || state === 'not_assessed') return { of: 'not_assessed' };
  return state === 'not_applicable' ? { of: 'not_applicable' } : null;
}
