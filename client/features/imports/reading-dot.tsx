import { useComputedColorScheme } from '@mantine/core';
import { readingLetter } from './import-words.ts';
import { readingTone } from './reading-tone.ts';

type Props = {
  /** 0: the reading that the rows are placed by. */
  readonly index: number;
  readonly isLettered: boolean;
};

/** The mark of one reading, as on the small map. */
export function ReadingDot({ index, isLettered }: Props) {
  const theme = useComputedColorScheme('light');
  return (
    <span
      className={`import-dot is-reading${isLettered ? ' has-letter' : ''}`}
      style={{ background: readingTone(theme, index) }}
      aria-hidden={!isLettered}
    >
      {isLettered ? readingLetter(index) : null}
    </span>
  );
}
