import type { Knex } from 'knex';

import { lockMoving } from '#server/db/register-rows.ts';
import type { ParentPoint } from '#server/db/register-rows.ts';
import type { MeasureChanges, NewMeasure } from '#server/domain/register/children-rules.ts';

/** What an edit reads of a measure, deleted or not, before it changes it. */
export type LockedMeasure = {
  readonly id: string;
  readonly version: number;
  readonly riskPointId: string;
  readonly hazardSourceId: string | null;
  /** The act that deleted it; null while it is in the register. */
  readonly deletionId: string | null;
};

/** Locks a measure until the transaction ends; its risk point must be locked before. */
export async function lockMeasure(
  trx: Knex.Transaction,
  id: string,
): Promise<LockedMeasure | null> {
  return lockMoving(() => rowOf(trx, id).forUpdate());
}

/** The same without a lock, for a first look. */
export async function peekMeasure(
  trx: Knex.Transaction,
  id: string,
): Promise<LockedMeasure | null> {
  return (await rowOf(trx, id)) ?? null;
}

/** Whether a hazard source in the register belongs to the risk point. */
export async function isSourceOf(
  trx: Knex.Transaction,
  riskPointId: string,
  id: string,
): Promise<boolean> {
  const query = trx('hazard_sources as hs')
    .select('hs.id')
    .where({ 'hs.id': id, 'hs.risk_point_id': riskPointId })
    .whereNull('hs.deleted_at');
  return (await query.first<unknown>()) !== undefined;
}

/** Adds a measure to a risk point or to one of its sources. */
export async function insertMeasure(
  trx: Knex.Transaction,
  id: string,
  point: ParentPoint,
  draft: NewMeasure,
): Promise<void> {
  await trx('control_measures').insert({
    city_code: point.cityCode,
    id,
    risk_point_id: point.id,
    ...toColumns(draft),
  });
}

/** Sets what is given and raises the version. `now` is epoch milliseconds. */
export async function updateMeasure(
  trx: Knex.Transaction,
  id: string,
  changes: MeasureChanges,
  now: number,
): Promise<void> {
  await trx('control_measures')
    .update({
      ...toColumns(changes),
      version: trx.raw('version + 1'),
      updated_at: new Date(now).toISOString(),
    })
    .where({ id });
}

function rowOf(trx: Knex.Transaction, id: string) {
  return trx('control_measures as cm')
    .select<LockedMeasure[]>(
      'cm.id',
      'cm.version',
      'cm.risk_point_id as riskPointId',
      'cm.hazard_source_id as hazardSourceId',
      'cm.deletion_id as deletionId',
    )
    .where('cm.id', id)
    .first();
}

/** Absent members become undefined, which knex leaves out. */
function toColumns({ hazardSourceId, kind, text }: MeasureChanges) {
  return { hazard_source_id: hazardSourceId, kind, text_zh: text?.zh, text_en: text?.en };
}
