import type { Knex } from 'knex';

/** Table of plain text into which the rows of a file are copied, one column for each of the file. */
export const STAGING = 'bench_staging';
const POINTS = 'bench_points';

const columnsOf = (width: number): readonly string[] =>
  Array.from({ length: width }, (_, at) => `c${at}`);

export async function makeStaging(trx: Knex.Transaction, width: number): Promise<void> {
  const columns = columnsOf(width);
  await trx.raw(`CREATE TABLE ${STAGING} (${columns.map((name) => `${name} text`).join(', ')})`);
}

/** For an engine without COPY. */
export async function fillStaging(
  trx: Knex.Transaction,
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const cells = columnsOf(rows[0]?.length ?? 0)
    .map((_, at) => `r ->> ${at}`)
    .join(', ');
  await trx.raw(`INSERT INTO ${STAGING} SELECT ${cells} FROM jsonb_array_elements(?::jsonb) AS r`, [
    JSON.stringify(rows),
  ]);
}

/** Points as the register has them, from the staged texts, without what its triggers work out. */
export async function insertStaged(trx: Knex.Transaction): Promise<void> {
  await trx.raw(`CREATE TABLE ${POINTS} (LIKE risk_points INCLUDING GENERATED INCLUDING DEFAULTS)`);
  await trx.raw(
    `INSERT INTO ${POINTS} (id, code, name_zh, kind, lifecycle, category, person, location, geom, anchor, exists_from,
       origin_key)
     SELECT gen_random_uuid(), s.c1, s.c2, 'facility', 'running', s.c4, s.c8, s.c9, p.place, p.place, now(),
       s.c0 || '|' || s.c1
     FROM ${STAGING} s
     CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(s.c10::float8, s.c11::float8), 4326) AS place) AS p`,
  );
}

/** The same indexes as the register has on its points. Returns how many. */
export async function indexStaged(trx: Knex.Transaction): Promise<number> {
  const { rows } = await trx.raw<{ rows: { indexdef: string }[] }>(
    `SELECT replace(replace(i.indexdef, i.indexname, '${POINTS}_' || i.indexname), ' ON public.risk_points ',
       ' ON public.${POINTS} ') AS indexdef FROM pg_indexes i WHERE i.schemaname = 'public' AND i.tablename = 'risk_points'`,
  );
  for (const { indexdef } of rows) await trx.raw(indexdef);
  return rows.length;
}

export async function dropStaged(trx: Knex.Transaction): Promise<void> {
  await trx.raw(`DROP TABLE ${POINTS}, ${STAGING}`);
}
