import type { Knex } from 'knex';

export type ApiKey = {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly prefix: string;
  readonly isReadOnly: boolean;
  readonly regions: readonly string[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

type Row = {
  id: string;
  account_id: string;
  name: string;
  prefix: string;
  is_read_only: boolean;
  regions: string[] | null;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
};

const COLUMNS = [
  'k.id',
  'k.account_id',
  'k.name',
  'k.prefix',
  'k.is_read_only',
  'k.regions',
  'k.created_at',
  'k.expires_at',
  'k.used_at',
] as const;

/** Those that are of use, newest first. */
export async function listKeys(
  trx: Knex.Transaction,
  accountId: string,
  now: number,
): Promise<readonly ApiKey[]> {
  const rows = await trx('api_keys as k')
    .select<Row[]>(...COLUMNS)
    .where('k.account_id', accountId)
    .whereNull('k.revoked_at')
    .where('k.expires_at', '>', new Date(now))
    .orderBy([{ column: 'k.created_at', order: 'desc' }, 'k.id']);
  return rows.map(toKey);
}

export async function findKey(
  trx: Knex.Transaction,
  hash: Buffer,
  now: number,
): Promise<ApiKey | null> {
  const row = await trx('api_keys as k')
    .where('k.secret_hash', hash)
    .whereNull('k.revoked_at')
    .where('k.expires_at', '>', new Date(now))
    .first<Row | undefined>(...COLUMNS);
  return row ? toKey(row) : null;
}

export async function insertKey(
  trx: Knex.Transaction,
  key: Omit<ApiKey, 'usedAt'> & { readonly secretHash: Buffer },
): Promise<ApiKey> {
  const [row] = await trx('api_keys as k')
    .insert({
      id: key.id,
      account_id: key.accountId,
      name: key.name,
      prefix: key.prefix,
      secret_hash: key.secretHash,
      is_read_only: key.isReadOnly,
      regions: key.regions,
      created_at: key.createdAt,
      expires_at: key.expiresAt,
    })
    .returning<Row[]>([...COLUMNS]);
  if (!row) throw new Error('The key was not stored');
  return toKey(row);
}

export async function noteUse(trx: Knex.Transaction, id: string, now: number): Promise<void> {
  await trx('api_keys')
    .where('id', id)
    .update({ used_at: new Date(now) });
}

/** Of an account whose password somebody else may have known. */
export async function endKeysOf(
  trx: Knex.Transaction,
  accountId: string,
  now: number,
): Promise<void> {
  await trx('api_keys')
    .where('account_id', accountId)
    .whereNull('revoked_at')
    .update({ revoked_at: new Date(now) });
}

/** Null where the account has no such key. */
export async function endKey(
  trx: Knex.Transaction,
  { id, accountId, now }: { readonly id: string; readonly accountId: string; readonly now: number },
): Promise<ApiKey | null> {
  const [row] = await trx('api_keys as k')
    .where({ 'k.id': id, 'k.account_id': accountId })
    .whereNull('k.revoked_at')
    .update({ revoked_at: new Date(now) })
    .returning<Row[]>([...COLUMNS]);
  return row ? toKey(row) : null;
}

function toKey(row: Row): ApiKey {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    prefix: row.prefix,
    isReadOnly: row.is_read_only,
    regions: row.regions,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  };
}
