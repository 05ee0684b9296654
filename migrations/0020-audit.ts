import { sqlMigration } from './migration.ts';

/** Rows of the register: who added, changed or deleted them, with what stood there before and after. */
const REGISTER = ['enterprises', 'risk_points', 'hazard_sources', 'control_measures'] as const;
/** Only ever added to; what moves in them (an assessment's state) is told by its own act. */
const APPENDED = ['assessments', 'deletions'] as const;
/** Who may do what. Secrets are hashed there, and not even the hashes are told. */
const PEOPLE = ['accounts', 'grants', 'api_keys'] as const;

/** Columns that follow from others, and those that must not leave their table. */
const UNTOLD = `'{geom_3857,updated_at,password_hash,secret_hash,used_at}'::text[]`;

const triggersOf = (table: string): string => `
  CREATE TRIGGER ${table}_audit_insert AFTER INSERT ON ${table}
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_rows();
  CREATE TRIGGER ${table}_audit_update AFTER UPDATE ON ${table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_rows();
  CREATE TRIGGER ${table}_audit_delete AFTER DELETE ON ${table}
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_rows();`;

const TABLES = [...REGISTER, ...APPENDED, ...PEOPLE];

/**
 * Who did what, when, from where. An event is written in the transaction of the act, or it did not happen. Its place in
 * the chain is given a moment later by seal_audit(), one event after the other, so that writers do not wait for each
 * other; from then on each event vouches for all before it.
 */
