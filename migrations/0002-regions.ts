import { sqlMigration } from './migration.ts';

/**
 * The administrative tree and the supervising units that may cut across it.
 * `region_parts` are small pieces of each region for point location; `region_shapes` are simplified outlines per
 * zoom band for tiles. Both follow `regions` by trigger, so that no writer can forget them.
 */
export const regions = sqlMigration(
  '0002-regions',
  `
  CREATE TABLE code_lists (
    list text NOT NULL,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    sort integer NOT NULL,
    PRIMARY KEY (list, code)
  );

  CREATE TABLE regions (
    code text PRIMARY KEY CHECK (code ~ '^[0-9]+$' AND length(code) IN (6, 9, 12)),
    parent_code text REFERENCES regions (code) DEFERRABLE INITIALLY IMMEDIATE,
    depth text NOT NULL CHECK (depth IN ('province', 'city', 'county', 'township', 'village')),
    depth_rank integer GENERATED ALWAYS AS (CASE depth
      WHEN 'province' THEN 1 WHEN 'city' THEN 2 WHEN 'county' THEN 3 WHEN 'township' THEN 4 ELSE 5 END) STORED,
    names jsonb NOT NULL CHECK (names ->> 'zh' IS NOT NULL),
    path text[] NOT NULL,
    city_code text NOT NULL,
    geom geometry(MultiPolygon, 4326) NOT NULL CHECK (ST_IsValid(geom)),
    geom_3857 geometry(MultiPolygon, 3857) GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
    label geometry(Point, 4326) NOT NULL,
    area_km2 double precision NOT NULL,
    source text NOT NULL,
    approval_number text,
    valid_from date NOT NULL,
    valid_to date,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (valid_to IS NULL OR valid_from < valid_to)
  );
  CREATE INDEX regions_geom ON regions USING gist (geom);
  CREATE INDEX regions_geom_3857 ON regions USING gist (geom_3857);
  CREATE INDEX regions_parent ON regions (parent_code);
  CREATE INDEX regions_path ON regions USING gin (path);

  CREATE TABLE region_parts (
    code text NOT NULL REFERENCES regions (code) ON DELETE CASCADE,
    depth_rank integer NOT NULL,
    geom geometry(Polygon, 4326) NOT NULL
  );
  CREATE INDEX region_parts_geom ON region_parts USING gist (geom);
  CREATE INDEX region_parts_code ON region_parts (code);

  -- band 0: zoom 0-4, 1: 5-7, 2: 8-10, 3: 11 and closer (unchanged).
  CREATE TABLE region_shapes (
    code text NOT NULL REFERENCES regions (code) ON DELETE CASCADE,
    band smallint NOT NULL,
    geom_3857 geometry(Geometry, 3857) NOT NULL,
    PRIMARY KEY (code, band)
  );
  CREATE INDEX region_shapes_geom ON region_shapes USING gist (geom_3857);

  CREATE FUNCTION region_fill() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE above regions%ROWTYPE;
  BEGIN
    SELECT * INTO above FROM regions WHERE code = NEW.parent_code;
    NEW.path := COALESCE(above.path, '{}') || NEW.code;
    NEW.city_code := CASE
      WHEN NEW.depth = 'city' THEN NEW.code
      ELSE COALESCE(above.city_code, '000000') END;
    NEW.area_km2 := ST_Area(NEW.geom::geography) / 1e6;
    NEW.updated_at := now();
    RETURN NEW;
  END $$;
  CREATE TRIGGER region_fill BEFORE INSERT OR UPDATE ON regions
    FOR EACH ROW EXECUTE FUNCTION region_fill();

  -- Half a pixel of a 512-pixel tile at the closest zoom of the band, in metres of EPSG:3857.
  CREATE FUNCTION region_derive() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    closest integer[] := ARRAY[4, 7, 10];
  BEGIN
    DELETE FROM region_parts WHERE code = NEW.code;
    INSERT INTO region_parts (code, depth_rank, geom)
      SELECT NEW.code, NEW.depth_rank, part.geom
      FROM ST_Dump(ST_Multi(NEW.geom)) AS piece
      CROSS JOIN LATERAL ST_Subdivide(piece.geom, 128) AS part(geom);
    DELETE FROM region_shapes WHERE code = NEW.code;
    INSERT INTO region_shapes (code, band, geom_3857)
      SELECT NEW.code, band,
        CASE WHEN band = 3 THEN NEW.geom_3857
          ELSE ST_SimplifyPreserveTopology(
            NEW.geom_3857, 0.5 * 40075016.6855785 / (512 * 2 ^ closest[band + 1])) END
      FROM generate_series(0, 3) AS band;
    RETURN NULL;
  END $$;
  CREATE TRIGGER region_derive_insert AFTER INSERT ON regions
    FOR EACH ROW EXECUTE FUNCTION region_derive();
  CREATE TRIGGER region_derive_update AFTER UPDATE ON regions
    FOR EACH ROW WHEN (OLD.geom IS DISTINCT FROM NEW.geom OR OLD.depth IS DISTINCT FROM NEW.depth)
    EXECUTE FUNCTION region_derive();

  CREATE TABLE jurisdictions (
    id uuid PRIMARY KEY,
    code text,
    kind text NOT NULL,
    names jsonb NOT NULL CHECK (names ->> 'zh' IS NOT NULL),
    geom geometry(MultiPolygon, 4326) CHECK (geom IS NULL OR ST_IsValid(geom)),
    geom_3857 geometry(MultiPolygon, 3857) GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
    label geometry(Point, 4326),
    source text NOT NULL
  );
  CREATE INDEX jurisdictions_geom ON jurisdictions USING gist (geom);
  CREATE INDEX jurisdictions_geom_3857 ON jurisdictions USING gist (geom_3857);

  -- The deepest region that holds a place (EPSG:4326); on a shared border the lowest code. The pieces only
  -- narrow the search: where two regions of one depth are within a nanodegree, the whole border decides.
  CREATE FUNCTION region_at(place geometry) RETURNS text LANGUAGE sql STABLE AS $$
    WITH near AS (
      SELECT p.code, p.depth_rank, bool_or(ST_Intersects(p.geom, place)) AS inside
      FROM region_parts p
      WHERE p.geom && ST_Expand(place, 1e-9) AND ST_DWithin(p.geom, place, 1e-9)
      GROUP BY p.code, p.depth_rank
    ), ranked AS (
      SELECT n.*, count(*) OVER (PARTITION BY n.depth_rank) AS rivals FROM near n
    )
    SELECT k.code FROM ranked k
    WHERE CASE WHEN k.rivals = 1 AND k.inside THEN true
      ELSE (SELECT ST_Intersects(r.geom, place) FROM regions r WHERE r.code = k.code) END
    ORDER BY k.depth_rank DESC, k.code
    LIMIT 1
  $$;

  CREATE FUNCTION jurisdiction_at(place geometry) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT j.id FROM jurisdictions j
    WHERE j.geom && place AND ST_Intersects(j.geom, place)
    ORDER BY ST_Area(j.geom), j.id
    LIMIT 1
  $$;
  `,
  `
  DROP FUNCTION jurisdiction_at(geometry);
  DROP FUNCTION region_at(geometry);
  DROP TABLE jurisdictions;
  DROP TABLE region_shapes;
  DROP TABLE region_parts;
  DROP TABLE regions;
  DROP FUNCTION region_derive();
  DROP FUNCTION region_fill();
  DROP TABLE code_lists;
  `,
);
