import { sqlMigration } from './migration.ts';

/** Columns of a row that say who may see it; null where a table has none. */
type Columns = {
  readonly region: string;
  readonly jurisdiction: string;
  readonly fields: string;
  readonly enterprise: string;
};

const OF_ROW = { region: 'region', jurisdiction: 'jurisdiction_id', fields: 'fields' };

/**
 * Whether a row lies in the caller's scope. Each setting is read once for a statement (a sub-select that depends on no
 * row), and the dearer tests come last.
 */
const within = (setting: string, row: string, columns: Columns): string => {
  const of = (column: string) =>
    column.startsWith('NULL') || column.includes('(') ? column : `${row}.${column}`;
  const { region, jurisdiction, fields, enterprise } = columns;
  return `((SELECT scope_all('${setting}'))
      OR jsonb_exists((SELECT scope_open('${setting}')), ${row}.city_code)
      OR jsonb_exists((SELECT scope_open('${setting}')), ${of(region)})
      OR ((SELECT scope_parts('${setting}')) IS NOT NULL AND in_scope_part((SELECT scope_parts('${setting}')),
        ${row}.city_code, ${of(region)}, ${of(jurisdiction)}, ${of(fields)}, ${of(enterprise)})))`;
};

/** Tables whose rows say themselves where they belong. */
const LOCATED = {
  enterprises: { ...OF_ROW, enterprise: 'id' },
  risk_points: { ...OF_ROW, enterprise: 'enterprise_id' },
  point_states: { ...OF_ROW, enterprise: 'enterprise_id' },
  subject_states: { ...OF_ROW, enterprise: 'enterprise_of(kind, subject_id)' },
  summary_cells: { ...OF_ROW, enterprise: 'NULL::uuid' },
} satisfies Readonly<Record<string, Columns>>;

/** Tables whose rows are seen with the risk point that they belong to. */
const OF_POINTS = [
  'hazard_sources',
  'control_measures',
  'assessments',
  'level_periods',
  'lifecycle_changes',
] as const;

const ofPoint = (setting: string, table: string): string => `((SELECT scope_all('${setting}'))
      OR jsonb_exists((SELECT scope_open('${setting}')), ${table}.city_code)
      OR EXISTS (SELECT FROM risk_points p WHERE p.city_code = ${table}.city_code AND p.id = ${table}.risk_point_id
        AND ${within(setting, 'p', LOCATED.risk_points)}))`;

/** A row that a policy of its own table lets through. */
const seen = (table: string, id: string, row: string): string =>
  `EXISTS (SELECT FROM ${table} x WHERE x.city_code = ${row}.city_code AND x.id = ${id})`;

const ENTRY = `(kind IN (1, 2, 6) OR (SELECT scope_all('risk.read'))
      OR jsonb_exists((SELECT scope_open('risk.read')), search_entries.city_code)
      OR jsonb_exists((SELECT scope_open('risk.read')), search_entries.region)
      OR CASE kind WHEN 3 THEN ${seen('enterprises', 'search_entries.ref::uuid', 'search_entries')}
        WHEN 4 THEN ${seen('risk_points', 'search_entries.ref::uuid', 'search_entries')}
        WHEN 5 THEN ${seen('hazard_sources', 'search_entries.ref::uuid', 'search_entries')} ELSE false END)`;

const deletionIn = (setting: string): string => `((SELECT scope_all('${setting}'))
      OR jsonb_exists((SELECT scope_open('${setting}')), deletions.city_code)
      OR CASE kind WHEN 'enterprise' THEN ${seen('enterprises', 'deletions.row_id', 'deletions')}
        WHEN 'risk_point' THEN ${seen('risk_points', 'deletions.row_id', 'deletions')}
        WHEN 'hazard_source' THEN ${seen('hazard_sources', 'deletions.row_id', 'deletions')}
        ELSE ${seen('control_measures', 'deletions.row_id', 'deletions')} END)`;

/** A file on its way belongs to who sent it; those who may write everything see all files. */
const OWN_IMPORT = `((SELECT scope_all('risk.write')) OR account_id = (SELECT scope_account()))`;
const OF_IMPORTS = ['import_rows', 'import_results', 'import_subjects'] as const;

