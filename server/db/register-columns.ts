/**
 * Order of severity of a row with `state` and `level`: assessed by level, then expired, not assessed, not applicable.
 * The very expression of the indexes `point_states_order` and `subject_states_order`.
 */
export const severityOf = (states: string): string =>
  `CASE ${states}.state WHEN 'assessed' THEN ${states}.level WHEN 'expired' THEN 5 WHEN 'not_assessed' THEN 6 ELSE 7 END`;

/** `[{code, names}]` from the root down to the joined region; empty without one. */
export const regionPathOf = (region: string): string =>
  `COALESCE((SELECT jsonb_agg(jsonb_build_object('code', above.code, 'names', jsonb_build_object(
      'zh', above.names ->> 'zh', 'en', above.names ->> 'en')) ORDER BY above.depth_rank)
    FROM regions above WHERE above.code = ANY (${region}.path)), '[]')`;
