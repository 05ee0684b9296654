import type { Knex } from 'knex';

import type { DeletedChildren, DeletedRow, RowKind } from '../domain/deletion.ts';

/** An act of deletion. `at` is epoch milliseconds. */
export type Deletion = {
  readonly id: string;
  readonly kind: RowKind;
  readonly rowId: string;
  readonly reason: string;
  readonly at: number;
};

type ChangedTree = { readonly children: DeletedChildren; readonly pointIds: readonly string[] };

const TABLES: Readonly<Record<RowKind, string>> = {
  enterprise: 'enterprises',
  risk_point: 'risk_points',
  hazard_source: 'hazard_sources',
  control_measure: 'control_measures',
};

/** Sets the marks of a deletion, or takes them away again; `t` is the table. */
type Change = {
  readonly set: string;
  readonly setBindings: readonly string[];
  readonly where: string;
  readonly whereBindings: readonly string[];
};

/** Marks a row, which the caller has locked, and everything below it as deleted. Parents go before children. */
export async function deleteTree(
  trx: Knex.Transaction,
  deletion: Deletion,
): Promise<{ readonly answer: DeletedRow; readonly pointIds: readonly string[] }> {
  const at = new Date(deletion.at).toISOString();
  await trx.raw(
    `INSERT INTO deletions (city_code, id, kind, row_id, reason, at)
     SELECT t.city_code, ?, ?, t.id, ?, ? FROM ?? t WHERE t.id = ?`,
    [deletion.id, deletion.kind, deletion.reason, at, TABLES[deletion.kind], deletion.rowId],
  );
  const { children, pointIds } = await changeTree(trx, deletion, {
    set: 'deleted_at = ?, deletion_id = ?',
    setBindings: [at, deletion.id],
    where: 't.deleted_at IS NULL',
    whereBindings: [],
  });
  const { kind, rowId, reason } = deletion;
  return { answer: { id: rowId, kind, reason, at, children }, pointIds };
}

/** The deletion that a row carries, as its root; null where the row went along with another one. */
export async function findDeletion(
  trx: Knex.Transaction,
  rowId: string,
  deletionId: string,
): Promise<Deletion | null> {
  const row = await trx('deletions as d')
    .select<{ id: string; kind: RowKind; row_id: string; reason: string; at: Date }[]>(
      'd.id',
      'd.kind',
      'd.row_id',
      'd.reason',
      'd.at',
    )
    .where({ 'd.row_id': rowId, 'd.id': deletionId })
    .first();
  if (!row) return null;
  return {
    id: row.id,
    kind: row.kind,
    rowId: row.row_id,
    reason: row.reason,
    at: row.at.getTime(),
  };
}

/** Brings back exactly the rows of a deletion; gives the risk points among them. `now` is epoch milliseconds. */
export async function restoreTree(
  trx: Knex.Transaction,
  deletion: Deletion,
  now: number,
): Promise<readonly string[]> {
  const { pointIds } = await changeTree(
    trx,
    { ...deletion, at: now },
    {
      set: 'deleted_at = NULL, deletion_id = NULL',
      setBindings: [],
      where: 't.deletion_id = ?',
      whereBindings: [deletion.id],
    },
  );
  await trx('deletions')
    .update({ restored_at: new Date(now).toISOString() })
    .where({ row_id: deletion.rowId, id: deletion.id });
  return pointIds;
}

async function changeTree(
  trx: Knex.Transaction,
  { kind, rowId, at }: Deletion,
  change: Change,
): Promise<ChangedTree> {
  const { set, setBindings, where, whereBindings } = change;
  await trx.raw(
    `UPDATE ?? t SET ${set}, version = t.version + 1, updated_at = ? WHERE t.id = ? AND ${where}`,
    [TABLES[kind], ...setBindings, new Date(at).toISOString(), rowId, ...whereBindings],
  );
  const none = { riskPoints: 0, hazardSources: 0, measures: 0 };
  if (kind === 'control_measure') return { children: none, pointIds: [] };
  if (kind === 'hazard_source') {
    const measures = await changeMeasuresOf(trx, rowId, change);
    return { children: { ...none, measures }, pointIds: [] };
  }
  const points = kind === 'enterprise' ? await changePointsOf(trx, rowId, change) : null;
  const pointIds = points ?? [rowId];
  const hazardSources = await changeBelow(trx, 'hazard_sources', pointIds, change);
  const measures = await changeBelow(trx, 'control_measures', pointIds, change);
  return { children: { riskPoints: points?.length ?? 0, hazardSources, measures }, pointIds };
}

/** Locked in order of id first, as every writer of many points does it. */
async function changePointsOf(
  trx: Knex.Transaction,
  enterpriseId: string,
  { set, setBindings, where, whereBindings }: Change,
): Promise<readonly string[]> {
  await trx('risk_points as rp')
    .select('rp.id')
    .where('rp.enterprise_id', enterpriseId)
    .orderBy('rp.id')
    .forUpdate();
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `UPDATE risk_points t SET ${set} WHERE t.enterprise_id = ? AND ${where} RETURNING t.id`,
    [...setBindings, enterpriseId, ...whereBindings],
  );
  return rows.map(({ id }) => id);
}

async function changeBelow(
  trx: Knex.Transaction,
  table: 'hazard_sources' | 'control_measures',
  pointIds: readonly string[],
  { set, setBindings, where, whereBindings }: Change,
): Promise<number> {
  const result = await trx.raw<{ rowCount: number }>(
    `UPDATE ?? t SET ${set} FROM risk_points rp
     WHERE rp.id = ANY (?::uuid[]) AND t.city_code = rp.city_code AND t.risk_point_id = rp.id AND ${where}`,
    [table, ...setBindings, [...pointIds], ...whereBindings],
  );
  return result.rowCount;
}

async function changeMeasuresOf(
  trx: Knex.Transaction,
  sourceId: string,
  { set, setBindings, where, whereBindings }: Change,
): Promise<number> {
  const result = await trx.raw<{ rowCount: number }>(
    `UPDATE control_measures t SET ${set} FROM hazard_sources hs
     WHERE hs.id = ? AND t.city_code = hs.city_code AND t.risk_point_id = hs.risk_point_id
       AND t.hazard_source_id = hs.id AND ${where}`,
    [...setBindings, sourceId, ...whereBindings],
  );
  return result.rowCount;
}
