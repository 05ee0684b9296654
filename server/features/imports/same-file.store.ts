import type { Knex } from 'knex';
import type { ImportKind } from '#server/domain/import/import-kind.ts';

/** An earlier import, not given up, of the very same file. */
export type SameFile = {
  readonly id: string;
  readonly fileName: string | null;
  readonly createdAt: Date;
  readonly committedAt: Date | null;
};

/** As JSON of the database has it. */
export type SameFileRow = {
  readonly id: string;
  readonly fileName: string | null;
  readonly createdAt: string;
  readonly committedAt: string | null;
};

const NOT_GIVEN_UP = `o.state IN ('reading', 'ready', 'rejected', 'committing', 'committed')`;

/** Column of imports i: the one that was noted when the file came, as it is now. */
export const SAME_FILE = `(SELECT jsonb_build_object('id', o.id, 'fileName', o.file_name,
    'createdAt', o.created_at, 'committedAt', o.committed_at) FROM imports o
  WHERE o.id = (i.reading ->> 'sameFileAs')::uuid AND ${NOT_GIVEN_UP}) AS same_file_as`;

export function toSameFile({ createdAt, committedAt, ...same }: SameFileRow): SameFile {
  return {
    ...same,
    createdAt: new Date(createdAt),
    committedAt: committedAt === null ? null : new Date(committedAt),
  };
}

export type FileContent = {
  readonly kind: ImportKind;
  readonly sha256: string;
  readonly sheet: string | null;
};

/**
 * Identifier of the last import of the same bytes within a month, read as the same kind from the same sheet; one that
 * was written before one that is open; null: none.
 */
export async function findSameFile(
  trx: Knex.Transaction,
  { kind, sha256, sheet }: FileContent,
): Promise<string | null> {
  const result = await trx.raw<{ rows: { id: string }[] }>(
    `SELECT o.id FROM imports o
     WHERE o.sha256 = :sha256 AND o.kind = :kind AND o.options ->> 'sheet' IS NOT DISTINCT FROM CAST(:sheet AS text)
       AND o.created_at > now() - interval '1 month' AND ${NOT_GIVEN_UP}
     ORDER BY o.committed_at IS NOT NULL DESC, o.id DESC LIMIT 1`,
    { kind, sha256, sheet },
  );
  return result.rows[0]?.id ?? null;
}
