import { useLang } from './use-format.ts';
import { isGrey, lookOf } from './words.ts';
import type { LegendKey } from '#client/state/url-state.ts';

type Props = {
  readonly of: LegendKey;
  /** Level before it lapsed: the edge under the hatch. */
  readonly lastLevel?: 1 | 2 | 3 | 4 | null;
  readonly size?: 'small' | 'medium' | 'large';
  readonly isHidden?: boolean;
};

/** The square of a class: colour or hatch, pattern and letter. The words stand beside it. */
export function Swatch({ of: key, lastLevel = null, size = 'medium', isHidden = false }: Props) {
  const lang = useLang();
  return (
    <span
      className={`swatch swatch-${size} class-${key}${isHidden ? ' is-hidden' : ''}`}
      data-last-level={isGrey(key) ? (lastLevel ?? undefined) : undefined}
      aria-hidden="true"
    >
      <span className="swatch-letter">{narrow(lookOf(key, lang).letter)}</span>
    </span>
  );
}

/** The full-width question mark stands off-centre in its square. */
function narrow(letter: string): string {
  return letter === '？' ? '?' : letter;
}
