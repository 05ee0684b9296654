import type { SubjectCounts } from '#server/domain/zoning/roll-up.ts';

/** Assessed subjects by level, then never assessed ones, then expired ones by last level. */
export function subjects(
  [s1, s2, s3, s4]: readonly [number, number, number, number],
  u0 = 0,
  [e1, e2, e3, e4]: readonly [number, number, number, number] = [0, 0, 0, 0],
  hiddenMajors = 0,
): SubjectCounts {
  const sU = u0 + e1 + e2 + e3 + e4;
  return { s1, s2, s3, s4, sU, u0, e1, e2, e3, e4, sExpired1: e1 + hiddenMajors };
}
