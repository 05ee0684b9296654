import { sqlMigration } from './migration.ts';

/**
 * What daily use of the register needs: a version per row for If-Match, soft deletion as an act with a reason that
 * takes the children along, where a row came from, and moving single rows to another place.
 */
export const editing = sqlMigration(
  '0010-editing',
  `
  ALTER TABLE enterprises
    ADD version integer NOT NULL DEFAULT 1,
    ADD deleted_at timestamptz,
    ADD deletion_id uuid,
    ADD category text,
    ADD principal_name text,
    ADD attributes jsonb NOT NULL DEFAULT '{}',
    ADD origin jsonb,
    ADD origin_key text;
  ALTER TABLE risk_points
    ADD version integer NOT NULL DEFAULT 1,
    ADD deleted_at timestamptz,
    ADD deletion_id uuid,
    ADD category text,
    ADD location text,
    ADD person text,
    ADD attributes jsonb NOT NULL DEFAULT '{}',
    ADD origin jsonb,
    ADD origin_key text;
  ALTER TABLE hazard_sources
    ADD version integer NOT NULL DEFAULT 1,
    ADD deleted_at timestamptz,
    ADD deletion_id uuid,
    ADD category text,
    ADD attributes jsonb NOT NULL DEFAULT '{}',
    ADD origin jsonb,
    ADD origin_key text;
  ALTER TABLE control_measures
    ADD version integer NOT NULL DEFAULT 1,
    ADD deleted_at timestamptz,
    ADD deletion_id uuid,
    ADD updated_at timestamptz NOT NULL DEFAULT now();
  CREATE INDEX enterprises_origin ON enterprises (origin_key) WHERE origin_key IS NOT NULL;
  CREATE INDEX risk_points_origin ON risk_points (origin_key) WHERE origin_key IS NOT NULL;
  CREATE INDEX hazard_sources_origin ON hazard_sources (origin_key) WHERE origin_key IS NOT NULL;
  DROP INDEX enterprises_uscc;
  CREATE UNIQUE INDEX enterprises_uscc ON enterprises (city_code, uscc)
    WHERE uscc IS NOT NULL AND deleted_at IS NULL;

  -- One act of deletion: every row that went with it carries its id, and comes back with it.
  CREATE TABLE deletions (
    city_code text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('enterprise', 'risk_point', 'hazard_source', 'control_measure')),
    row_id uuid NOT NULL,
    reason text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    restored_at timestamptz,
    PRIMARY KEY (city_code, id)
  );
  CREATE INDEX deletions_row ON deletions (row_id);

  GRANT SELECT, INSERT, UPDATE ON enterprises, risk_points, hazard_sources, control_measures, deletions TO risk_app;
  GRANT INSERT ON lifecycle_changes TO risk_app;
  `,
  `
  REVOKE INSERT, UPDATE ON enterprises, risk_points, hazard_sources, control_measures FROM risk_app;
  REVOKE INSERT ON lifecycle_changes FROM risk_app;
  GRANT UPDATE (updated_at) ON risk_points TO risk_app;
  DROP TABLE deletions;
  DROP INDEX enterprises_uscc;
  ALTER TABLE enterprises DROP version, DROP deleted_at, DROP deletion_id, DROP category, DROP principal_name,
    DROP attributes, DROP origin, DROP origin_key;
  ALTER TABLE risk_points DROP version, DROP deleted_at, DROP deletion_id, DROP category, DROP location, DROP person,
    DROP attributes, DROP origin, DROP origin_key;
  ALTER TABLE hazard_sources DROP version, DROP deleted_at, DROP deletion_id, DROP category, DROP attributes,
    DROP origin, DROP origin_key;
  ALTER TABLE control_measures DROP version, DROP deleted_at, DROP deletion_id, DROP updated_at;
  CREATE UNIQUE INDEX enterprises_uscc ON enterprises (city_code, uscc) WHERE uscc IS NOT NULL;
  `,
);
