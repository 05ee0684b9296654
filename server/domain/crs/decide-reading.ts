import type { Bilingual } from '../bilingual.ts';

import type { Candidate } from './candidate.ts';
import { isSameReading } from './reading.ts';
import type { Reading } from './reading.ts';
import { readingName, swapNote } from './reading-texts.ts';

/** What the database finds for the sampled rows under one candidate; all are counts of rows. */
export type ReadingEvidence = {
  readonly reading: Reading;
  /** Rows that lie in the region (county) that they state themselves. */
  readonly inStatedRegion: number;
  /** Rows that lie in no region at all. */
  readonly outside: number;
  /** Rows that state a region and were looked up. */
  readonly checked: number;
  /** Rows that lie beside a known place of the same name; for people to see, it decides nothing. */
  readonly nearKnown?: number;
};

export type ReadingDecision =
  | { readonly decided: Reading; readonly because: Bilingual }
  | { readonly undecided: readonly Candidate[]; readonly because: Bilingual };

/** The best reading must put this share of the checked rows into the region that they state. */
const LEAST_IN_REGION = 0.9;

/**
 * Takes a reading only where what was said, the numbers alone, or the stated regions of the rows leave one; otherwise
 * says why not, and hands the candidates on in their order. Never a guess: equal evidence decides nothing.
 */
export function decideReading(
  candidates: readonly Candidate[],
  evidence: readonly ReadingEvidence[],
): ReadingDecision {
  const [first, ...others] = candidates;
  if (first === undefined) return { undecided: [], because: NO_READING };
  const said = first.basis.text;
  if (first.basis.kind === 'contradicted') return { undecided: candidates, because: said };
  if (others.length === 0) return decided(first, said);
  const rated = candidates.flatMap((reading) => {
    const found = evidence.find((item) => isSameReading(item.reading, reading));
    return found ? [{ ...found, reading }] : [];
  });
  const best = rated.toSorted((a, b) => b.inStatedRegion - a.inStatedRegion)[0];
  const why = {
    zh: `${said.zh}；${regionText(best).zh}`,
    en: `${said.en}; ${regionText(best).en}`,
  };
  if (best && rated.length === candidates.length && stands(best, rated)) {
    return decided(best.reading, why);
  }
  return { undecided: candidates, because: why };
}

const NO_READING: Bilingual = {
  zh: '没有可用的坐标：数值不符合任何支持的坐标系',
  en: 'No usable coordinates: the numbers fit none of the supported systems',
};

function stands(best: ReadingEvidence, rated: readonly ReadingEvidence[]): boolean {
  if (best.checked === 0 || best.inStatedRegion < LEAST_IN_REGION * best.checked) return false;
  return rated.every((item) => item === best || item.inStatedRegion < best.inStatedRegion);
}

function decided({ crs, swapped }: Reading, why: Bilingual): ReadingDecision {
  const note = swapNote({ crs, swapped });
  const because = { zh: `${why.zh}；${note.zh}`, en: `${why.en}; ${note.en}` };
  return { decided: { crs, swapped }, because };
}

function regionText(best: ReadingEvidence | undefined): Bilingual {
  if (best === undefined || best.checked === 0) {
    return {
      zh: '各行没有填写可供核对的县区，有几种读法',
      en: 'no row states a region to check by, and several readings are possible',
    };
  }
  const { zh, en } = readingName(best.reading);
  return {
    zh: `所填县区与坐标最相符的读法是 ${zh}：${best.checked} 行中 ${best.inStatedRegion} 行相符`,
    en: `the stated regions fit ${en} best: ${best.inStatedRegion} of ${best.checked} rows`,
  };
}
