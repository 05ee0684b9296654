import type { Knex } from 'knex';
import type { Bilingual } from '#server/domain/bilingual.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import type { RowFault } from '#server/domain/import/evaluated-row.ts';
import type { ImportOptions, ImportReading } from './import-reading.ts';
import { SAME_FILE, toSameFile } from './same-file.store.ts';
import type { SameFile, SameFileRow } from './same-file.store.ts';

export type ImportState =
  | 'reading'
  | 'ready'
  | 'rejected'
  | 'committing'
  | 'committed'
  | 'failed'
  | 'cancelled';

export type Tally = { readonly new: number; readonly changed: number; readonly unchanged: number };

export const NO_TALLY: Tally = { new: 0, changed: 0, unchanged: 0 };

export type ImportOutcome = Tally & {
  readonly rows: number;
  readonly faulty: number;
  readonly warned: number;
  readonly missing: number;
  /** New risk points that name no enterprise. */
  readonly withoutEnterprise: number;
  readonly faultCount: number;
  readonly warningCount: number;
  readonly faults: readonly RowFault[];
  readonly warnings: readonly RowFault[];
  readonly effects: Readonly<
    Record<'enterprises' | 'riskPoints' | 'hazardSources' | 'measures' | 'assessments', Tally>
  >;
};

export type ImportRecord = {
  readonly id: string;
  readonly kind: ImportKind;
  readonly state: ImportState;
  readonly fileName: string | null;
  readonly mediaType: string;
  readonly bytes: number;
  readonly options: ImportOptions;
  readonly reading: ImportReading;
  readonly outcome: Partial<ImportOutcome>;
  readonly digest: string | null;
  readonly problem: Bilingual | null;
  readonly createdAt: Date;
  readonly committedAt: Date | null;
  readonly sameFileAs: SameFile | null;
};

type Row = {
  id: string;
  kind: ImportKind;
  state: ImportState;
  file_name: string | null;
  media_type: string;
  bytes: string;
  options: ImportOptions;
  reading: ImportReading;
  outcome: Partial<ImportOutcome>;
  digest: string | null;
  problem: Bilingual | null;
  created_at: Date;
  committed_at: Date | null;
  same_file_as: SameFileRow | null;
};

const COLUMNS = [
  ...['i.id', 'i.kind', 'i.state', 'i.file_name', 'i.media_type', 'i.bytes', 'i.options'],
  ...['i.reading', 'i.outcome', 'i.digest', 'i.problem', 'i.created_at', 'i.committed_at'],
];

const columnsOf = (trx: Knex.Transaction) => [...COLUMNS, trx.raw(SAME_FILE)];

export async function insertImport(
  trx: Knex.Transaction,
  row: Pick<ImportRecord, 'id' | 'kind' | 'fileName' | 'mediaType' | 'bytes' | 'options'> & {
    readonly sha256: string;
    readonly sameFileAs: string | null;
  },
): Promise<ImportRecord> {
  const [inserted] = await trx('imports as i')
    .insert({
      id: row.id,
      kind: row.kind,
      state: 'reading',
      file_name: row.fileName,
      media_type: row.mediaType,
      bytes: row.bytes,
      sha256: row.sha256,
      options: JSON.stringify(row.options),
      reading: JSON.stringify({ sameFileAs: row.sameFileAs }),
    })
    .returning<Row[]>(columnsOf(trx));
  if (!inserted) throw new Error('The import was not stored');
  return toRecord(inserted);
}

/** One import; null when there is none with the id. `lock` keeps other writers of it away until the transaction ends. */
export async function findImport(
  trx: Knex.Transaction,
  id: string,
  lock: 'lock' | 'look' = 'look',
): Promise<ImportRecord | null> {
  const query = trx('imports as i').select<Row[]>(columnsOf(trx)).where('i.id', id);
  if (lock === 'lock') void query.forUpdate();
  const [row] = await query;
  return row ? toRecord(row) : null;
}

