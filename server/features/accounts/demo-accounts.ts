import type { Work } from '#server/db/transaction.ts';
import type { GrantRequest } from '#server/domain/policy/grant-rules.ts';
import { ROLE_IDS, ROLES } from '#server/domain/policy/role.ts';
import type { Role, RoleId } from '#server/domain/policy/role.ts';
import {
  endDemoAccounts,
  findByName,
  grantsInForce,
  endGrant,
  insertAccount,
  insertGrant,
  updateAccount,
} from './accounts.store.ts';
import { demoName } from './demonstration.ts';
import { firstPassword, hashPassword } from './secrets.ts';
import { endSessionsOf } from './sessions.store.ts';

/** The demonstration agency's contract ends some time after the start. */
const AGENCY_MS = 90 * 86_400_000;

export type DemoAccountsDeps = {
  readonly accounts: <T>(work: Work<T>) => Promise<T>;
  readonly clock: () => number;
  readonly newId: () => string;
};

export type DemoPlaces = {
  readonly enterpriseId: string;
  readonly cityCode: string;
  readonly field: string;
};

export type DemoLogin = { readonly name: string; readonly password: string };

/** One account for each role, with a password that is new at each start. Tells them; they are stored nowhere else. */
export async function renewDemoAccounts(
  deps: DemoAccountsDeps,
  places: DemoPlaces,
): Promise<readonly DemoLogin[]> {
  const logins = ROLE_IDS.map((role) => ({ role, password: firstPassword() }));
  const hashes = await Promise.all(logins.map(({ password }) => hashPassword(password)));
  await deps.accounts(async (trx) => {
    for (const [index, { role }] of logins.entries()) {
      await renew({ ...deps, trx }, role, hashes[index] ?? '', places);
    }
  });
  return logins.map(({ role, password }) => ({ name: demoName(role), password }));
}

/** Where the demonstration is not to be had (any more), its accounts cannot sign in. */
export function closeDemoAccounts({ accounts, clock }: DemoAccountsDeps): Promise<void> {
  return accounts((trx) => endDemoAccounts(trx, clock()));
}

type Renewing = Pick<DemoAccountsDeps, 'clock' | 'newId'> & {
  readonly trx: Parameters<Work<unknown>>[0];
};

async function renew(
  { trx, clock, newId }: Renewing,
  role: RoleId,
  passwordHash: string,
  places: DemoPlaces,
): Promise<void> {
  const now = clock();
  const name = demoName(role);
  const { names }: Role = ROLES[role];
  const fullName = `演示：${names.zh}`;
  const made = { id: newId(), name, fullName, passwordHash, mustChangePassword: false };
  await insertAccount(trx, { ...made, isDemo: true, now });
  const found = await findByName(trx, name);
  // A bureau may have an account of this name: it stays what it is.
  if (!found?.account.isDemo) return;
  const { id } = found.account;
  await updateAccount(
    trx,
    id,
    { fullName, isDisabled: false, password: { hash: passwordHash, mustChange: false } },
    now,
  );
  await endSessionsOf(trx, id);
  for (const grant of await grantsInForce(trx, now, id)) await endGrant(trx, grant.id, now);
  const { expiresAt, ...limits } = limitsOf(role, places, now);
  const grant = { ...limits, id: newId(), accountId: id, role };
  const ends = expiresAt === null ? null : new Date(expiresAt);
  await insertGrant(trx, { ...grant, expiresAt: ends }, { accountId: null, now });
}

/** Each role within the limits that it has in an office. */
function limitsOf(
  role: RoleId,
  { enterpriseId, cityCode, field }: DemoPlaces,
  now: number,
): Omit<GrantRequest, 'role'> {
  const whole = {
    regions: null,
    jurisdictions: [],
    fields: null,
    enterpriseId: null,
    expiresAt: null,
  };
  if (role === 'officer' || role === 'principal') return { ...whole, enterpriseId };
  if (role === 'regulator') return { ...whole, fields: [field] };
  if (role === 'grid') return { ...whole, regions: [cityCode] };
  if (role === 'agency') {
    return { ...whole, regions: [cityCode], expiresAt: new Date(now + AGENCY_MS).toISOString() };
  }
  return whole;
}
