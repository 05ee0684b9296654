import { sqlMigration } from './migration.ts';

/**
 * What the planner knows of the tables. The embedded engine has no autovacuum, and PostgreSQL's comes a minute after a
 * bulk write: until then a join of a large file with the register is planned as if both had a few rows, and takes a
 * hundred times as long.
 */
export const statistics = sqlMigration(
  '0016-statistics',
  `
  -- Tables that have grown by a quarter, and by more than a few pages, since they were last looked at. Only an owner may.
  CREATE FUNCTION analyse_grown_tables() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    grown text;
  BEGIN
    FOR grown IN
      SELECT c.relname FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND pg_get_userbyid(c.relowner) = current_user
        AND c.relname NOT IN ('import_rows', 'import_results', 'import_subjects')
        AND pg_relation_size(c.oid) > 8192 * CASE WHEN EXISTS (SELECT FROM pg_stats s
          WHERE s.schemaname = 'public' AND s.tablename = c.relname) THEN 1.25 * c.relpages + 8 ELSE 8 END
    LOOP
      -- Another transaction that holds the lock is looking at the table, or will.
      EXECUTE format('ANALYZE (SKIP_LOCKED) %I', grown);
    END LOOP;
  END $$;

  -- Without the places: nothing is planned by them, and of equal ones their statistics are slow to make.
  CREATE OR REPLACE FUNCTION analyse_imports() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    ANALYZE import_rows (import_id, row_no);
    ANALYZE import_results (import_id, row_no, given_region, region, status);
    ANALYZE import_subjects (import_id, row_no, slot, kind, given_id, source, code, name, code_key, base_key, group_key,
      origin_key, parent_id, new_id, target_id, is_lead, status);
  END $$;
  REVOKE ALL ON FUNCTION analyse_grown_tables() FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION analyse_grown_tables() TO risk_app;
  `,
  `
  DROP FUNCTION analyse_grown_tables();
  CREATE OR REPLACE FUNCTION analyse_imports() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    ANALYZE import_rows (import_id, row_no);
    ANALYZE import_results (import_id, row_no, place, given_region, region, status);
    ANALYZE import_subjects (import_id, row_no, slot, kind, given_id, source, code, name, code_key, base_key, group_key,
      origin_key, parent_id, new_id, target_id, is_lead, status);
  END $$;
  `,
);
