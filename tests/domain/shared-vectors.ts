import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Vectors kept outside the repository; the tests that read them are skipped where absent. */
type SharedVectors = {
  readonly lec: readonly { L: number; E: number; C: number; D: number; color: string }[];
  readonly ls5x5_common: readonly (readonly [number, number, string])[];
  readonly ls4x4: readonly (readonly [number, number, string])[];
  /** Conversions of (116.404, 39.915) that other programs agree on. */
  readonly 'coord_116.404_39.915': {
    readonly bd09_gcj02: readonly [number, number];
    readonly gcj02_bd09: readonly [number, number];
    readonly wgs84_gcj02: readonly [number, number];
  };
  readonly uscc_valid: readonly string[];
  readonly uscc_invalid: readonly string[];
};

const FILE = resolve(process.cwd(), '../shared/domain/test-vectors.json');

const hasSharedVectors = existsSync(FILE);

export const itWithSharedVectors = hasSharedVectors ? it : it.skip;

export function sharedVectors(): SharedVectors {
  return JSON.parse(readFileSync(FILE, 'utf8')) as SharedVectors;
}
