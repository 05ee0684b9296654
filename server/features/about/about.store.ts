import type { Knex } from 'knex';
import type { Bilingual } from '#server/domain/bilingual.ts';

type Boundaries = { readonly source: string; readonly approvalNumber: string | null };

export type Register = {
  readonly roots: readonly string[];
  readonly boundaries: readonly Boundaries[];
  readonly fields: readonly { readonly code: string; readonly names: Bilingual }[];
  /** Day the invented set was made for, YYYY-MM-DD; null when there is none. */
  readonly demonstrationDay: string | null;
  /** Newest change of what the map shows; null when nothing was ever shown. */
  readonly changedAt: Date | null;
};

/** What the register holds, as one picture. */
export async function readRegister(trx: Knex.Transaction): Promise<Register> {
  return {
    roots: await listRoots(trx),
    boundaries: await listBoundaries(trx),
    fields: await listFields(trx),
    demonstrationDay: await findDemonstrationDay(trx),
    changedAt: await findChangedAt(trx),
  };
}

async function listRoots(trx: Knex.Transaction): Promise<string[]> {
  const rows = await trx('regions as r')
    .select<{ code: string }[]>('r.code')
    .whereNull('r.parent_code')
    .orderBy('r.code');
  return rows.map(({ code }) => code);
}

async function listBoundaries(trx: Knex.Transaction): Promise<Boundaries[]> {
  const rows = await trx('regions as r')
    .distinct<{ source: string; approval_number: string | null }[]>('r.source', 'r.approval_number')
    .orderBy(['r.source', 'r.approval_number']);
  return rows.map((row) => ({ source: row.source, approvalNumber: row.approval_number }));
}

async function listFields(trx: Knex.Transaction): Promise<Register['fields']> {
  const rows = await trx('code_lists as c')
    .select<{ code: string; name_zh: string; name_en: string }[]>(
      'c.code',
      'c.name_zh',
      'c.name_en',
    )
    .where('c.list', 'field')
    .orderBy(['c.sort', 'c.code']);
  return rows.map((row) => ({ code: row.code, names: { zh: row.name_zh, en: row.name_en } }));
}

async function findDemonstrationDay(trx: Knex.Transaction): Promise<string | null> {
  const row = await trx('demo_sets as d')
    .max<{ day: string | null } | undefined>({ day: trx.raw('d.reference_day::text') })
    .first();
  return row?.day ?? null;
}

async function findChangedAt(trx: Knex.Transaction): Promise<Date | null> {
  const row = await trx('data_versions as v')
    .max<{ at: Date | null } | undefined>({ at: 'v.changed_at' })
    .first();
  return row?.at ?? null;
}
