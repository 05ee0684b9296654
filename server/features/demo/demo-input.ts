import type { Bilingual } from '#server/domain/bilingual.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';

export type DemoCity = {
  readonly code: string;
  readonly names: Bilingual;
  /** Rings of one polygon, [lon, lat], WGS 84: the outer one, then holes. */
  readonly rings: readonly (readonly Position[])[];
};

export type DemoPlace = {
  readonly names: Bilingual;
  readonly position: Position;
  readonly population: number;
  /** 1 capital, 2 seat of a city, 3 of a county, 4 large town, 5 town. */
  readonly rank: number;
  readonly cityCode: string;
};

export type DemoInput = {
  readonly cities: readonly DemoCity[];
  readonly places: readonly DemoPlace[];
  /** The day the set speaks of, YYYY-MM-DD; everything in it happened before. */
  readonly referenceDay: string;
  readonly seed: number;
};
