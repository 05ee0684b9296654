import type { Knex } from 'knex';
import type { RoleId } from '#server/domain/policy/role.ts';

/** A role in a part of the register, as it was granted. */
export type Grant = {
  readonly id: string;
  readonly accountId: string;
  readonly role: RoleId;
  readonly regions: readonly string[] | null;
  readonly jurisdictions: readonly string[];
  readonly fields: readonly string[] | null;
  readonly enterpriseId: string | null;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
};

export type Account = {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  readonly mustChangePassword: boolean;
  readonly isDisabled: boolean;
  readonly isDemo: boolean;
  readonly createdAt: Date;
};

export type NewAccount = Pick<Account, 'id' | 'name' | 'fullName' | 'mustChangePassword'> & {
  readonly passwordHash: string;
  readonly isDemo?: boolean;
  readonly now: number;
};

type AccountRow = {
  id: string;
  name: string;
  full_name: string;
  must_change_password: boolean;
  disabled_at: Date | null;
  is_demo: boolean;
  created_at: Date;
  password_hash: string | null;
};

type GrantRow = {
  id: string;
  account_id: string;
  role: RoleId;
  regions: string[] | null;
  jurisdictions: string[];
  fields: string[] | null;
  enterprise_id: string | null;
  expires_at: Date | null;
  created_at: Date;
};

const ACCOUNT = [
  'a.id',
  'a.name',
  'a.full_name',
  'a.must_change_password',
  'a.disabled_at',
  'a.is_demo',
  'a.created_at',
  'a.password_hash',
] as const;

const GRANT = [
  'g.id',
  'g.account_id',
  'g.role',
  'g.regions',
  'g.jurisdictions',
  'g.fields',
  'g.enterprise_id',
  'g.expires_at',
  'g.created_at',
] as const;

export async function hasAccounts(trx: Knex.Transaction): Promise<boolean> {
  const row = await trx('accounts as a').where('a.is_demo', false).first('a.id');
  return row !== undefined;
}

export async function listAccounts(trx: Knex.Transaction): Promise<readonly Account[]> {
  const rows = await trx('accounts as a')
    .select<AccountRow[]>(...ACCOUNT)
    .orderByRaw('lower(a.name)');
  return rows.map(toAccount);
}

export async function findAccount(trx: Knex.Transaction, id: string): Promise<Account | null> {
  const row = await trx('accounts as a')
    .where('a.id', id)
    .first<AccountRow | undefined>(...ACCOUNT);
  return row ? toAccount(row) : null;
}

/** With the password's hash: null where it has none yet. */
export async function findByName(
  trx: Knex.Transaction,
  name: string,
): Promise<{ readonly account: Account; readonly passwordHash: string | null } | null> {
  const row = await trx('accounts as a')
    .whereRaw('lower(a.name) = lower(?)', [name])
    .first<AccountRow | undefined>(...ACCOUNT);
  return row ? { account: toAccount(row), passwordHash: row.password_hash } : null;
}

/** Locks the account for the rest of the transaction; false: it is disabled, or its password is not this one any more. */
export async function holdsAccount(
  trx: Knex.Transaction,
  id: string,
  passwordHash: string | null,
): Promise<boolean> {
  const row = await trx('accounts as a')
    .where('a.id', id)
    .whereNull('a.disabled_at')
    .forShare()
    .first<{ password_hash: string | null } | undefined>('a.password_hash');
  return row !== undefined && row.password_hash === passwordHash;
}

export async function passwordHashOf(trx: Knex.Transaction, id: string): Promise<string | null> {
  const row = await trx('accounts as a')
    .where('a.id', id)
    .first<{ password_hash: string | null } | undefined>('a.password_hash');
  return row?.password_hash ?? null;
}

