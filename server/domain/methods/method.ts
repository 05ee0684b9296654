import type { Bilingual } from '../bilingual.ts';
import type { Level } from '../level.ts';

/** One allowed value of a factor. `verified`: checked against a text that was seen. */
export type ScaleValue = {
  readonly value: number;
  readonly text: Bilingual;
  readonly verified: boolean;
};

export type Factor = {
  readonly id: string;
  readonly name: Bilingual;
  readonly scale: readonly ScaleValue[];
};

/** A band of scores, from `min` up to the next worse band. Bands are ordered worst first. */
export type Band = {
  readonly level: Level;
  readonly min: number;
  readonly minInclusive: boolean;
  readonly label: Bilingual;
  readonly verified: boolean;
};

/** One cell of a risk matrix: what L and S together mean. */
export type MatrixCell = { readonly L: number; readonly S: number; readonly level: Level };

/** What a level of a matrix is called, and the products it holds, as the source prints them. */
export type MatrixBand = {
  readonly level: Level;
  readonly range: string;
  readonly label: Bilingual;
  readonly verified: boolean;
};

type MethodCommon = {
  /** The method, e.g. `lec`. */
  readonly method: string;
  /** A parallel profile of the method, e.g. `national`. */
  readonly variant: string;
  /** Published revisions never change; a new text is a new revision. */
  readonly revision: number;
  readonly name: Bilingual;
  readonly description: Bilingual;
  /** With the factor ids in order, e.g. `L × E × C`. */
  readonly formula: string;
  /** Letter of the result, e.g. D or R. */
  readonly scoreSymbol: string;
  readonly factors: readonly Factor[];
  readonly clause: Bilingual;
  readonly source: string;
  /** False while the definition as a whole still awaits a check against the official text. */
  readonly verified: boolean;
  /** First day in force, YYYY-MM-DD. */
  readonly validFrom: string;
  /** First day no longer in force, YYYY-MM-DD; null while it is. */
  readonly validTo: string | null;
  /** The variant meant when only the method is named. */
  readonly isDefault: boolean;
};

export type ProductDefinition = MethodCommon & {
  readonly kind: 'product';
  readonly bands: readonly Band[];
};

export type MatrixDefinition = MethodCommon & {
  readonly kind: 'matrix';
  /** How the score is made; the level comes from the cells, never from a threshold on the score. */
  readonly score: 'product';
  readonly cells: readonly MatrixCell[];
  readonly bands: readonly MatrixBand[];
};

/** A published version of a method, as data. */
export type MethodDefinition = ProductDefinition | MatrixDefinition;

export type ExplainedFactor = {
  readonly id: string;
  readonly name: Bilingual;
  readonly value: number;
  readonly text: Bilingual;
  readonly verified: boolean;
};

export type ExplainedBand = {
  readonly level: Level;
  readonly label: Bilingual;
  readonly range: string;
  readonly verified: boolean;
};

/** Why a score and a level came out: read by the API, the panel and the tests alike. */
export type Explanation = {
  readonly method: string;
  /** `variant@revision`, e.g. `national@1`. */
  readonly version: string;
  readonly name: Bilingual;
  /** With the numbers in it, e.g. `L × E × C = 3 × 6 × 15 = 270`. */
  readonly formula: string;
  readonly factors: readonly ExplainedFactor[];
  readonly band: ExplainedBand;
  readonly clause: Bilingual;
  readonly source: string;
  /** True only where the definition, every factor value and the band are. */
  readonly verified: boolean;
};

export type Evaluation = {
  readonly method: string;
  readonly version: string;
  readonly score: number;
  readonly level: Level | null;
  readonly explanation: Explanation;
};

/** Factor id → chosen value, after every value was found on its scale. */
export type FactorValues = Readonly<Record<string, number>>;

/** What a formula kind returns: the score and the band that decided. */
export type Scored = { readonly score: number; readonly band: ExplainedBand };

/** `national@1`. */
export function versionOf(definition: Pick<MethodDefinition, 'variant' | 'revision'>): string {
  return `${definition.variant}@${definition.revision}`;
}
