import { sqlMigration } from './migration.ts';

/** The offline base map, the marks of the demonstration set, and which seeds were loaded. */
export const baseMap = sqlMigration(
  '0008-base-map',
  `
  CREATE TABLE base_features (
    id integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('land', 'river', 'lake', 'place')),
    name_zh text,
    name_en text,
    rank integer NOT NULL,
    min_zoom smallint NOT NULL,
    max_zoom smallint NOT NULL DEFAULT 24,
    geom_3857 geometry(Geometry, 3857) NOT NULL,
    PRIMARY KEY (kind, id)
  );
  CREATE INDEX base_features_geom ON base_features USING gist (geom_3857);

  CREATE TABLE seeds (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE demo_sets (
    reference_day date PRIMARY KEY,
    seed integer NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
  );
  `,
  `
  DROP TABLE demo_sets;
  DROP TABLE seeds;
  DROP TABLE base_features;
  `,
);
