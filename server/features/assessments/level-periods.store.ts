import type { Knex } from 'knex';
import type { AssessmentState, TimelineAssessment } from '#server/domain/in-force.ts';
import { BASES } from '#server/domain/level.ts';
import type { Basis, Level, State } from '#server/domain/level.ts';
import { isLive, LIFECYCLES } from '#server/domain/lifecycle.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type { LevelPeriod, LifecycleChange } from '#server/domain/timeline.ts';

/** Everything that the level of one risk point follows from. Instants are epoch milliseconds. */
export type PointHistory = {
  readonly id: string;
  readonly cityCode: string;
  readonly existsFrom: number;
  readonly lifecycleChanges: readonly LifecycleChange[];
  readonly assessments: readonly (TimelineAssessment & { readonly basis: Basis })[];
};

/** A level period as stored, current in recorded time. */
export type StoredPeriod = LevelPeriod & { readonly id: string; readonly basis: Basis };

type PointRow = { id: string; city_code: string; exists_from: Date };
type ChangeRow = { risk_point_id: string; at: Date; lifecycle: Lifecycle };
type AssessmentRow = {
  id: string;
  risk_point_id: string;
  hazard_source_id: string | null;
  subject_kind: 'risk_point' | 'hazard_source';
  basis: Basis;
  method_id: string;
  level: Level | null;
  score: number;
  assessed_at: Date;
  recorded_at: Date;
  valid_until: Date | null;
  replaces: string | null;
  state: AssessmentState;
  /** When its hazard source was taken out of the register. */
  ended_at: Date | null;
};
type PeriodRow = {
  id: string;
  risk_point_id: string;
  basis: Basis;
  state: State;
  level: Level | null;
  last_level: Level | null;
  dynamic_level: Level | null;
  lifecycle: Lifecycle;
  decided_by: string | null;
  valid_from: Date;
  /** Null stands for infinity: a JavaScript Date cannot hold it. */
  valid_to: Date | null;
};

/**
 * Locks the points against other writers (in order of id, so that two writers cannot wait for each other) and reads
 * their histories. Unknown ids are left out.
 */
export async function lockPointHistories(
  trx: Knex.Transaction,
  ids: readonly string[],
): Promise<readonly PointHistory[]> {
  const points = await trx<PointRow>('risk_points as rp')
    .select('rp.id', 'rp.city_code', 'rp.exists_from')
    .whereRaw('rp.id = ANY (?::uuid[])', [[...ids]])
    .orderBy('rp.id')
    .forUpdate();
  const changesOf = byPoint(await lifecycleChanges(trx, ids));
  const rowsOf = byPoint(await assessmentRows(trx, ids));
  return points.map((row) => ({
    id: row.id,
    cityCode: row.city_code,
    existsFrom: row.exists_from.getTime(),
    lifecycleChanges: (changesOf.get(row.id) ?? []).map(toChange),
    assessments: (rowsOf.get(row.id) ?? []).map(toTimelineAssessment),
  }));
}

function lifecycleChanges(trx: Knex.Transaction, ids: readonly string[]): Promise<ChangeRow[]> {
  return trx<ChangeRow>('lifecycle_changes as lc')
    .select('lc.risk_point_id', 'lc.at', 'lc.lifecycle')
    .where(ofPoints('lc', ids));
}

/** By the key of the points: the indexes of their children begin with the city. */
function ofPoints(table: string, ids: readonly string[]) {
  return (query: Knex.QueryBuilder): void => {
    void query.whereRaw(
      `(??, ??) IN (SELECT rp.city_code, rp.id FROM risk_points rp WHERE rp.id = ANY (?::uuid[]))`,
      [`${table}.city_code`, `${table}.risk_point_id`, [...ids]],
    );
  };
}