/** Whose a risk point is can be told to whoever sees the point, wherever the enterprise has its seat. */
const OWNER_OF_SEEN = ` OR EXISTS (SELECT FROM risk_points p
      WHERE p.enterprise_city_code = enterprises.city_code AND p.enterprise_id = enterprises.id)`;

type Policy = { readonly table: string; readonly read: string; readonly write: string };

const POLICIES: readonly Policy[] = [
  ...Object.entries(LOCATED).map(([table, columns]) => ({
    table,
    read: `${within('risk.read', table, columns)}${table === 'enterprises' ? OWNER_OF_SEEN : ''}`,
    write: within('risk.write', table, columns),
  })),
  ...OF_POINTS.map((table) => ({
    table,
    read: ofPoint('risk.read', table),
    write: ofPoint('risk.write', table),
  })),
  { table: 'deletions', read: deletionIn('risk.read'), write: deletionIn('risk.write') },
  { table: 'search_entries', read: ENTRY, write: 'false' },
  { table: 'imports', read: OWN_IMPORT, write: OWN_IMPORT },
  ...OF_IMPORTS.map((table) => {
    const ofSeen = `((SELECT scope_all('risk.write')) OR import_id IN (SELECT i.id FROM imports i))`;
    return { table, read: ofSeen, write: ofSeen };
  }),
  { table: 'import_mappings', read: OWN_IMPORT, write: OWN_IMPORT },
  {
    table: 'idempotency_keys',
    read: 'account_id IS NOT DISTINCT FROM (SELECT scope_account())',
    write: 'account_id IS NOT DISTINCT FROM (SELECT scope_account())',
  },
];

