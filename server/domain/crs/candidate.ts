import type { Bilingual } from '../bilingual.ts';

import type { Reading } from './reading.ts';

/**
 * Why a reading is offered. `contradicted`: what was declared or written cannot be, and this is what the numbers allow
 * instead, so it is never taken unasked.
 */
export type Basis = {
  readonly kind: 'declared' | 'word' | 'geojson' | 'numbers' | 'contradicted';
  readonly text: Bilingual;
};

/** A reading that the numbers allow; `offsetMetres`: how far it puts the middle of the file from the first candidate. */
export type Candidate = Reading & { readonly basis: Basis; readonly offsetMetres: number };
