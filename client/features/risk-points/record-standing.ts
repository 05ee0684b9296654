import type { Assessment } from '#server/features/assessments/assessments.contract.ts';

type Record = Pick<Assessment, 'subjectId' | 'basis' | 'state' | 'validUntil'>;

/** Place in the sign-off, or why an assessment that was in force no longer is. */
export type Standing = Assessment['state'] | 'lapsed';

/**
 * Says of each assessment whether it still counts. Rows are never changed, so an older one keeps the
 * state it was stored with: the newest of a subject and basis is the one in force, until it lapses.
 * `items` newest first; `now` in milliseconds.
 */
export function withStanding<T extends Record>(
  items: readonly T[],
  now: number,
): readonly { readonly item: T; readonly standing: Standing }[] {
  const seen = new Set<string>();
  return items.map((item) => {
    if (item.state !== 'in_force' && item.state !== 'system') return { item, standing: item.state };
    const key = `${item.subjectId}/${item.basis}`;
    const isNewest = !seen.has(key);
    seen.add(key);
    if (!isNewest) return { item, standing: 'replaced' };
    const hasLapsed = item.validUntil !== null && Date.parse(item.validUntil) <= now;
    return { item, standing: hasLapsed ? 'lapsed' : item.state };
  });
}
