import { sqlMigration } from './migration.ts';

/**
 * Methods as data, append-only assessments, and the level periods they make. Valid time says when a level held,
 * recorded time when it was known; both half-open. The present is the row with both ends at infinity.
 */
export const assessments = sqlMigration(
  '0004-assessments',
  `
  CREATE TABLE methods (
    id text PRIMARY KEY,
    names jsonb NOT NULL,
    description jsonb NOT NULL
  );
  CREATE TABLE method_versions (
    method_id text NOT NULL REFERENCES methods (id),
    variant text NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    definition jsonb NOT NULL,
    is_default boolean NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    PRIMARY KEY (method_id, variant, revision),
    CHECK (valid_to IS NULL OR valid_from < valid_to)
  );

  CREATE TABLE assessments (
    city_code text NOT NULL,
    id uuid NOT NULL,
    risk_point_id uuid NOT NULL,
    hazard_source_id uuid,
    subject_kind text NOT NULL CHECK (subject_kind IN ('risk_point', 'hazard_source')),
    basis text NOT NULL CHECK (basis IN ('inherent', 'current')),
    method_id text NOT NULL,
    variant text NOT NULL,
    revision integer NOT NULL,
    inputs jsonb NOT NULL,
    score double precision NOT NULL,
    level smallint CHECK (level BETWEEN 1 AND 4),
    explanation jsonb NOT NULL,
    state text NOT NULL CHECK (state IN
      ('draft', 'submitted', 'in_force', 'replaced', 'returned', 'system')),
    assessed_at timestamptz NOT NULL,
    valid_until timestamptz,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    replaces uuid,
    demo boolean NOT NULL DEFAULT false,
    PRIMARY KEY (city_code, id),
    CHECK ((subject_kind = 'hazard_source') = (hazard_source_id IS NOT NULL)),
    CONSTRAINT assessments_point FOREIGN KEY (city_code, risk_point_id)
      REFERENCES risk_points (city_code, id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT assessments_source FOREIGN KEY (city_code, hazard_source_id)
      REFERENCES hazard_sources (city_code, id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (method_id, variant, revision) REFERENCES method_versions (method_id, variant, revision)
  );
  CREATE INDEX assessments_id ON assessments (id);
  CREATE INDEX assessments_point ON assessments (city_code, risk_point_id, basis, assessed_at);
  CREATE INDEX assessments_source ON assessments (city_code, hazard_source_id, basis, assessed_at);

  CREATE TABLE level_periods (
    city_code text NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    risk_point_id uuid NOT NULL,
    basis text NOT NULL CHECK (basis IN ('inherent', 'current')),
    state text NOT NULL CHECK (state IN ('assessed', 'not_assessed', 'expired', 'not_applicable')),
    level smallint CHECK (level BETWEEN 1 AND 4),
    last_level smallint CHECK (last_level BETWEEN 1 AND 4),
    dynamic_level smallint CHECK (dynamic_level BETWEEN 1 AND 4),
    lifecycle text NOT NULL,
    decided_by uuid,
    valid_from timestamptz NOT NULL,
    valid_to timestamptz NOT NULL DEFAULT 'infinity',
    recorded_from timestamptz NOT NULL DEFAULT now(),
    recorded_to timestamptz NOT NULL DEFAULT 'infinity',
    PRIMARY KEY (city_code, id),
    CHECK (valid_from < valid_to),
    CHECK (recorded_from <= recorded_to),
    CHECK ((state = 'assessed') = (level IS NOT NULL)),
    CONSTRAINT level_periods_point FOREIGN KEY (city_code, risk_point_id)
      REFERENCES risk_points (city_code, id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT level_periods_no_overlap EXCLUDE USING gist (
      city_code WITH =, risk_point_id WITH =, basis WITH =, tstzrange(valid_from, valid_to) WITH &&)
      WHERE (recorded_to = 'infinity') DEFERRABLE INITIALLY IMMEDIATE
  );
  CREATE UNIQUE INDEX level_periods_present ON level_periods (city_code, risk_point_id, basis)
    WHERE valid_to = 'infinity' AND recorded_to = 'infinity';
  CREATE INDEX level_periods_point ON level_periods (risk_point_id, basis, valid_from);

  -- Append-only: nothing is deleted, and of a row only what the sign-off moves (assessments.state) or what closes
  -- it in recorded time may change. Moving a row to another city is a delete and an insert by relocate_rows().
  CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    before jsonb;
    after jsonb;
  BEGIN
    IF current_setting('risk_map.relocating', true) = 'on'
      AND current_user = (SELECT tableowner FROM pg_tables
        WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME) THEN
      RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' THEN
      before := to_jsonb(OLD) - TG_ARGV[0];
      after := to_jsonb(NEW) - TG_ARGV[0];
      IF before = after THEN
        RETURN NEW;
      END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'RM001';
  END $$;
  CREATE TRIGGER assessments_append_only BEFORE UPDATE OR DELETE ON assessments
    FOR EACH ROW EXECUTE FUNCTION append_only('state');
  CREATE TRIGGER level_periods_append_only BEFORE UPDATE OR DELETE ON level_periods
    FOR EACH ROW EXECUTE FUNCTION append_only('recorded_to');

  CREATE TABLE idempotency_keys (
    key text NOT NULL,
    operation text NOT NULL,
    request_hash text NOT NULL,
    status integer NOT NULL,
    body jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (key, operation)
  );
  `,
  `
  DROP TABLE idempotency_keys;
  DROP TABLE level_periods;
  DROP TABLE assessments;
  DROP FUNCTION append_only();
  DROP TABLE method_versions;
  DROP TABLE methods;
  `,
);