function assessmentRows(trx: Knex.Transaction, ids: readonly string[]): Promise<AssessmentRow[]> {
  return trx<AssessmentRow>('assessments as a')
    .leftJoin('hazard_sources as hs', (on) => {
      on.on('hs.city_code', 'a.city_code').andOn('hs.id', 'a.hazard_source_id');
    })
    .select(
      'a.id',
      'a.risk_point_id',
      'a.hazard_source_id',
      'a.subject_kind',
      'a.basis',
      'a.method_id',
    )
    .select(
      'a.level',
      'a.score',
      'a.assessed_at',
      'a.recorded_at',
      'a.valid_until',
      'a.replaces',
      'a.state',
      'hs.deleted_at as ended_at',
    )
    .where(ofPoints('a', ids));
}

/** The periods current in recorded time, by risk point. */
export async function currentPeriods(
  trx: Knex.Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredPeriod[]>> {
  const rows = await trx<PeriodRow>('level_periods as lp')
    .select('lp.id', 'lp.risk_point_id', 'lp.basis', 'lp.state', 'lp.level', 'lp.last_level')
    .select('lp.dynamic_level', 'lp.lifecycle', 'lp.decided_by', 'lp.valid_from')
    .select(trx.raw("NULLIF(lp.valid_to, 'infinity') AS valid_to"))
    .whereRaw('lp.risk_point_id = ANY (?::uuid[])', [[...ids]])
    .whereRaw("lp.recorded_to = 'infinity'");
  return new Map([...byPoint(rows)].map(([id, list]) => [id, list.map(toPeriod)]));
}

export type PeriodChange = {
  readonly close: readonly string[];
  readonly open: readonly {
    readonly cityCode: string;
    readonly riskPointId: string;
    readonly basis: Basis;
    readonly period: LevelPeriod;
  }[];
};

/**
 * Ends rows in recorded time and writes those that take their place, at one instant. The instant is read after the
 * points were locked: the start of the transaction may lie before another writer's.
 */
export async function applyPeriodChange(
  trx: Knex.Transaction,
  change: PeriodChange,
): Promise<void> {
  if (change.close.length + change.open.length === 0) return;
  const [{ at }] = (
    await trx.raw<{ rows: [{ at: string }] }>('SELECT clock_timestamp()::text AS at')
  ).rows;
  await trx.raw(
    `UPDATE level_periods lp SET recorded_to = GREATEST(?::timestamptz, lp.recorded_from)
     WHERE lp.id = ANY (?::uuid[])`,
    [at, [...change.close]],
  );
  await trx.raw(
    `INSERT INTO level_periods (city_code, risk_point_id, basis, state, level, last_level, dynamic_level, lifecycle,
       decided_by, valid_from, valid_to, recorded_from)
     SELECT r.city_code, r.risk_point_id, r.basis, r.state, r.level, r.last_level, r.dynamic_level, r.lifecycle,
       r.decided_by, r.valid_from, COALESCE(r.valid_to, 'infinity'), ?::timestamptz
     FROM jsonb_to_recordset(?::jsonb) AS r(city_code text, risk_point_id uuid, basis text, state text,
       level smallint, last_level smallint, dynamic_level smallint, lifecycle text, decided_by uuid,
       valid_from timestamptz, valid_to timestamptz)`,
    [at, JSON.stringify(change.open.map(toInsert))],
  );
}

/**
 * Opens the first periods of those points that have neither an assessment nor a period yet and one lifecycle from the
 * beginning: what levelTimeline says of them, for many at once. Returns the points it did so for. The points are locked
 * as by lockPointHistories.
 */
export async function beginPeriods(
  trx: Knex.Transaction,
  ids: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  const result = await trx.raw<{ rows: { id: string }[] }>(
    `WITH points AS MATERIALIZED (
       SELECT rp.city_code, rp.id, rp.exists_from FROM risk_points rp
       WHERE rp.id = ANY (CAST(:ids AS uuid[])) ORDER BY rp.id FOR UPDATE),
     plain AS MATERIALIZED (
       SELECT p.*, COALESCE((SELECT c.lifecycle FROM lifecycle_changes c
         WHERE c.city_code = p.city_code AND c.risk_point_id = p.id AND c.at <= p.exists_from
         ORDER BY c.at DESC LIMIT 1), 'running') AS lifecycle
       FROM points p
       WHERE p.exists_from <= CAST(:now AS timestamptz)
         AND NOT EXISTS (SELECT 1 FROM assessments a WHERE a.city_code = p.city_code AND a.risk_point_id = p.id)
         AND NOT EXISTS (SELECT 1 FROM level_periods l WHERE l.risk_point_id = p.id)
         AND NOT EXISTS (SELECT 1 FROM lifecycle_changes c
           WHERE c.city_code = p.city_code AND c.risk_point_id = p.id AND c.at > p.exists_from)),
     opened AS (
       INSERT INTO level_periods (city_code, risk_point_id, basis, state, lifecycle, valid_from, recorded_from)
       SELECT p.city_code, p.id, b.basis, CASE WHEN p.lifecycle = ANY (:live) THEN 'not_assessed' ELSE 'not_applicable' END,
         p.lifecycle, p.exists_from, clock_timestamp()
       FROM plain p CROSS JOIN unnest(CAST(:bases AS text[])) AS b(basis))
     SELECT p.id FROM plain p`,
    {
      ids: [...ids],
      now: new Date(now).toISOString(),
      live: LIFECYCLES.filter(isLive),
      bases: [...BASES],
    },
  );
  return new Set(result.rows.map(({ id }) => id));
}

/** Brings what the map reads up to date with the register, in the same transaction. */
export async function refreshPoints(
  trx: Knex.Transaction,
  ids: readonly string[],
  now: number,
): Promise<void> {
  await trx.raw('SELECT refresh_points(?::uuid[], ?::timestamptz)', [
    [...ids],
    new Date(now).toISOString(),
  ]);
}

/** The same for enterprises whose own columns changed or that have no risk point yet. */
export async function refreshEnterprises(
  trx: Knex.Transaction,
  ids: readonly string[],
): Promise<void> {
  await trx.raw('SELECT refresh_enterprises(?::uuid[])', [[...ids]]);
}

function byPoint<R extends { risk_point_id: string }>(rows: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row.risk_point_id);
    if (group) group.push(row);
    else groups.set(row.risk_point_id, [row]);
  }
  return groups;
}

