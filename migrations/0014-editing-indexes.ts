import { sqlMigration } from './migration.ts';

/** What edits and the list of register faults look rows up by. */
export const editingIndexes = sqlMigration(
  '0014-editing-indexes',
  `
  CREATE INDEX control_measures_id ON control_measures (id);
  -- A credit code belongs to one enterprise in all cities; the unique index begins with the city.
  CREATE INDEX enterprises_uscc_anywhere ON enterprises (uscc) WHERE uscc IS NOT NULL AND deleted_at IS NULL;
  CREATE INDEX enterprises_uscc_kept ON enterprises (id) WHERE uscc_reason IS NOT NULL AND deleted_at IS NULL;
  CREATE INDEX enterprises_not_live ON enterprises (id)
    WHERE lifecycle IN ('planned', 'closed') AND deleted_at IS NULL;
  CREATE INDEX enterprises_flagged ON enterprises (region_flag)
    WHERE region_flag IS NOT NULL AND deleted_at IS NULL;
  CREATE INDEX risk_points_flagged ON risk_points (region_flag)
    WHERE region_flag IS NOT NULL AND deleted_at IS NULL;
  -- What a newer file of the same source leaves out.
  CREATE INDEX enterprises_source ON enterprises ((origin ->> 'source')) WHERE deleted_at IS NULL;
  CREATE INDEX risk_points_source ON risk_points ((origin ->> 'source')) WHERE deleted_at IS NULL;
  CREATE INDEX hazard_sources_source ON hazard_sources ((origin ->> 'source')) WHERE deleted_at IS NULL;
  -- What was deleted and not restored, the newest first.
  CREATE INDEX deletions_standing ON deletions (at DESC, id DESC) WHERE restored_at IS NULL;
  `,
  `
  DROP INDEX control_measures_id;
  DROP INDEX enterprises_uscc_anywhere;
  DROP INDEX enterprises_uscc_kept;
  DROP INDEX enterprises_not_live;
  DROP INDEX enterprises_flagged;
  DROP INDEX risk_points_flagged;
  DROP INDEX enterprises_source;
  DROP INDEX risk_points_source;
  DROP INDEX hazard_sources_source;
  DROP INDEX deletions_standing;
  `,
);
