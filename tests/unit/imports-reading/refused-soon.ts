import type { ReadOptions, Refusal } from '#server/features/imports/reading/table.ts';
import { refusalOf, TYPES } from './read-bytes.ts';

/** Generous for a busy machine; each takes far less than the stated second. */
export const GUARD_MS = 60_000;

/** A refusal that comes in time and says its reason in both languages. */
export async function refusedSoon(
  bytes: Buffer | string,
  type: keyof typeof TYPES,
  options: Partial<ReadOptions> = {},
): Promise<Refusal> {
  const start = performance.now();
  const refusal = await refusalOf(bytes, TYPES[type], options);

  expect(performance.now() - start).toBeLessThan(GUARD_MS);
  expect(refusal.detail.zh).toMatch(/\p{Script=Han}/u);
  expect(refusal.detail.en).toMatch(/^[ -~]*$/);
  return refusal;
}
