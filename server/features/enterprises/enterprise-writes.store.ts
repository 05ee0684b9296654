import type { Knex } from 'knex';

import { lockCreditCodes } from '#server/db/credit-code-lock.ts';
import { lockMoving } from '#server/db/register-rows.ts';
import type { Names } from '#server/domain/names.ts';
import type {
  CreditCode,
  EnterpriseChanges,
  NewEnterprise,
} from '#server/domain/register/enterprise-rules.ts';

/** What an edit reads of an enterprise, deleted or not, before it changes it. */
export type LockedEnterprise = CreditCode & {
  readonly id: string;
  readonly version: number;
  /** The act that deleted it; null while it is in the register. */
  readonly deletionId: string | null;
};

type Row = {
  id: string;
  version: number;
  uscc: string | null;
  uscc_reason: string | null;
  deletion_id: string | null;
};

/** Locks an enterprise against other writers until the transaction ends; null when there is none with the id. */
export async function lockEnterprise(
  trx: Knex.Transaction,
  id: string,
): Promise<LockedEnterprise | null> {
  const row = await lockMoving(() => rowOf(trx, id).forUpdate());
  return row && toLocked(row);
}

/** The credit code of an enterprise in the register, without a lock. */
export async function creditCodeOf(trx: Knex.Transaction, id: string): Promise<CreditCode | null> {
  const row = await rowOf(trx, id).whereNull('e.deleted_at');
  return row ? toLocked(row) : null;
}

/**
 * The enterprise in the register that has a credit code, in whatever city. Others who ask about the code wait for this
 * transaction.
 */
export async function holderOfCode(
  trx: Knex.Transaction,
  uscc: string,
): Promise<{ readonly id: string; readonly names: Names } | null> {
  await lockCreditCodes(trx, [uscc]);
  const row = await trx('enterprises as e')
    .select<{ id: string; name_zh: string; name_en: string | null }[]>(
      'e.id',
      'e.name_zh',
      'e.name_en',
    )
    .where('e.uscc', uscc)
    .whereNull('e.deleted_at')
    .first();
  return row ? { id: row.id, names: { zh: row.name_zh, en: row.name_en } } : null;
}

/** Adds an enterprise; region and city are found by the database. */
export async function insertEnterprise(
  trx: Knex.Transaction,
  id: string,
  draft: NewEnterprise,
): Promise<void> {
  await trx('enterprises').insert({ id, ...toColumns(trx, draft) });
}

/** Sets what is given and raises the version. `now` is epoch milliseconds. */
export async function updateEnterprise(
  trx: Knex.Transaction,
  id: string,
  changes: EnterpriseChanges,
  now: number,
): Promise<void> {
  await trx('enterprises')
    .update({
      ...toColumns(trx, changes),
      version: trx.raw('version + 1'),
      updated_at: new Date(now).toISOString(),
    })
    .where({ id });
}

function rowOf(trx: Knex.Transaction, id: string) {
  return trx('enterprises as e')
    .select<Row[]>('e.id', 'e.version', 'e.uscc', 'e.uscc_reason', 'e.deletion_id')
    .where('e.id', id)
    .first();
}

function toLocked(row: Row): LockedEnterprise {
  return {
    id: row.id,
    version: row.version,
    uscc: row.uscc,
    usccReason: row.uscc_reason,
    deletionId: row.deletion_id,
  };
}

/** Absent members become undefined, which knex leaves out. */
function toColumns(trx: Knex.Transaction, changes: EnterpriseChanges) {
  const { names, position, fields, principalPost, attributes } = changes;
  return {
    name_zh: names?.zh,
    name_en: names?.en,
    uscc: changes.uscc,
    uscc_reason: changes.usccReason,
    lifecycle: changes.lifecycle,
    fields: fields && [...new Set(fields)],
    category: changes.category,
    industry: changes.industry,
    address: changes.address,
    principal_post: principalPost && JSON.stringify(principalPost),
    principal_name: changes.principalName,
    given_region: changes.regionCode,
    attributes: attributes && JSON.stringify(attributes),
    // EPSG:4326, lon lat.
    geom: position && trx.raw('ST_SetSRID(ST_MakePoint(?, ?), 4326)', [...position]),
  };
}
