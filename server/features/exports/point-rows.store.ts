import type { Knex } from 'knex';
import type { MeasureKind } from '#server/domain/control.ts';
import type { Basis, Level } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';

/** What a file says of a risk point beside what the list of risk points does. */
export type PointMore = {
  readonly id: string;
  readonly source: string | null;
  readonly statedRegion: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  /** What PostGIS calls its form: POINT, LINESTRING … */
  readonly form: string;
  /** GeoJSON geometry as text, EPSG:4326 [lon, lat], 7 decimals (about 1 cm); null where it was not asked for. */
  readonly shape: string | null;
  /** The point itself has a signed assessment of the basis, not only its hazard sources. */
  readonly isAssessed: boolean;
  readonly uscc: string | null;
  readonly usccReason: string | null;
};

/** A hazard source with the newest signed assessment of one basis that no correction stands in for. */
export type SourceRow = {
  readonly id: string;
  readonly pointId: string;
  readonly names: Names;
  readonly kind: string;
  readonly category: string | null;
  readonly accidentTypes: readonly Names[];
  readonly source: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly isAssessed: boolean;
  readonly assessedLevel: Level | null;
  readonly validUntil: Date | null;
};

export type MeasureRow = {
  readonly pointId: string;
  /** Null: of the point as a whole. */
  readonly sourceId: string | null;
  readonly kind: MeasureKind;
  readonly text: Names;
};

const SIGNED = "('in_force', 'returned', 'system')";
/** Assessment `a` counts: it is signed, and no signed correction names it. */
export const STANDS = `a.state IN ${SIGNED} AND NOT EXISTS (SELECT 1 FROM assessments later
  WHERE later.city_code = a.city_code AND later.risk_point_id = a.risk_point_id AND later.replaces = a.id
    AND later.state IN ${SIGNED})`;

export async function readPointMore(
  trx: Knex.Transaction,
  ids: readonly string[],
  { basis, withShapes }: { readonly basis: Basis; readonly withShapes: boolean },
): Promise<ReadonlyMap<string, PointMore>> {
  const result = await trx.raw<{ rows: PointMore[] }>(
    `SELECT rp.id, rp.origin ->> 'source' AS source, rp.given_region AS "statedRegion", rp.attributes,
      GeometryType(rp.geom) AS form, ${withShapes ? 'ST_AsGeoJSON(rp.geom, 7)' : 'NULL'} AS shape,
      e.uscc, e.uscc_reason AS "usccReason",
      EXISTS (SELECT 1 FROM assessments a WHERE a.city_code = rp.city_code AND a.risk_point_id = rp.id
        AND a.hazard_source_id IS NULL AND a.basis = ? AND ${STANDS}) AS "isAssessed"
    FROM risk_points rp
    LEFT JOIN enterprises e ON e.city_code = rp.enterprise_city_code AND e.id = rp.enterprise_id
    WHERE rp.id = ANY (?::uuid[])`,
    [basis, [...ids]],
  );
  return new Map(result.rows.map((row) => [row.id, row]));
}

/** The hazard sources of some points in the order they were made. `now`: epoch milliseconds. */
export async function readSources(
  trx: Knex.Transaction,
  pointIds: readonly string[],
  { basis, now }: { readonly basis: Basis; readonly now: number },
): Promise<readonly SourceRow[]> {
  const result = await trx.raw<{ rows: SourceRow[] }>(
    `SELECT hs.id, hs.risk_point_id AS "pointId", jsonb_build_object('zh', hs.name_zh, 'en', hs.name_en) AS names,
      hs.kind, hs.category, hs.accident_types AS "accidentTypes", hs.origin ->> 'source' AS source, hs.attributes,
      newest.id IS NOT NULL AS "isAssessed", newest.level AS "assessedLevel", newest.valid_until AS "validUntil"
    FROM risk_points rp
    JOIN hazard_sources hs ON hs.city_code = rp.city_code AND hs.risk_point_id = rp.id
    LEFT JOIN LATERAL (
      SELECT a.id, a.level, a.valid_until FROM assessments a
      WHERE a.city_code = hs.city_code AND a.hazard_source_id = hs.id AND a.basis = :basis AND a.assessed_at <= :now
        AND ${STANDS}
      ORDER BY a.assessed_at DESC, a.recorded_at DESC, a.id DESC
      LIMIT 1) AS newest ON true
    WHERE rp.id = ANY (:pointIds::uuid[]) AND hs.deleted_at IS NULL
    ORDER BY hs.id`,
    { basis, now: new Date(now).toISOString(), pointIds: [...pointIds] },
  );
  return result.rows;
}

/** The measures of some points and of their sources in the order they were made. */
export async function readMeasures(
  trx: Knex.Transaction,
  pointIds: readonly string[],
): Promise<readonly MeasureRow[]> {
  const result = await trx.raw<{ rows: MeasureRow[] }>(
    `SELECT cm.risk_point_id AS "pointId", cm.hazard_source_id AS "sourceId", cm.kind,
      jsonb_build_object('zh', cm.text_zh, 'en', cm.text_en) AS text
    FROM risk_points rp
    JOIN control_measures cm ON cm.city_code = rp.city_code AND cm.risk_point_id = rp.id
    WHERE rp.id = ANY (?::uuid[]) AND cm.deleted_at IS NULL
    ORDER BY cm.id`,
    [[...pointIds]],
  );
  return result.rows;
}