function toChange(row: ChangeRow): LifecycleChange {
  return { at: row.at.getTime(), lifecycle: row.lifecycle };
}

function toTimelineAssessment(row: AssessmentRow): TimelineAssessment & { basis: Basis } {
  return {
    id: row.id,
    subject: { kind: row.subject_kind, id: row.hazard_source_id ?? row.risk_point_id },
    method: row.method_id,
    basis: row.basis,
    level: row.level,
    score: row.score,
    assessedAt: row.assessed_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    validUntil: row.valid_until?.getTime() ?? null,
    replaces: row.replaces,
    state: row.state,
    endedAt: row.ended_at?.getTime() ?? null,
  };
}

function toPeriod(row: PeriodRow): StoredPeriod {
  return {
    id: row.id,
    basis: row.basis,
    state: row.state,
    level: row.level,
    lastLevel: row.last_level,
    dynamicLevel: row.dynamic_level,
    lifecycle: row.lifecycle,
    decidedBy: row.decided_by,
    validFrom: row.valid_from.getTime(),
    validTo: row.valid_to?.getTime() ?? null,
  };
}

function toInsert({ cityCode, riskPointId, basis, period }: PeriodChange['open'][number]) {
  return {
    city_code: cityCode,
    risk_point_id: riskPointId,
    basis,
    state: period.state,
    level: period.level,
    last_level: period.lastLevel,
    dynamic_level: period.dynamicLevel,
    lifecycle: period.lifecycle,
    decided_by: period.decidedBy,
    valid_from: new Date(period.validFrom).toISOString(),
    valid_to: period.validTo === null ? null : new Date(period.validTo).toISOString(),
  };
}
