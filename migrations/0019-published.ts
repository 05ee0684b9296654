import { sqlMigration } from './migration.ts';

/** Reference data that everyone may read whole: borders, lists, methods, the base map. */
const WHOLE = [
  'regions',
  'region_shapes',
  'jurisdictions',
  'code_lists',
  'methods',
  'method_versions',
  'base_features',
  'data_versions',
  'demo_sets',
] as const;

/**
 * What whoever sends no credentials may read: views of a schema of their own, and nothing else. A request of nobody
 * runs as `risk_public` with this schema before the other, so that the same statements read the published relations, or
 * are refused.
 */
export const published = sqlMigration(
  '0019-published',
  `
  CREATE SCHEMA published;
  GRANT USAGE ON SCHEMA published, public TO risk_public;
  ${WHOLE.map(
    (table) => `
  CREATE VIEW published.${table} AS SELECT * FROM public.${table};
  GRANT SELECT ON published.${table} TO risk_public;`,
  ).join('')}
  `,
  `
  DROP SCHEMA published CASCADE;
  REVOKE USAGE ON SCHEMA public FROM risk_public;
  `,
);
