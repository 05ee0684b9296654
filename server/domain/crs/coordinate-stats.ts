import type { Bilingual } from '../bilingual.ts';

import { createCoordinateSample } from './coordinate-sample.ts';
import type { SampledCoordinate } from './coordinate-sample.ts';
import { coordinateShape } from './coordinate-shape.ts';
import type { Orientation, Shape } from './coordinate-shape.ts';
import { mixturesOf, orientationCount } from './mixed-file.ts';
import type { DeclaredValue, ShapeCounts } from './mixed-file.ts';

/** How the cell was written, as `parseCoordinate` says. */
export type CoordinateForm = 'decimal' | 'dms' | 'metres';

export type CoordinateSummary = {
  readonly rows: number;
  readonly notNumbers: number;
  /** Rows with 0 as one or both of their numbers. */
  readonly zeros: number;
  /** Rows that are neither degrees nor metres of a supported system. */
  readonly outOfRange: number;
  /** Rows whose sizes say that latitude or northing stands in the longitude column. */
  readonly swapped: number;
  readonly shapes: ShapeCounts;
  readonly forms: Readonly<Record<CoordinateForm, number>>;
  /** Values of the 坐标系 column, most frequent first. */
  readonly declared: readonly DeclaredValue[];
  /** At most 2,000 usable rows, in the order of the file. */
  readonly sample: readonly SampledCoordinate[];
  /** Ways in which the file mixes systems, empty for a file of one piece. */
  readonly mixtures: readonly Bilingual[];
};

export type CoordinateStats = {
  /**
   * Takes the two numbers of one row, x from the longitude or easting column, y from the latitude or northing column.
   * `row` is the number under which the sample names it, by default the ordinal from 1; `declared` is the row's own
   * cell of a 坐标系 column.
   */
  add(x: number, y: number, form: CoordinateForm, row?: number, declared?: string): void;
  summary(): CoordinateSummary;
};

/** A hostile file must not fill the memory with its spellings; a real one has one or two. */
const MOST_DECLARED = 50;
const MOST_DECLARED_CHARACTERS = 60;

const none = (): Record<Orientation, number> => ({ normal: 0, swapped: 0, either: 0 });

const noShapes = (): Record<Shape, Record<Orientation, number>> => ({
  degrees: none(),
  gkPlain: none(),
  gkPrefixed: none(),
  webMercator: none(),
  webMercatorOrPrefixed: none(),
  otherMetres: none(),
});

/** Collects what a file's coordinates look like in bounded memory, however many rows it has. */
export function createCoordinateStats(): CoordinateStats {
  const unusable = { notNumber: 0, zero: 0, outOfRange: 0 };
  const shapes = noShapes();
  const forms = { decimal: 0, dms: 0, metres: 0 };
  const zones = new Map<number, number>();
  const declared = new Map<string, number>();
  const sample = createCoordinateSample();
  let rows = 0;
  return {
    add(x, y, form, row = rows + 1, stated = '') {
      rows += 1;
      forms[form] += 1;
      countDeclared(declared, stated);
      const found = coordinateShape(x, y);
      if (typeof found === 'string') {
        unusable[found] += 1;
        return;
      }
      shapes[found.shape][found.orientation] += 1;
      sample.offer({ row, x, y });
      if (found.shape === 'gkPrefixed') countOne(zones, Math.floor(Math.max(x, y) / 1_000_000));
    },
    summary: () => ({
      rows,
      notNumbers: unusable.notNumber,
      zeros: unusable.zero,
      outOfRange: unusable.outOfRange,
      swapped: orientationCount(shapes, 'swapped'),
      shapes: structuredClone(shapes),
      forms: { ...forms },
      declared: byFrequency(declared),
      sample: sample.taken(),
      mixtures: mixturesOf(shapes, zones, byFrequency(declared)),
    }),
  };
}

function countDeclared(counts: Map<string, number>, stated: string): void {
  const value = stated.trim().slice(0, MOST_DECLARED_CHARACTERS);
  const isTaken = counts.has(value) || counts.size < MOST_DECLARED;
  if (value !== '' && isTaken) countOne(counts, value);
}

function byFrequency(counts: ReadonlyMap<string, number>): readonly DeclaredValue[] {
  return [...counts].map(([value, rows]) => ({ value, rows })).sort((a, b) => b.rows - a.rows);
}

function countOne<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
