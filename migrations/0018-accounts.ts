import { sqlMigration } from './migration.ts';

/**
 * Who may see and do what. Only `risk_auth` reads these tables, and it reads nothing of the register but the regions:
 * no statement of a request that lists risk points can meet a password or a session. Secrets are stored hashed.
 */
const TABLES = `
  CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    -- As it is typed at sign-in; capitals and small letters are the same.
    name text NOT NULL,
    full_name text NOT NULL,
    -- PHC string; null until the first password is set.
    password_hash text,
    must_change_password boolean NOT NULL,
    is_demo boolean NOT NULL DEFAULT false,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  );
  CREATE UNIQUE INDEX accounts_name ON accounts (lower(name));

  CREATE TABLE grants (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    role text NOT NULL,
    -- Null, or empty for jurisdictions: not limited by it.
    regions text[],
    jurisdictions uuid[] NOT NULL DEFAULT '{}',
    fields text[],
    enterprise_id uuid,
    expires_at timestamptz,
    granted_by uuid,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CHECK (regions IS NULL OR cardinality(regions) > 0),
    CHECK (fields IS NULL OR cardinality(fields) > 0)
  );
  CREATE INDEX grants_account ON grants (account_id);

  CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX sessions_account ON sessions (account_id);

  -- A program's key: what its account may, or less.
  CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    name text NOT NULL,
    -- The beginning of the key, to tell keys apart.
    prefix text NOT NULL,
    secret_hash bytea NOT NULL UNIQUE,
    is_read_only boolean NOT NULL,
    regions text[] CHECK (regions IS NULL OR cardinality(regions) > 0),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz
  );
  CREATE INDEX api_keys_account ON api_keys (account_id);

  -- For the first administrator, and for whoever has lost a password: good once.
  CREATE TABLE one_time_links (
    token_hash bytea PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('set-up', 'recovery')),
    account_id uuid REFERENCES accounts (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CHECK ((purpose = 'recovery') = (account_id IS NOT NULL))
  );

  -- By the name that was typed, whether there is such an account or not: a refusal tells nothing about that.
  CREATE TABLE sign_in_failures (
    name_key text PRIMARY KEY,
    failures integer NOT NULL,
    failed_at timestamptz NOT NULL,
    locked_until timestamptz
  );
`;

const TABLE_NAMES = [
  'accounts',
  'grants',
  'sessions',
  'api_keys',
  'one_time_links',
  'sign_in_failures',
] as const;

const POLICIES = TABLE_NAMES.map(
  (table) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true);
  CREATE POLICY accounts ON ${table} TO risk_auth USING (true) WITH CHECK (true);`,
).join('');

const FUNCTIONS = `
  -- Codes that stand for a part of the administrative tree: cities that lie whole in it, and every region in it whose
  -- city does not. A row is in the part when its city or its region is among them. Null: everywhere.
  CREATE FUNCTION scope_regions(granted text[], narrowed text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN granted IS NOT NULL OR narrowed IS NOT NULL THEN COALESCE((
      SELECT array_agg(r.code ORDER BY r.code) FROM regions r
      WHERE (granted IS NULL OR r.path && granted) AND (narrowed IS NULL OR r.path && narrowed)
        AND (r.depth = 'city' OR NOT EXISTS (SELECT FROM regions c WHERE c.code = r.city_code
          AND (granted IS NULL OR c.path && granted) AND (narrowed IS NULL OR c.path && narrowed)))), '{}') END
  $$;
`;

/** What the accounts' role needs: their tables, and the places and lists that grants name. */
const GRANTS = `
  GRANT USAGE ON SCHEMA public TO risk_auth;
  GRANT SELECT, INSERT, UPDATE ON accounts, grants, api_keys, one_time_links TO risk_auth;
  GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, sign_in_failures TO risk_auth;
  GRANT SELECT ON regions, jurisdictions, code_lists TO risk_auth;
`;

export const accounts = sqlMigration(
  '0018-accounts',
  `${TABLES}${POLICIES}${FUNCTIONS}${GRANTS}`,
  `
  REVOKE ALL ON ALL TABLES IN SCHEMA public FROM risk_auth;
  REVOKE USAGE ON SCHEMA public FROM risk_auth;
  DROP FUNCTION scope_regions(text[], text[]);
  DROP TABLE ${TABLE_NAMES.toReversed().join(', ')};
  `,
);
