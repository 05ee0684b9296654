import { sqlMigration } from './migration.ts';

/**
 * Enterprises, risk points and what hangs on them. Each key starts with city_code, the key rows are distributed by.
 * Region and city come from the geometry (trigger `locate_row`), never from the writer; what the writer gave is kept
 * in given_region and compared.
 */
export const register = sqlMigration(
  '0003-register',
  `
  CREATE TABLE enterprises (
    city_code text NOT NULL DEFAULT '000000',
    id uuid NOT NULL,
    name_zh text NOT NULL,
    name_en text,
    uscc text,
    uscc_reason text,
    lifecycle text NOT NULL CHECK (lifecycle IN
      ('planned', 'building', 'running', 'suspended', 'long_suspended', 'closed')),
    fields text[] NOT NULL DEFAULT '{}',
    industry text,
    address text,
    principal_post jsonb,
    given_region text,
    region text,
    region_flag text CHECK (region_flag IN ('outside', 'disagrees')),
    jurisdiction_id uuid REFERENCES jurisdictions (id),
    geom geometry(Point, 4326) NOT NULL CHECK (abs(ST_Y(geom)) <= 85),
    geom_3857 geometry(Point, 3857) GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
    demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (city_code, id)
  );
  CREATE INDEX enterprises_id ON enterprises (id);
  CREATE INDEX enterprises_geom ON enterprises USING gist (geom);
  CREATE INDEX enterprises_geom_3857 ON enterprises USING gist (geom_3857);
  CREATE UNIQUE INDEX enterprises_uscc ON enterprises (city_code, uscc) WHERE uscc IS NOT NULL;

  CREATE TABLE risk_points (
    city_code text NOT NULL DEFAULT '000000',
    id uuid NOT NULL,
    enterprise_city_code text,
    enterprise_id uuid,
    code text,
    name_zh text NOT NULL,
    name_en text,
    kind text NOT NULL CHECK (kind IN ('facility', 'place', 'activity', 'public_place')),
    lifecycle text NOT NULL CHECK (lifecycle IN
      ('planned', 'building', 'running', 'suspended', 'long_suspended', 'closed')),
    fields text[] NOT NULL DEFAULT '{}',
    control_level text CHECK (control_level IN ('company', 'workshop', 'team', 'post')),
    department jsonb,
    post jsonb,
    given_region text,
    region text,
    region_flag text CHECK (region_flag IN ('outside', 'disagrees')),
    jurisdiction_id uuid REFERENCES jurisdictions (id),
    -- A point, a line or an area; anchor is a point on it.
    geom geometry(Geometry, 4326) NOT NULL CHECK (
      ST_IsValid(geom) AND ST_YMin(geom) >= -85 AND ST_YMax(geom) <= 85
      AND GeometryType(geom) IN ('POINT', 'LINESTRING', 'MULTILINESTRING', 'POLYGON', 'MULTIPOLYGON')),
    geom_3857 geometry(Geometry, 3857) GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
    anchor geometry(Point, 4326) NOT NULL,
    exists_from timestamptz NOT NULL,
    demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (city_code, id),
    CHECK ((enterprise_id IS NULL) = (enterprise_city_code IS NULL)),
    CONSTRAINT risk_points_enterprise FOREIGN KEY (enterprise_city_code, enterprise_id)
      REFERENCES enterprises (city_code, id) DEFERRABLE INITIALLY IMMEDIATE
  );
  CREATE INDEX risk_points_id ON risk_points (id);
  CREATE INDEX risk_points_enterprise ON risk_points (enterprise_id);
  CREATE INDEX risk_points_geom ON risk_points USING gist (geom);
  CREATE INDEX risk_points_geom_3857 ON risk_points USING gist (geom_3857);

  -- When a point's lifecycle changed: a source of its level periods.
  CREATE TABLE lifecycle_changes (
    city_code text NOT NULL,
    risk_point_id uuid NOT NULL,
    at timestamptz NOT NULL,
    lifecycle text NOT NULL CHECK (lifecycle IN
      ('planned', 'building', 'running', 'suspended', 'long_suspended', 'closed')),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (city_code, risk_point_id, at),
    CONSTRAINT lifecycle_changes_point FOREIGN KEY (city_code, risk_point_id)
      REFERENCES risk_points (city_code, id) DEFERRABLE INITIALLY IMMEDIATE
  );

  CREATE TABLE hazard_sources (
    city_code text NOT NULL,
    id uuid NOT NULL,
    risk_point_id uuid NOT NULL,
    name_zh text NOT NULL,
    name_en text,
    kind text NOT NULL CHECK (kind IN ('activity', 'equipment', 'substance', 'condition')),
    accident_types jsonb NOT NULL DEFAULT '[]',
    demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (city_code, id),
    CONSTRAINT hazard_sources_point FOREIGN KEY (city_code, risk_point_id)
      REFERENCES risk_points (city_code, id) DEFERRABLE INITIALLY IMMEDIATE
  );
  CREATE INDEX hazard_sources_id ON hazard_sources (id);
  CREATE INDEX hazard_sources_point ON hazard_sources (city_code, risk_point_id);

  CREATE TABLE control_measures (
    city_code text NOT NULL,
    id uuid NOT NULL,
    risk_point_id uuid NOT NULL,
    hazard_source_id uuid,
    kind text NOT NULL CHECK (kind IN ('engineering', 'management', 'training', 'ppe', 'emergency')),
    text_zh text NOT NULL,
    text_en text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (city_code, id),
    CONSTRAINT control_measures_point FOREIGN KEY (city_code, risk_point_id)
      REFERENCES risk_points (city_code, id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT control_measures_source FOREIGN KEY (city_code, hazard_source_id)
      REFERENCES hazard_sources (city_code, id) DEFERRABLE INITIALLY IMMEDIATE
  );
  CREATE INDEX control_measures_point ON control_measures (city_code, risk_point_id);

  CREATE FUNCTION region_flag(found text, city text, given text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
      WHEN city = '000000' THEN 'outside'
      WHEN given IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM regions r WHERE r.code = found AND given = ANY (r.path)) THEN 'disagrees'
    END
  $$;

  CREATE FUNCTION locate_row(INOUT place geometry, IN given text,
    OUT region text, OUT city_code text, OUT region_flag text, OUT jurisdiction_id uuid)
  LANGUAGE plpgsql STABLE AS $$
  BEGIN
    region := region_at(place);
    city_code := COALESCE((SELECT r.city_code FROM regions r WHERE r.code = region), '000000');
    region_flag := region_flag(region, city_code, given);
    jurisdiction_id := jurisdiction_at(place);
  END $$;

  CREATE FUNCTION enterprise_locate() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE spot record;
  BEGIN
    SELECT * INTO spot FROM locate_row(NEW.geom, NEW.given_region);
    NEW.region := spot.region;
    NEW.city_code := spot.city_code;
    NEW.region_flag := spot.region_flag;
    NEW.jurisdiction_id := spot.jurisdiction_id;
    RETURN NEW;
  END $$;
  CREATE TRIGGER enterprise_locate BEFORE INSERT OR UPDATE OF geom, given_region ON enterprises
    FOR EACH ROW EXECUTE FUNCTION enterprise_locate();

  CREATE FUNCTION risk_point_locate() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE spot record;
  BEGIN
    NEW.anchor := CASE WHEN GeometryType(NEW.geom) = 'POINT' THEN NEW.geom
      ELSE ST_PointOnSurface(NEW.geom) END;
    SELECT * INTO spot FROM locate_row(NEW.anchor, NEW.given_region);
    NEW.region := spot.region;
    NEW.city_code := spot.city_code;
    NEW.region_flag := spot.region_flag;
    NEW.jurisdiction_id := spot.jurisdiction_id;
    RETURN NEW;
  END $$;
  CREATE TRIGGER risk_point_locate BEFORE INSERT OR UPDATE OF geom, given_region ON risk_points
    FOR EACH ROW EXECUTE FUNCTION risk_point_locate();
  `,
  `
  DROP TABLE control_measures;
  DROP TABLE hazard_sources;
  DROP TABLE lifecycle_changes;
  DROP TABLE risk_points;
  DROP TABLE enterprises;
  DROP FUNCTION risk_point_locate();
  DROP FUNCTION enterprise_locate();
  DROP FUNCTION locate_row(geometry, text);
  DROP FUNCTION region_flag(text, text, text);
  `,
);
