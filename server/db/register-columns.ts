/**
 * Order of severity of a row with `state` and `level`: assessed by level, then expired, not assessed, not applicable.
 * The very expression of the indexes `point_states_order` and `subject_states_order`.
 */
export const severityOf = (states: string): string =>
  `CASE ${states}.state WHEN 'assessed' THEN ${states}.level WHEN 'expired' THEN 5 WHEN 'not_assessed' THEN 6 ELSE 7 END`;

const SEVERITY_OF_STATE: Readonly<Record<string, readonly [number, number]>> = {
  assessed: [1, 4],
  expired: [5, 5],
  not_assessed: [6, 6],
  not_applicable: [7, 7],
};

/** Least and greatest severity that these levels and states leave; lets the index skip what is milder or worse. */
export function severityRange(
  levels: readonly number[] | undefined,
  states: readonly string[] | undefined,
): readonly [number, number] {
  const ranges = states?.map((state) => SEVERITY_OF_STATE[state] ?? [1, 7]) ?? [[1, 7]];
  const least = Math.min(...ranges.map(([from]) => from ?? 1));
  const greatest = Math.max(...ranges.map(([, to]) => to ?? 7));
  if (levels === undefined) return [least, greatest];
  return [Math.max(least, Math.min(...levels)), Math.min(greatest, Math.max(...levels))];
}

/** `[{code, names}]` from the root down to the joined region; empty without one. */
export const regionPathOf = (region: string): string =>
  `COALESCE((SELECT jsonb_agg(jsonb_build_object('code', above.code, 'names', jsonb_build_object(
      'zh', above.names ->> 'zh', 'en', above.names ->> 'en')) ORDER BY above.depth_rank)
    FROM regions above WHERE above.code = ANY (${region}.path)), '[]')`;