export async function listImports(
  trx: Knex.Transaction,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly ImportRecord[]> {
  const query = trx('imports as i')
    .select<Row[]>(columnsOf(trx))
    .orderBy('i.id', 'desc')
    .limit(page.limit);
  if (page.after !== null) void query.where('i.id', '<', page.after);
  return (await query).map(toRecord);
}

export type ImportChange = Partial<
  Pick<ImportRecord, 'state' | 'options' | 'reading' | 'outcome' | 'digest' | 'problem'>
> & { readonly isCommitted?: boolean };

export async function updateImport(
  trx: Knex.Transaction,
  id: string,
  { isCommitted, ...change }: ImportChange,
): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const { state, options, reading, outcome, digest, problem } = change;
  await trx('imports as i')
    .where('i.id', id)
    .update({
      updated_at: trx.fn.now(),
      ...(state === undefined ? {} : { state }),
      ...(options === undefined ? {} : { options: json(options) }),
      ...(reading === undefined ? {} : { reading: json(reading) }),
      ...(outcome === undefined ? {} : { outcome: json(outcome) }),
      ...(digest === undefined ? {} : { digest }),
      ...(problem === undefined ? {} : { problem: json(problem) }),
      ...(isCommitted === true ? { committed_at: trx.fn.now() } : {}),
    });
}

/** Work that the end of the process cut short: what was being read is gone, what was being written was not written. */
export async function settleInterrupted(trx: Knex.Transaction, problem: Bilingual): Promise<void> {
  await trx.raw(
    `DELETE FROM import_rows r USING imports i WHERE i.id = r.import_id AND i.state = 'reading'`,
  );
  for (const table of ['import_results', 'import_subjects']) {
    await trx.raw('DELETE FROM ?? r USING imports i WHERE i.id = r.import_id AND i.state = ?', [
      table,
      'reading',
    ]);
  }
  await trx('imports as i')
    .where('i.state', 'reading')
    .update({ state: 'failed', problem: JSON.stringify(problem), updated_at: trx.fn.now() });
  await trx('imports as i')
    .where('i.state', 'committing')
    .update({ state: 'ready', updated_at: trx.fn.now() });
}

/**
 * Drops the staged rows of imports that nobody has touched for so many days; what they were stays on record. Those that
 * were not written are cancelled, with the reason.
 */
export async function dropOldRows(
  trx: Knex.Transaction,
  days: number,
  problem: Bilingual,
): Promise<void> {
  for (const table of ['import_subjects', 'import_results', 'import_rows']) {
    await trx.raw(
      `DELETE FROM ?? r USING imports i WHERE i.id = r.import_id
         AND i.state <> 'reading' AND i.updated_at < now() - make_interval(days => ?)`,
      [table, days],
    );
  }
  await trx.raw(
    `UPDATE imports i SET state = 'cancelled', problem = ?
     WHERE i.state IN ('ready', 'rejected') AND i.updated_at < now() - make_interval(days => ?)`,
    [JSON.stringify(problem), days],
  );
}

/** A saved mapping, or the one that was last used for a file of these headers. */
export async function findMapping(
  trx: Knex.Transaction,
  kind: ImportKind,
  by: { readonly headerKey: string } | { readonly id: string },
): Promise<SavedMapping | null> {
  const [row] = await trx('import_mappings as m')
    .select<SavedMapping[]>('m.id', 'm.mapping')
    .where({
      'm.kind': kind,
      ...('id' in by ? { 'm.id': by.id } : { 'm.header_key': by.headerKey }),
    })
    // Who sees the files of others is still offered his own.
    .whereRaw('id' in by ? 'true' : 'm.account_id IS NOT DISTINCT FROM scope_account()');
  return row ?? null;
}

export type SavedMapping = {
  readonly id: string;
  readonly mapping: Readonly<Record<string, string | null>>;
};

/** Returns the identifier by which the mapping is kept: of the same headers always the same. */
export async function keepMapping(
  trx: Knex.Transaction,
  row: {
    readonly id: string;
    readonly kind: ImportKind;
    readonly headerKey: string;
    readonly mapping: Readonly<Record<string, string | null>>;
  },
): Promise<string> {
  const [kept] = await trx('import_mappings')
    .insert({
      id: row.id,
      kind: row.kind,
      header_key: row.headerKey,
      mapping: JSON.stringify(row.mapping),
    })
    .onConflict(['kind', 'header_key', 'account_id'])
    .merge(['mapping', 'used_at'])
    .returning<{ id: string }[]>('id');
  if (!kept) throw new Error('The mapping was not kept');
  return kept.id;
}

function toRecord(row: Row): ImportRecord {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    fileName: row.file_name,
    mediaType: row.media_type,
    bytes: Number(row.bytes),
    options: row.options,
    reading: row.reading,
    outcome: row.outcome,
    digest: row.digest,
    problem: row.problem,
    createdAt: row.created_at,
    committedAt: row.committed_at,
    sameFileAs: row.same_file_as && toSameFile(row.same_file_as),
  };
}

export async function deleteImport(trx: Knex.Transaction, id: string): Promise<void> {
  await trx('imports as i').where('i.id', id).delete();
}
