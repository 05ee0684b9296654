import type { Knex } from 'knex';

/** Whether every enterprise, risk point and file on its way is of the demonstration, and there is a set of it. In the service's own scope. */
export async function holdsOnlyDemo(trx: Knex.Transaction): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: { only: boolean }[] }>(
    `SELECT EXISTS (SELECT FROM demo_sets) AND NOT EXISTS (SELECT FROM enterprises e WHERE NOT e.demo)
       AND NOT EXISTS (SELECT FROM risk_points rp WHERE NOT rp.demo) AND only_demo_imports() AS only`,
  );
  return rows[0]?.only ?? false;
}

/** Whether any row of the demonstration set is in the register. */
export async function hasDemoSet(trx: Knex.Transaction): Promise<boolean> {
  return (await trx('demo_sets as d').first('d.reference_day')) !== undefined;
}

/** Whether there is such an enterprise that was not deleted. In the service's own scope. */
export async function enterpriseExists(trx: Knex.Transaction, id: string): Promise<boolean> {
  const row = await trx('enterprises as e')
    .where('e.id', id)
    .whereNull('e.deleted_at')
    .first<{ id: string } | undefined>('e.id');
  return row !== undefined;
}

/** What the limited accounts of the demonstration are limited to; null where the register has nothing of the kind. */
export async function demoPlaces(trx: Knex.Transaction): Promise<{
  readonly enterpriseId: string;
  readonly cityCode: string;
  readonly field: string;
} | null> {
  const { rows } = await trx.raw<{ rows: { id: string; city_code: string; field: string }[] }>(
    `SELECT e.id, e.city_code, e.fields[1] AS field FROM enterprises e
     WHERE e.demo AND e.deleted_at IS NULL AND cardinality(e.fields) > 0 AND e.city_code <> '000000'
     ORDER BY (SELECT count(*) FROM risk_points rp WHERE rp.enterprise_id = e.id) DESC, e.id LIMIT 1`,
  );
  const [row] = rows;
  return row ? { enterpriseId: row.id, cityCode: row.city_code, field: row.field } : null;
}