export const audit = sqlMigration(
  '0020-audit',
  `
  CREATE TABLE audit_events (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    account_id uuid,
    key_id uuid,
    address text,
    request_id text,
    action text NOT NULL,
    subject_kind text,
    subject_id text,
    before jsonb,
    after jsonb,
    -- Given when it is sealed.
    seq bigint UNIQUE,
    hash bytea,
    CHECK ((seq IS NULL) = (hash IS NULL))
  );
  CREATE INDEX audit_events_unsealed ON audit_events (at, id) WHERE seq IS NULL;
  CREATE INDEX audit_events_at ON audit_events (at);
  CREATE INDEX audit_events_account ON audit_events (account_id, seq);
  CREATE INDEX audit_events_subject ON audit_events (subject_id, seq);
  -- Lists show the end of an id only.
  CREATE INDEX audit_events_ending ON audit_events (right(subject_id, 12), seq);
  CREATE INDEX audit_events_action ON audit_events (action, seq);

  -- What the hash of an event covers, besides the hash of the event before it.
  CREATE FUNCTION audit_content(e audit_events) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(e.seq, e.id, extract(epoch FROM e.at), e.account_id, e.key_id, e.address, e.request_id,
      e.action, e.subject_kind, e.subject_id, e.before, e.after)::text
  $$;
  CREATE FUNCTION audit_hash(previous bytea, e audit_events) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(COALESCE(previous, ''::bytea) || convert_to(audit_content(e), 'UTF8'))
  $$;

  -- Nothing is changed but that an unsealed event is sealed, and nothing is deleted: not by the owner either.
  CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seq IS NULL AND NEW.seq IS NOT NULL
      AND to_jsonb(OLD) - '{seq,hash}'::text[] = to_jsonb(NEW) - '{seq,hash}'::text[] THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_events is append-only' USING ERRCODE = 'RM001';
  END $$;
  CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
  CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();

  -- Who acts is what the transaction was opened with.
  CREATE FUNCTION note_audit(action text, subject_kind text, subject_id text, detail jsonb) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO audit_events (account_id, key_id, address, request_id, action, subject_kind, subject_id, after)
    VALUES (scope_account(), NULLIF(current_setting('risk.key', true), '')::uuid,
      NULLIF(current_setting('risk.address', true), ''), NULLIF(current_setting('risk.request', true), ''),
      note_audit.action, note_audit.subject_kind, note_audit.subject_id, detail)
  $$;

  CREATE FUNCTION audit_rows() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    -- A row that gets the key of another city is the same row.
    IF current_setting('risk_map.relocating', true) = 'on' THEN
      RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
      INSERT INTO audit_events (account_id, key_id, address, request_id, action, subject_kind, subject_id, before)
      SELECT scope_account(), NULLIF(current_setting('risk.key', true), '')::uuid,
        NULLIF(current_setting('risk.address', true), ''), NULLIF(current_setting('risk.request', true), ''),
        'remove', TG_TABLE_NAME, o.row ->> 'id', o.row
      FROM (SELECT to_jsonb(w) - ${UNTOLD} AS row FROM old_rows w) AS o;
    ELSIF TG_OP = 'INSERT' THEN
      INSERT INTO audit_events (account_id, key_id, address, request_id, action, subject_kind, subject_id, after)
      SELECT scope_account(), NULLIF(current_setting('risk.key', true), '')::uuid,
        NULLIF(current_setting('risk.address', true), ''), NULLIF(current_setting('risk.request', true), ''),
        'add', TG_TABLE_NAME, n.row ->> 'id', n.row
      FROM (SELECT to_jsonb(w) - ${UNTOLD} AS row FROM new_rows w) AS n;
    ELSE
      INSERT INTO audit_events (account_id, key_id, address, request_id, action, subject_kind, subject_id, before, after)
      -- Each row is turned into JSON once: without MATERIALIZED it would be again for each of its columns.
      WITH o AS MATERIALIZED (SELECT x.id, to_jsonb(x) - ${UNTOLD} AS row FROM old_rows x),
        n AS MATERIALIZED (SELECT x.id, to_jsonb(x) - ${UNTOLD} AS row FROM new_rows x)
      SELECT scope_account(), NULLIF(current_setting('risk.key', true), '')::uuid,
        NULLIF(current_setting('risk.address', true), ''), NULLIF(current_setting('risk.request', true), ''),
        'change', TG_TABLE_NAME, o.id::text, d.before, d.after
      FROM o JOIN n ON n.id = o.id
      -- Only what differs, so that a change is read at a glance.
      CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(k.key, k.value) AS before, jsonb_object_agg(k.key, n.row -> k.key) AS after
        FROM jsonb_each(o.row) AS k WHERE k.value IS DISTINCT FROM n.row -> k.key) AS d
      WHERE d.before IS NOT NULL;
    END IF;
    RETURN NULL;
  END $$;
  ${TABLES.map(triggersOf).join('')}

  -- Gives at most so many events their place, oldest first; tells how many. One caller at a time.
  CREATE FUNCTION seal_audit(most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    e audit_events;
    last_seq bigint;
    last_hash bytea;
    sealed integer := 0;
  BEGIN
    PERFORM pg_advisory_xact_lock(7464);
    SELECT a.seq, a.hash INTO last_seq, last_hash FROM audit_events a WHERE a.seq IS NOT NULL ORDER BY a.seq DESC LIMIT 1;
    FOR e IN SELECT a.* FROM audit_events a WHERE a.seq IS NULL ORDER BY a.at, a.id LIMIT most LOOP
      e.seq := COALESCE(last_seq, 0) + 1;
      last_hash := audit_hash(last_hash, e);
      last_seq := e.seq;
      UPDATE audit_events a SET seq = last_seq, hash = last_hash WHERE a.id = e.id;
      sealed := sealed + 1;
    END LOOP;
    RETURN sealed;
  END $$;

  -- The first event of the chain that is not what was sealed; null: all are. A missing one shows as a gap.
  CREATE FUNCTION first_broken_audit() RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT min(c.place) FROM (
      SELECT row_number() OVER (ORDER BY a.seq) AS place, a.seq, a.hash,
        audit_hash(lag(a.hash) OVER (ORDER BY a.seq), a) AS expected
      FROM audit_events a WHERE a.seq IS NOT NULL) AS c
    WHERE c.seq <> c.place OR c.hash <> c.expected
  $$;

  ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
  ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
  CREATE POLICY owner ON audit_events TO CURRENT_USER USING (true) WITH CHECK (true);
  -- Only in the name of an auditor.
  CREATE POLICY seen ON audit_events FOR SELECT TO risk_app USING ((SELECT current_setting('risk.audit', true) = 'on'));
  GRANT SELECT ON audit_events TO risk_app;
  REVOKE ALL ON FUNCTION note_audit(text, text, text, jsonb), seal_audit(integer), first_broken_audit() FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION note_audit(text, text, text, jsonb) TO risk_app, risk_auth;
  GRANT EXECUTE ON FUNCTION seal_audit(integer), first_broken_audit() TO risk_app;
  `,
  `
  ${TABLES.map(
    (table) =>
      `DROP TRIGGER ${table}_audit_insert ON ${table}; DROP TRIGGER ${table}_audit_update ON ${table};
  DROP TRIGGER ${table}_audit_delete ON ${table};`,
  ).join('\n  ')}
  DROP FUNCTION first_broken_audit();
  DROP FUNCTION seal_audit(integer);
  DROP FUNCTION audit_rows();
  DROP FUNCTION note_audit(text, text, text, jsonb);
  DROP FUNCTION audit_hash(bytea, audit_events);
  DROP FUNCTION audit_content(audit_events);
  DROP TABLE audit_events;
  DROP FUNCTION audit_append_only();
  `,
);
