import { v7 } from 'uuid';
import type { Database } from '#server/db/open-database.ts';
import { insertAccount, insertGrant } from '#server/features/accounts/accounts.store.ts';
import { insertKey } from '#server/features/accounts/keys.store.ts';
import { newToken, tokenHash } from '#server/features/accounts/secrets.ts';
import type { RoleId } from '#server/domain/policy/role.ts';

/** What a caller of a test is granted; limits that are left out do not hold. */
export type TestGrant = {
  readonly role: RoleId;
  readonly regions?: readonly string[];
  readonly jurisdictions?: readonly string[];
  readonly fields?: readonly string[];
  readonly enterpriseId?: string;
};

export type TestCaller = {
  readonly accountId: string;
  readonly name: string;
  /** Value of the Authorization header. */
  readonly authorization: string;
};

/** Whoever may do everything everywhere. */
export const EVERY_RIGHT: readonly TestGrant[] = [
  { role: 'assessor' },
  { role: 'auditor' },
  { role: 'administrator' },
];

/** An account with grants and a key, past the service; it cannot sign in with a password. */
export async function addCaller(
  database: Pick<Database, 'accounts'>,
  grants: readonly TestGrant[],
): Promise<TestCaller> {
  const accountId = v7();
  const secret = `rm_${newToken()}`;
  const name = `tester-${accountId.slice(-12)}`;
  // The clock of a test may be anywhere.
  const now = 0;
  await database.accounts(async (trx) => {
    const account = { id: accountId, name, fullName: '测试员', mustChangePassword: false };
    await insertAccount(trx, { ...account, passwordHash: '', now });
    for (const { role, regions, jurisdictions, fields, enterpriseId } of grants) {
      const limits = {
        regions: regions ?? null,
        jurisdictions: jurisdictions ?? [],
        fields: fields ?? null,
        enterpriseId: enterpriseId ?? null,
      };
      const grant = { id: v7(), accountId, role, ...limits, expiresAt: null };
      await insertGrant(trx, grant, { accountId: null, now });
    }
    await insertKey(trx, {
      id: v7(),
      accountId,
      name: 'test',
      prefix: secret.slice(0, 8),
      secretHash: tokenHash(secret),
      isReadOnly: false,
      regions: null,
      createdAt: new Date(now),
      expiresAt: new Date(Date.UTC(2200, 0)),
    });
  });
  return { accountId, name, authorization: `Bearer ${secret}` };
}