/** False where the name is taken. */
export async function insertAccount(trx: Knex.Transaction, account: NewAccount): Promise<boolean> {
  const now = new Date(account.now);
  const added = await trx('accounts')
    .insert({
      id: account.id,
      name: account.name,
      full_name: account.fullName,
      password_hash: account.passwordHash,
      must_change_password: account.mustChangePassword,
      is_demo: account.isDemo ?? false,
      created_at: now,
      updated_at: now,
    })
    .onConflict(trx.raw('(lower(name))'))
    .ignore()
    .returning<{ id: string }[]>('id');
  return added.length > 0;
}

export type AccountChange = {
  readonly fullName?: string;
  readonly isDisabled?: boolean;
  readonly password?: { readonly hash: string; readonly mustChange: boolean };
};

export async function updateAccount(
  trx: Knex.Transaction,
  id: string,
  { fullName, isDisabled, password }: AccountChange,
  now: number,
): Promise<void> {
  await trx('accounts')
    .where('id', id)
    .update({
      updated_at: new Date(now),
      ...(fullName !== undefined && { full_name: fullName }),
      ...(isDisabled !== undefined && { disabled_at: isDisabled ? new Date(now) : null }),
      ...(password && {
        password_hash: password.hash,
        must_change_password: password.mustChange,
      }),
    });
}

export async function accountNames(
  trx: Knex.Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await trx('accounts as a')
    .select<{ id: string; name: string }[]>('a.id', 'a.name')
    .whereIn('a.id', ids);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Those in force at a moment, oldest first; of one account, or of all. */
export async function grantsInForce(
  trx: Knex.Transaction,
  now: number,
  accountId?: string,
): Promise<readonly Grant[]> {
  const rows = await trx('grants as g')
    .select<GrantRow[]>(...GRANT)
    .whereNull('g.revoked_at')
    .whereRaw('(g.expires_at IS NULL OR g.expires_at > ?)', [new Date(now)])
    .modify((query) => {
      if (accountId !== undefined) query.where('g.account_id', accountId);
    })
    .orderBy(['g.created_at', 'g.id']);
  return rows.map(toGrant);
}

export async function insertGrant(
  trx: Knex.Transaction,
  grant: Omit<Grant, 'createdAt'>,
  by: { readonly accountId: string | null; readonly now: number },
): Promise<Grant> {
  const [row] = await trx('grants as g')
    .insert({
      id: grant.id,
      account_id: grant.accountId,
      role: grant.role,
      regions: grant.regions,
      jurisdictions: grant.jurisdictions,
      fields: grant.fields,
      enterprise_id: grant.enterpriseId,
      expires_at: grant.expiresAt,
      granted_by: by.accountId,
      created_at: new Date(by.now),
    })
    .returning<GrantRow[]>([...GRANT]);
  if (!row) throw new Error('The grant was not stored');
  return toGrant(row);
}

/** Null where there is none in force. */
export async function endGrant(
  trx: Knex.Transaction,
  id: string,
  now: number,
): Promise<Grant | null> {
  const [row] = await trx('grants as g')
    .where('g.id', id)
    .whereNull('g.revoked_at')
    .update({ revoked_at: new Date(now) })
    .returning<GrantRow[]>([...GRANT]);
  return row ? toGrant(row) : null;
}

/** Ends what the accounts of the demonstration can do, their sessions too. */
export async function endDemoAccounts(trx: Knex.Transaction, now: number): Promise<void> {
  await trx('accounts as a')
    .where('a.is_demo', true)
    .update({ disabled_at: new Date(now), password_hash: null });
  await trx('sessions as s')
    .whereIn('s.account_id', trx('accounts as a').select('a.id').where('a.is_demo', true))
    .delete();
}

function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    fullName: row.full_name,
    mustChangePassword: row.must_change_password,
    isDisabled: row.disabled_at !== null,
    isDemo: row.is_demo,
    createdAt: row.created_at,
  };
}

function toGrant(row: GrantRow): Grant {
  return {
    id: row.id,
    accountId: row.account_id,
    role: row.role,
    regions: row.regions,
    jurisdictions: row.jurisdictions,
    fields: row.fields,
    enterpriseId: row.enterprise_id,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
  };
}
