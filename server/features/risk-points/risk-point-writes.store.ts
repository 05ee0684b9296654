import type { Knex } from 'knex';

import { lockMoving } from '#server/db/register-rows.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type {
  GivenGeometry,
  PointBefore,
  RiskPointChanges,
} from '#server/domain/register/risk-point-rules.ts';

/** What an edit reads of a risk point, deleted or not, before it changes it. */
export type LockedPoint = PointBefore & {
  readonly id: string;
  readonly version: number;
  /** The act that deleted it; null while it is in the register. */
  readonly deletionId: string | null;
};

/** The enterprise that a point is put into. */
export type Owner = { readonly id: string; readonly cityCode: string; readonly demo: boolean };

type Row = {
  id: string;
  version: number;
  kind: LockedPoint['kind'];
  enterprise_id: string | null;
  lifecycle: Lifecycle;
  exists_from: Date;
  deletion_id: string | null;
};

/** Locks a risk point against other writers until the transaction ends; null when there is none with the id. */
export async function lockRiskPoint(
  trx: Knex.Transaction,
  id: string,
): Promise<LockedPoint | null> {
  const row = await lockMoving(() => rowOf(trx, id).forUpdate());
  return row && toLocked(row);
}

/** The same without a lock, for a first look. */
export async function peekRiskPoint(
  trx: Knex.Transaction,
  id: string,
): Promise<LockedPoint | null> {
  const row = await rowOf(trx, id);
  return row ? toLocked(row) : null;
}

/** Keeps enterprises from being moved or deleted until the transaction ends; those deleted are left out. */
export async function keepOwners(
  trx: Knex.Transaction,
  ids: readonly string[],
): Promise<readonly Owner[]> {
  if (ids.length === 0) return [];
  const find = (): Promise<Owner[]> =>
    trx('enterprises as e')
      .select('e.id', 'e.city_code as cityCode', 'e.demo')
      .whereIn('e.id', ids)
      .whereNull('e.deleted_at')
      .orderBy('e.id')
      .forKeyShare();
  const found = await find();
  // One that moved to another city meanwhile is seen by a new snapshot only.
  return found.length === ids.length ? found : find();
}

/** Whether an enterprise is in the register, without a lock. */
export async function isEnterprise(trx: Knex.Transaction, id: string): Promise<boolean> {
  const query = trx('enterprises as e').select('e.id').where('e.id', id).whereNull('e.deleted_at');
  return (await query.first<unknown>()) !== undefined;
}

/** Epoch milliseconds of the first assessment of a point or of its sources; null when it was never assessed. */
export async function firstAssessedAt(trx: Knex.Transaction, id: string): Promise<number | null> {
  const row = await trx('assessments as a')
    .join('risk_points as rp', (on) => {
      on.on('rp.city_code', 'a.city_code').andOn('rp.id', 'a.risk_point_id');
    })
    .where('rp.id', id)
    .min<{ at: Date | null }>('a.assessed_at as at')
    .first();
  return row?.at?.getTime() ?? null;
}

/** Where and why a shape of sound structure is not simple; null when it is. EPSG:4326, lon lat. */
export async function shapeFault(
  trx: Knex.Transaction,
  geometry: GivenGeometry,
): Promise<{ readonly reason: string; readonly lon: number; readonly lat: number } | null> {
  type Fault = { reason: string; lon: number; lat: number };
  const result = await trx.raw<{ rows: Fault[] }>(
    `SELECT d.reason, ST_X(d.location) AS lon, ST_Y(d.location) AS lat
     FROM ST_IsValidDetail(ST_Force2D(ST_GeomFromGeoJSON(?))) AS d WHERE NOT d.valid`,
    [geoJson(geometry)],
  );
  return result.rows[0] ?? null;
}

/** Adds a risk point; region and city are found by the database. */
export async function insertRiskPoint(
  trx: Knex.Transaction,
  id: string,
  draft: RiskPointChanges & { readonly lifecycle: Lifecycle; readonly existsFrom: number },
  owner: Owner | null,
): Promise<void> {
  await trx('risk_points').insert({
    id,
    // Of a public place the caller decides: what the demonstration adds is demonstration data.
    ...(owner && { demo: owner.demo }),
    ...toColumns(trx, draft, owner),
  });
  await addLifecycleChange(trx, id, draft.existsFrom, draft.lifecycle);
}

