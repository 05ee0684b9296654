import { sqlMigration } from './migration.ts';

/**
 * `risk_app` owns nothing and cannot log in: every request runs as it, in a transaction that begins with
 * SET LOCAL ROLE. Roles belong to the cluster, so another database may have made it already; it stays on the way down.
 */
export const extensionsAndRole = sqlMigration(
  '0001-extensions-and-role',
  `
  CREATE EXTENSION IF NOT EXISTS postgis;
  CREATE EXTENSION IF NOT EXISTS btree_gist;
  DO $$
  BEGIN
    CREATE ROLE risk_app NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$;
  DO $$
  BEGIN
    EXECUTE format('GRANT risk_app TO %I', current_user);
  EXCEPTION WHEN OTHERS THEN
    -- A superuser may take any role without the grant; anyone else learns it at the first request.
    RAISE NOTICE 'risk_app not granted to %: %', current_user, SQLERRM;
  END $$;
  GRANT USAGE ON SCHEMA public TO risk_app;
  `,
  `
  REVOKE USAGE ON SCHEMA public FROM risk_app;
  `,
);
