import { noteAudit } from '#server/db/note-audit.ts';
import type { Work } from '#server/db/transaction.ts';
import { RuleViolationError } from '#server/domain/errors.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { passwordFault } from '#server/domain/policy/password-rule.ts';
import { grantsInForce, holdsAccount, updateAccount } from './accounts.store.ts';
import type { Account, Grant } from './accounts.store.ts';
import { isCommonPassword } from './common-passwords.ts';
import { hashPassword, newToken, tokenHash } from './secrets.ts';
import { endSessionsOf, forgetFailures, insertSession } from './sessions.store.ts';

/** After this a session is over, used or not. */
const LONGEST_MS = 12 * 3_600_000;

export type SessionDeps = {
  readonly accounts: <T>(work: Work<T>) => Promise<T>;
  readonly clock: () => number;
  readonly newId: () => string;
  /** Called after each change of who may do what. */
  readonly forget: () => void;
};

/** Somebody is signed in now; `token` is the session's. */
export type Opened = {
  readonly account: Account;
  readonly grants: readonly Grant[];
  readonly token: string;
};

/** The name or the password is wrong; which of them is not told. */
export class WrongPasswordError extends Error {
  override readonly name = 'WrongPasswordError';
}

/**
 * `verified`: the hash that the password was held against. Where it is another one by now, somebody has changed it in
 * the meantime and ended all sessions: this one too. Throws WrongPasswordError.
 */
export async function open(
  deps: SessionDeps,
  account: Account,
  verified: string | null,
): Promise<Opened> {
  const token = newToken();
  const now = deps.clock();
  const grants = await deps.accounts(async (trx) => {
    if (!(await holdsAccount(trx, account.id, verified))) {
      throw new WrongPasswordError('The password was changed meanwhile');
    }
    const session = { hash: tokenHash(token), accountId: account.id, now };
    await insertSession(trx, { ...session, expiresAt: now + LONGEST_MS });
    const subject = { subjectKind: 'accounts', subjectId: account.id };
    const detail = { name: account.name };
    await noteAudit(trx, { action: 'sign-in', ...subject, detail, by: account.id });
    return grantsInForce(trx, now, account.id);
  });
  return { account, grants, token };
}

/** A changed password ends every session of the account; the one who changed it gets a new one. */
export async function setPassword(
  deps: SessionDeps,
  account: Account,
  next: string,
): Promise<Opened> {
  const { accounts, clock, forget } = deps;
  const hash = await hashPassword(next);
  await accounts(async (trx) => {
    const password = { hash, mustChange: false };
    await updateAccount(trx, account.id, { password }, clock());
    await endSessionsOf(trx, account.id);
    const subject = { subjectKind: 'accounts', subjectId: account.id };
    await noteAudit(trx, { action: 'password-changed', ...subject, by: account.id });
    await forgetFailures(trx, account.id);
  });
  forget();
  return open(deps, { ...account, mustChangePassword: false }, hash);
}

/** Throws RuleViolationError at `pointer`. */
export function checkPassword(password: string, name: string, pointer: string): void {
  const common = isCommonPassword(password) ? COMMON : null;
  const fault = passwordFault(password, name) ?? common;
  if (fault) throw new RuleViolationError(fault, [{ pointer, detail: fault }]);
}

const COMMON: Bilingual = {
  zh: '这个密码在已泄露密码的名单中，请另选一个。',
  en: 'This password is on the list of those that became known in breaches; choose another.',
};
