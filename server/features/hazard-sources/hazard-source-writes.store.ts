import type { Knex } from 'knex';

import { lockMoving } from '#server/db/register-rows.ts';
import type { ParentPoint } from '#server/db/register-rows.ts';
import type {
  HazardSourceChanges,
  NewHazardSource,
} from '#server/domain/register/children-rules.ts';

/** What an edit reads of a hazard source, deleted or not, before it changes it. */
export type LockedSource = {
  readonly id: string;
  readonly version: number;
  readonly riskPointId: string;
  /** The act that deleted it; null while it is in the register. */
  readonly deletionId: string | null;
};

/** Locks a hazard source until the transaction ends; its risk point must be locked before. */
export async function lockHazardSource(
  trx: Knex.Transaction,
  id: string,
): Promise<LockedSource | null> {
  return lockMoving(() => rowOf(trx, id).forUpdate());
}

/** The same without a lock, for a first look. */
export async function peekHazardSource(
  trx: Knex.Transaction,
  id: string,
): Promise<LockedSource | null> {
  return (await rowOf(trx, id)) ?? null;
}

/** Adds a hazard source to a risk point. */
export async function insertHazardSource(
  trx: Knex.Transaction,
  id: string,
  point: ParentPoint,
  draft: NewHazardSource,
): Promise<void> {
  await trx('hazard_sources').insert({
    city_code: point.cityCode,
    id,
    risk_point_id: point.id,
    demo: point.demo,
    ...toColumns(draft),
  });
}

/** Sets what is given and raises the version. `now` is epoch milliseconds. */
export async function updateHazardSource(
  trx: Knex.Transaction,
  id: string,
  changes: HazardSourceChanges,
  now: number,
): Promise<void> {
  await trx('hazard_sources')
    .update({
      ...toColumns(changes),
      version: trx.raw('version + 1'),
      updated_at: new Date(now).toISOString(),
    })
    .where({ id });
}

function rowOf(trx: Knex.Transaction, id: string) {
  return trx('hazard_sources as hs')
    .select<LockedSource[]>(
      'hs.id',
      'hs.version',
      'hs.risk_point_id as riskPointId',
      'hs.deletion_id as deletionId',
    )
    .where('hs.id', id)
    .first();
}

/** Absent members become undefined, which knex leaves out. */
function toColumns({ names, kind, accidentTypes, category, attributes }: HazardSourceChanges) {
  return {
    name_zh: names?.zh,
    name_en: names?.en,
    kind,
    accident_types: accidentTypes && JSON.stringify(accidentTypes),
    category,
    attributes: attributes && JSON.stringify(attributes),
  };
}
