import type { Knex } from 'knex';

export type AuditNote = {
  readonly action: string;
  readonly subjectKind?: string;
  readonly subjectId?: string;
  /** Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Who acts, where the transaction was opened before that was known. */
  readonly by?: string;
};

/** Writes an event in the transaction of the act; who acts is what the transaction was opened with. */
export async function noteAudit(
  trx: Knex.Transaction,
  { action, subjectKind, subjectId, detail, by }: AuditNote,
): Promise<void> {
  if (by !== undefined) await trx.raw(`SELECT set_config('risk.account', ?, true)`, [by]);
  await trx.raw('SELECT note_audit(?, ?, ?, ?::jsonb)', [
    action,
    subjectKind ?? null,
    subjectId ?? null,
    detail === undefined ? null : JSON.stringify(detail),
  ]);
}
