import { ConflictError } from '#server/domain/errors.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import type { RoleId } from '#server/domain/policy/role.ts';
import { findAccount, insertAccount, insertGrant } from './accounts.store.ts';
import type { Account } from './accounts.store.ts';
import { endKeysOf } from './keys.store.ts';
import { checkPassword, open, setPassword } from './open-session.service.ts';
import type { Opened, SessionDeps } from './open-session.service.ts';
import { hashPassword, newToken, tokenHash } from './secrets.ts';
import { findLink, insertLink, useLink } from './sessions.store.ts';
import type { LinkPurpose } from './sessions.store.ts';

const SET_UP_MS = 7 * 86_400_000;

/** The one-time address was used, has expired, or never was. */
export class LinkUsedError extends Error {
  override readonly name = 'LinkUsedError';

  readonly purpose: LinkPurpose;

  constructor(purpose: LinkPurpose) {
    super('The one-time address is of no use');
    this.purpose = purpose;
  }
}

/** What a one-time address is good for: null for the first administrator, else the account that gets a new password. */
export type LinkUse = { readonly account: Account | null; readonly expiresAt: Date };

/** Changes nothing. Throws LinkUsedError. */
export async function lookAtLink(
  { accounts, clock }: SessionDeps,
  token: string,
  purpose: LinkPurpose,
): Promise<LinkUse> {
  return accounts(async (trx) => {
    const link = await findLink(trx, tokenHash(token), purpose, clock());
    const { accountId = null } = link ?? {};
    const account = accountId === null ? null : await findAccount(trx, accountId);
    const isOfUse = purpose === 'set-up' || (account !== null && !account.isDisabled);
    if (link === null || !isOfUse) throw new LinkUsedError(purpose);
    return { account, expiresAt: link.expiresAt };
  });
}

export type SetUpRequest = {
  readonly token: string;
  readonly name: string;
  readonly fullName: string;
  readonly password: string;
};

const FIRST_ROLES: readonly RoleId[] = ['administrator'];

/** The first administrator. Throws LinkUsedError, RuleViolationError, ConflictError. */
export async function setUp(deps: SessionDeps, request: SetUpRequest): Promise<Opened> {
  const { accounts, clock, newId, forget } = deps;
  checkPassword(request.password, request.name, '/password');
  const passwordHash = await hashPassword(request.password);
  const now = clock();
  const id = newId();
  const account = await accounts(async (trx) => {
    if ((await useLink(trx, tokenHash(request.token), 'set-up', now)) === null) {
      throw new LinkUsedError('set-up');
    }
    const { name, fullName } = request;
    const made = { id, name, fullName, passwordHash, mustChangePassword: false, now };
    if (!(await insertAccount(trx, made))) throw new ConflictError(NAME_TAKEN);
    for (const role of FIRST_ROLES) {
      const whole = { regions: null, jurisdictions: [], fields: null, enterpriseId: null };
      const grant = { id: newId(), accountId: id, role, expiresAt: null, ...whole };
      await insertGrant(trx, grant, { accountId: null, now });
    }
    return findAccount(trx, id);
  });
  forget();
  if (account === null) throw new Error('The account was not stored');
  return open(deps, account, passwordHash);
}

/** A new password by a one-time address; the account's keys and sessions end. Throws LinkUsedError, RuleViolationError. */
export async function recover(deps: SessionDeps, token: string, password: string): Promise<Opened> {
  const { accounts, clock } = deps;
  const account = await accounts(async (trx) => {
    const link = await useLink(trx, tokenHash(token), 'recovery', clock());
    const found = link?.accountId == null ? null : await findAccount(trx, link.accountId);
    if (found === null || found.isDisabled) throw new LinkUsedError('recovery');
    // Thrown inside: a password that is refused leaves the address good.
    checkPassword(password, found.name, '/password');
    await endKeysOf(trx, found.id, clock());
    return found;
  });
  return setPassword(deps, account, password);
}

/** A new address each time it is asked for; earlier ones end. */
export async function newSetUpToken({ accounts, clock }: SessionDeps): Promise<string> {
  const token = newToken();
  const now = clock();
  const link = { hash: tokenHash(token), purpose: 'set-up' as const, accountId: null };
  await accounts((trx) => insertLink(trx, { ...link, now, expiresAt: now + SET_UP_MS }));
  return token;
}

const NAME_TAKEN: Bilingual = {
  zh: '该账号名已被使用。',
  en: 'This name is taken.',
};
