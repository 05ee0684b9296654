import type { Knex } from 'knex';

export type AuditNote = {
  readonly action: string;
  readonly subjectKind?: string;
  readonly subjectId?: string;
  /** Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** Writes an event in the transaction of the act; who acts is what the transaction was opened with. */
export async function noteAudit(
  trx: Knex.Transaction,
  { action, subjectKind, subjectId, detail }: AuditNote,
): Promise<void> {
  await trx.raw('SELECT note_audit(?, ?, ?, ?::jsonb)', [
    action,
    subjectKind ?? null,
    subjectId ?? null,
    detail === undefined ? null : JSON.stringify(detail),
  ]);
}
