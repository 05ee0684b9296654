import { sqlMigration } from './migration.ts';

/** What is told to everyone, and until it is withdrawn; read through `published` where nobody is signed in. */
const TOLD = ['publication_releases', 'publication_days', 'publication_areas'] as const;

/**
 * Public figures: what was told of each area on which day. Only the owner writes them, and only the owner reads what
 * they were made of.
 */
export const publication = sqlMigration(
  '0022-publication',
  `
  CREATE TABLE publication_releases (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('register', 'demonstration')),
    rule text NOT NULL CHECK (rule IN ('weighted', 'highest')),
    basis text NOT NULL CHECK (basis IN ('inherent', 'current')),
    -- The record of the confidentiality review that lets it out, and the number of the map, where there is one.
    document text NOT NULL,
    approval_number text,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    CHECK (started_at <= ended_at)
  );
  CREATE UNIQUE INDEX publication_releases_one ON publication_releases ((true)) WHERE ended_at IS NULL;

  CREATE TABLE publication_days (
    release_id uuid NOT NULL REFERENCES publication_releases (id),
    day date NOT NULL,
    PRIMARY KEY (release_id, day)
  );
  -- A row for each day on which the figures of an area became others.
  CREATE TABLE publication_areas (
    release_id uuid NOT NULL REFERENCES publication_releases (id),
    code text NOT NULL,
    day date NOT NULL,
    state text NOT NULL,
    level smallint CHECK (level BETWEEN 1 AND 4),
    n1 integer CHECK (n1 >= 5),
    n2 integer CHECK (n2 >= 5),
    n3 integer CHECK (n3 >= 5),
    n4 integer CHECK (n4 >= 5),
    n_none integer CHECK (n_none >= 5),
    PRIMARY KEY (release_id, code, day)
  );

  -- Never told: the true counts that an area was published with, and how each of its subjects stood then.
  CREATE TABLE publication_leaves (
    city_code text NOT NULL,
    code text NOT NULL,
    counts jsonb NOT NULL,
    PRIMARY KEY (city_code, code)
  );
  CREATE TABLE publication_members (
    city_code text NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    code text NOT NULL,
    standing text NOT NULL,
    PRIMARY KEY (city_code, code, kind, subject_id)
  );

  GRANT SELECT ON ${TOLD.join(', ')} TO risk_app;
  ${TOLD.map((table) => {
    const isRelease = table === 'publication_releases';
    // Not the document: it names the reviewer.
    const columns = isRelease
      ? 't.id, t.kind, t.rule, t.basis, t.approval_number, t.ended_at'
      : 't.*';
    return `
  CREATE VIEW published.${table} AS SELECT ${columns} FROM public.${table} t
    WHERE ${isRelease ? 't.id' : 't.release_id'} IN (
      SELECT r.id FROM public.publication_releases r WHERE r.ended_at IS NULL);
  GRANT SELECT ON published.${table} TO risk_public;`;
  }).join('')}

  INSERT INTO field_tiers (relation, field, tier, is_masked)
    SELECT c.relname, a.attname, CASE WHEN a.attname IN ('document', 'started_at') OR c.relname IN (
      'publication_leaves', 'publication_members') THEN 'internal' ELSE 'public' END, false
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname LIKE 'publication\\_%'
      AND a.attnum > 0 AND NOT a.attisdropped;

  -- Whether no file came from anybody but the demonstration's own accounts: a real one is not for their eyes. Of files
  -- without an account, from the command line or from before there were any, the rows themselves tell.
  CREATE FUNCTION only_demo_imports() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM imports i JOIN accounts a ON a.id = i.account_id WHERE NOT a.is_demo)
  $$;
  REVOKE ALL ON FUNCTION only_demo_imports() FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION only_demo_imports() TO risk_app;

  -- How often and when the register was written to is not told.
  CREATE OR REPLACE VIEW published.data_versions AS SELECT * FROM public.data_versions
    WHERE layer IN ('base', 'published');
  `,
  `
  CREATE OR REPLACE VIEW published.data_versions AS SELECT * FROM public.data_versions;
  DROP FUNCTION only_demo_imports();
  DROP VIEW published.publication_areas, published.publication_days, published.publication_releases;
  DROP TABLE publication_members, publication_leaves, publication_areas, publication_days, publication_releases;
  DELETE FROM data_versions WHERE layer = 'published';
  DELETE FROM field_tiers WHERE relation LIKE 'publication\\_%';
  `,
);
