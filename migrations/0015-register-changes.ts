import { sqlMigration } from './migration.ts';

const TABLES = [
  'enterprises',
  'risk_points',
  'hazard_sources',
  'control_measures',
  'assessments',
] as const;

/**
 * How often the register was written to, once for each transaction. `data_versions` counts what the map shows; a list
 * also shows measures, posts, attributes. Each connection counts in a row of its own, so that writers do not wait for
 * each other; two that share one wait as they do for any row.
 */
export const registerChanges = sqlMigration(
  '0015-register-changes',
  `
  CREATE TABLE register_changes (
    connection integer PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1,
    written_by xid8 NOT NULL
  );
  GRANT SELECT ON register_changes TO risk_app;

  CREATE FUNCTION register_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    INSERT INTO register_changes AS c (connection, written_by)
    VALUES (pg_backend_pid() % 1024, pg_current_xact_id())
    ON CONFLICT (connection) DO UPDATE SET version = c.version + 1, written_by = excluded.written_by
      WHERE c.written_by <> excluded.written_by;
    RETURN NULL;
  END $$;
  ${TABLES.map(
    (table) => `CREATE TRIGGER ${table}_changed AFTER INSERT OR UPDATE OR DELETE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION register_changed();`,
  ).join('\n  ')}
  `,
  `
  ${TABLES.map((table) => `DROP TRIGGER ${table}_changed ON ${table};`).join('\n  ')}
  DROP FUNCTION register_changed();
  DROP TABLE register_changes;
  `,
);
