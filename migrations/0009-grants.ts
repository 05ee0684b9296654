import { sqlMigration } from './migration.ts';

/** What a request may do. Derived tables are written by their functions only; nothing is ever deleted by a request. */
export const grants = sqlMigration(
  '0009-grants',
  `
  GRANT SELECT ON code_lists, regions, region_parts, region_shapes, jurisdictions, enterprises, risk_points,
    lifecycle_changes, hazard_sources, control_measures, methods, method_versions, assessments, level_periods,
    idempotency_keys, point_states, subject_states, summary_cells, data_versions, base_features, seeds, demo_sets
    TO risk_app;
  GRANT INSERT ON assessments, level_periods, idempotency_keys TO risk_app;
  GRANT UPDATE (state) ON assessments TO risk_app;
  GRANT UPDATE (recorded_to) ON level_periods TO risk_app;
  -- SELECT … FOR UPDATE of a point needs the right to update it.
  GRANT UPDATE (updated_at) ON risk_points TO risk_app;
  REVOKE ALL ON FUNCTION refresh_points(uuid[], timestamptz), refresh_enterprises(uuid[]), bump_versions(text[], text[])
    FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION refresh_points(uuid[], timestamptz) TO risk_app;
  `,
  `
  REVOKE ALL ON FUNCTION refresh_points(uuid[], timestamptz) FROM risk_app;
  REVOKE ALL ON ALL TABLES IN SCHEMA public FROM risk_app;
  `,
);