/** Policies hold for the owner too: what works in its name (triggers, derived tables) says so by a policy of its own. */
const POLICY_SQL = POLICIES.map(
  ({ table, read, write }) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true);
  CREATE POLICY seen ON ${table} FOR SELECT TO risk_app USING (${read});
  CREATE POLICY added ON ${table} FOR INSERT TO risk_app WITH CHECK (${write});
  CREATE POLICY changed ON ${table} FOR UPDATE TO risk_app USING (${write}) WITH CHECK (${write});
  CREATE POLICY removed ON ${table} FOR DELETE TO risk_app USING (${write});`,
).join('');

const NO_POLICY_SQL = POLICIES.toReversed()
  .map(
    ({ table }) => `
  ${['removed', 'changed', 'added', 'seen', 'owner'].map((name) => `DROP POLICY ${name} ON ${table};`).join(' ')}
  ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY;`,
  )
  .join('');

/**
 * One rule for every door: each request runs in a transaction that sets what its caller may read and write, and the
 * policies here hold every statement to it. Nothing set means nothing seen. The settings are written by
 * server/db/scope.ts, from grants.
 */
export const rowPolicies = sqlMigration(
  '0017-row-policies',
  `
  DO $$
  DECLARE
    made text;
  BEGIN
    FOREACH made IN ARRAY ARRAY['risk_public', 'risk_auth'] LOOP
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', made);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END;
      BEGIN
        EXECUTE format('GRANT %I TO %I', made, current_user);
      EXCEPTION WHEN OTHERS THEN
        RAISE NOTICE '% not granted to %: %', made, current_user, SQLERRM;
      END;
    END LOOP;
  END $$;

  CREATE FUNCTION scope_setting(setting text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT NULLIF(current_setting(setting, true), '')::jsonb
  $$;
  CREATE FUNCTION scope_all(setting text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT COALESCE((scope_setting(setting) ->> 'all')::boolean, false)
  $$;
  CREATE FUNCTION scope_open(setting text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT COALESCE(scope_setting(setting) -> 'open', '{}')
  $$;
  CREATE FUNCTION scope_parts(setting text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT NULLIF(scope_setting(setting) -> 'parts', '[]')
  $$;
  CREATE FUNCTION scope_account() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT NULLIF(current_setting('risk.account', true), '')::uuid
  $$;
  CREATE FUNCTION enterprise_of(kind text, subject_id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE kind WHEN 'enterprise' THEN subject_id END
  $$;

  -- A row is in a part when its region or jurisdiction is, it has one of the part's fields, and it is of its enterprise.
  CREATE FUNCTION in_scope_part(parts jsonb, city text, region text, jurisdiction uuid, row_fields text[],
    enterprise uuid) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
  DECLARE
    part jsonb;
    open jsonb;
  BEGIN
    FOR part IN SELECT e.value FROM jsonb_array_elements(parts) AS e LOOP
      open := part -> 'open';
      IF (open = 'null' OR jsonb_exists(open, city) OR COALESCE(jsonb_exists(open, region), false)
          OR COALESCE(jsonb_exists(part -> 'jurisdictions', jurisdiction::text), false))
        AND (part -> 'fields' = 'null' OR COALESCE(jsonb_exists_any(part -> 'fields', row_fields), false))
        AND (part -> 'enterprise' = 'null' OR COALESCE(part ->> 'enterprise' = enterprise::text, false))
      THEN
        RETURN true;
      END IF;
    END LOOP;
    RETURN false;
  END $$;

  -- Whether the caller sees the cells of the summary cube that a row counts in.
  CREATE FUNCTION in_cell_scope(city text, region text, jurisdiction uuid, fields text[]) RETURNS boolean
  LANGUAGE sql STABLE AS $$
    SELECT scope_all('risk.read') OR jsonb_exists(scope_open('risk.read'), city)
      OR jsonb_exists(scope_open('risk.read'), region)
      OR COALESCE(in_scope_part(scope_parts('risk.read'), city, region, jurisdiction, fields, NULL), false)
  $$;

  -- Whether the caller may write such a row.
  CREATE FUNCTION in_write_scope(city text, region text, jurisdiction uuid, fields text[], enterprise uuid)
  RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT scope_all('risk.write') OR jsonb_exists(scope_open('risk.write'), city)
      OR COALESCE(jsonb_exists(scope_open('risk.write'), region), false)
      OR COALESCE(in_scope_part(scope_parts('risk.write'), city, region, jurisdiction, fields, enterprise), false)
  $$;

  -- Who sent a file, a mapping or a key; null: the service itself.
  ALTER TABLE imports ADD account_id uuid DEFAULT scope_account();
  ALTER TABLE import_mappings ADD account_id uuid DEFAULT scope_account();
  ALTER TABLE import_mappings DROP CONSTRAINT import_mappings_kind_header_key_key;
  ALTER TABLE import_mappings ADD CONSTRAINT import_mappings_key UNIQUE NULLS NOT DISTINCT (kind, header_key, account_id);
  ALTER TABLE idempotency_keys ADD account_id uuid DEFAULT scope_account();
  ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_pkey;
  ALTER TABLE idempotency_keys ADD CONSTRAINT idempotency_keys_key UNIQUE NULLS NOT DISTINCT (key, operation, account_id);

  -- What a demonstration account adds is demonstration data.
  ${['enterprises', 'risk_points', 'hazard_sources', 'assessments']
    .map(
      (table) =>
        `ALTER TABLE ${table} ALTER demo SET DEFAULT COALESCE(current_setting('risk.demo', true), '') = 'on';`,
    )
    .join('\n  ')}
  ${POLICY_SQL}
  `,
  `
  ${NO_POLICY_SQL}
  ${['enterprises', 'risk_points', 'hazard_sources', 'assessments']
    .map((table) => `ALTER TABLE ${table} ALTER demo SET DEFAULT false;`)
    .join('\n  ')}
  ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_key;
  DELETE FROM idempotency_keys;
  ALTER TABLE idempotency_keys DROP account_id, ADD PRIMARY KEY (key, operation);
  DELETE FROM import_mappings;
  ALTER TABLE import_mappings DROP CONSTRAINT import_mappings_key, DROP account_id,
    ADD CONSTRAINT import_mappings_kind_header_key_key UNIQUE (kind, header_key);
  ALTER TABLE imports DROP account_id;
  DROP FUNCTION in_write_scope(text, text, uuid, text[], uuid);
  DROP FUNCTION in_cell_scope(text, text, uuid, text[]);
  DROP FUNCTION in_scope_part(jsonb, text, text, uuid, text[], uuid);
  DROP FUNCTION enterprise_of(text, uuid);
  DROP FUNCTION scope_account();
  DROP FUNCTION scope_parts(text);
  DROP FUNCTION scope_open(text);
  DROP FUNCTION scope_all(text);
  DROP FUNCTION scope_setting(text);
  `,
);