/** Sets what is given and raises the version. `now` is epoch milliseconds. */
export async function updateRiskPoint(
  trx: Knex.Transaction,
  id: string,
  changes: RiskPointChanges,
  owner: Owner | null,
  now: number,
): Promise<void> {
  await trx('risk_points')
    .update({
      ...toColumns(trx, changes, owner),
      version: trx.raw('version + 1'),
      updated_at: new Date(now).toISOString(),
    })
    .where({ id });
}

/** First and last change of the lifecycle of a point, epoch milliseconds. */
export async function lifecycleEnds(
  trx: Knex.Transaction,
  id: string,
): Promise<{ readonly first: number; readonly last: number } | null> {
  const row = await trx('lifecycle_changes as lc')
    .join('risk_points as rp', (on) => {
      on.on('rp.city_code', 'lc.city_code').andOn('rp.id', 'lc.risk_point_id');
    })
    .where('rp.id', id)
    .min({ first: 'lc.at' })
    .max({ last: 'lc.at' })
    .first<{ first: Date | null; last: Date | null }>();
  return row.first && row.last && { first: row.first.getTime(), last: row.last.getTime() };
}

/** `at` is epoch milliseconds. */
export async function addLifecycleChange(
  trx: Knex.Transaction,
  id: string,
  at: number,
  lifecycle: Lifecycle,
): Promise<void> {
  await trx.raw(
    `INSERT INTO lifecycle_changes (city_code, risk_point_id, at, lifecycle)
     SELECT rp.city_code, rp.id, ?::timestamptz, ? FROM risk_points rp WHERE rp.id = ?`,
    [new Date(at).toISOString(), lifecycle, id],
  );
}

/** Says that the point was from `at` on (epoch milliseconds) what its first known change made it. */
export async function bringFirstForward(
  trx: Knex.Transaction,
  id: string,
  at: number,
): Promise<void> {
  await trx.raw(
    `INSERT INTO lifecycle_changes (city_code, risk_point_id, at, lifecycle)
     SELECT lc.city_code, lc.risk_point_id, ?::timestamptz, lc.lifecycle FROM risk_points rp
     JOIN lifecycle_changes lc ON lc.city_code = rp.city_code AND lc.risk_point_id = rp.id
     WHERE rp.id = ? ORDER BY lc.at LIMIT 1`,
    [new Date(at).toISOString(), id],
  );
}

function rowOf(trx: Knex.Transaction, id: string) {
  return trx('risk_points as rp')
    .select<Row[]>('rp.id', 'rp.version', 'rp.kind', 'rp.enterprise_id', 'rp.lifecycle')
    .select<Row[]>('rp.exists_from', 'rp.deletion_id')
    .where('rp.id', id)
    .first();
}

function toLocked(row: Row): LockedPoint {
  return {
    id: row.id,
    version: row.version,
    kind: row.kind,
    enterpriseId: row.enterprise_id,
    lifecycle: row.lifecycle,
    existsFrom: row.exists_from.getTime(),
    deletionId: row.deletion_id,
  };
}

/** Absent members become undefined, which knex leaves out. */
function toColumns(trx: Knex.Transaction, changes: RiskPointChanges, owner: Owner | null) {
  const { names, enterpriseId, fields, department, post, existsFrom, attributes } = changes;
  return {
    name_zh: names?.zh,
    name_en: names?.en,
    enterprise_id: enterpriseId,
    enterprise_city_code: enterpriseId === undefined ? undefined : (owner?.cityCode ?? null),
    code: changes.code,
    kind: changes.kind,
    lifecycle: changes.lifecycle,
    fields: fields && [...new Set(fields)],
    category: changes.category,
    control_level: changes.controlLevel,
    department: department && JSON.stringify(department),
    post: post && JSON.stringify(post),
    person: changes.person,
    location: changes.location,
    given_region: changes.regionCode,
    attributes: attributes && JSON.stringify(attributes),
    exists_from: existsFrom === undefined ? undefined : new Date(existsFrom).toISOString(),
    geom: placeOf(trx, changes),
  };
}

/** EPSG:4326, lon lat; heights are dropped. */
function placeOf(trx: Knex.Transaction, { geometry, position }: RiskPointChanges) {
  if (geometry !== undefined) {
    return trx.raw('ST_SetSRID(ST_Force2D(ST_GeomFromGeoJSON(?)), 4326)', [geoJson(geometry)]);
  }
  return position && trx.raw('ST_SetSRID(ST_MakePoint(?, ?), 4326)', [...position]);
}

/** Nothing but what was checked: a stated reference system or other members never reach the database. */
function geoJson({ type, coordinates }: GivenGeometry): string {
  return JSON.stringify({ type, coordinates });
}
