import { noteAudit } from '#server/db/note-audit.ts';
import type { Work } from '#server/db/transaction.ts';
import { ConflictError, RuleViolationError } from '#server/domain/errors.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { passwordFault } from '#server/domain/policy/password-rule.ts';
import type { RoleId } from '#server/domain/policy/role.ts';
import {
  findAccount,
  findByName,
  grantsInForce,
  holdsAccount,
  insertAccount,
  insertGrant,
  passwordHashOf,
  updateAccount,
} from './accounts.store.ts';
import { isCommonPassword } from './common-passwords.ts';
import type { Account, Grant } from './accounts.store.ts';
import { endKeysOf } from './keys.store.ts';
import { hashPassword, isPassword, newToken, tokenHash } from './secrets.ts';
import {
  endSession,
  endSessionsOf,
  forgetFailures,
  insertLink,
  insertSession,
  noteFailure,
  useLink,
  waitOf,
} from './sessions.store.ts';

/** After this a session is over, used or not. */
const LONGEST_MS = 12 * 3_600_000;
const SET_UP_MS = 7 * 86_400_000;

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

/** Too many refusals in a row for this name. */
export class LockedOutError extends Error {
  override readonly name = 'LockedOutError';
  readonly seconds: number;

  constructor(milliseconds: number) {
    super('Too many refusals in a row');
    this.seconds = Math.ceil(milliseconds / 1000);
  }
}

/** The one-time address was used, has expired, or never was. */
export class LinkUsedError extends Error {
  override readonly name = 'LinkUsedError';
}

export type SessionService = ReturnType<typeof createSessions>;

export function createSessions(deps: SessionDeps) {
  return {
    signIn: (name: string, password: string) => signIn(deps, name, password),
    /** Without a password; whether that is allowed here is the caller's matter. Throws ConflictError. */
    signInAs: (name: string) => signInAs(deps, name),
    signOut: async (token: string): Promise<void> => {
      await deps.accounts(async (trx) => {
        await endSession(trx, tokenHash(token));
        await noteAudit(trx, { action: 'sign-out' });
      });
      deps.forget();
    },
    who: (accountId: string) => who(deps, accountId),
    changePassword: (accountId: string, current: string, next: string) =>
      changePassword(deps, accountId, current, next),
    setUp: (request: SetUpRequest) => setUp(deps, request),
    recover: (token: string, password: string) => recover(deps, token, password),
    newSetUpToken: () => newSetUpToken(deps),
  };
}

type Who = Omit<Opened, 'token'>;

async function who({ accounts, clock }: SessionDeps, accountId: string): Promise<Who | null> {
  return accounts(async (trx) => {
    const account = await findAccount(trx, accountId);
    return account && { account, grants: await grantsInForce(trx, clock(), accountId) };
  });
}

async function signIn(deps: SessionDeps, name: string, password: string): Promise<Opened> {
  const { accounts } = deps;
  const found = await accounts((trx) => findByName(trx, name));
  // An account is one, in whatever capitals its name is typed; the database may fold more of them than JavaScript.
  const nameKey = found?.account.id ?? name.toLowerCase();
  await takeTry(deps, nameKey);
  // No transaction is open meanwhile: on a pool of one everybody else would wait.
  const isRight = await isPassword(found?.passwordHash ?? null, password);
  if (!found || !isRight || found.account.isDisabled) {
    // A name that nobody has may be a password in the wrong field.
    const subject = found && { subjectKind: 'accounts', subjectId: found.account.id };
    await accounts((trx) => noteAudit(trx, { action: 'sign-in-refused', ...subject }));
    throw new WrongPasswordError('The name or the password is wrong');
  }
  await accounts((trx) => forgetFailures(trx, nameKey));
  return open(deps, found.account, found.passwordHash);
}

/**
 * Counts a try as failed before it is looked at, and forgets it when it was right: however many come at once, no more
 * than a few are looked at. Throws LockedOutError.
 */
async function takeTry({ accounts, clock }: SessionDeps, nameKey: string): Promise<void> {
  const wait = await accounts(async (trx) => {
    const left = await waitOf(trx, nameKey, clock());
    if (left === 0) await noteFailure(trx, nameKey, clock());
    return left;
  });
  if (wait > 0) throw new LockedOutError(wait);
}

/**
 * `verified`: the hash that the password was held against. Where it is another one by now, somebody has changed it in
 * the meantime and ended all sessions: this one too. Throws WrongPasswordError.
 */
async function open(deps: SessionDeps, account: Account, verified: string | null): Promise<Opened> {
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

async function signInAs(deps: SessionDeps, name: string): Promise<Opened> {
  const found = await deps.accounts((trx) => findByName(trx, name));
  if (!found?.account.isDemo) throw new ConflictError(NO_DEMO_ACCOUNT);
  return open(deps, found.account, found.passwordHash);
}

async function changePassword(
  deps: SessionDeps,
  accountId: string,
  current: string,
  next: string,
): Promise<Opened> {
  const { accounts } = deps;
  const [account, stored] = await accounts(async (trx) => [
    await findAccount(trx, accountId),
    await passwordHashOf(trx, accountId),
  ]);
  if (account === null) throw new WrongPasswordError('The account is gone');
  if (account.isDemo) throw new ConflictError(DEMO_PASSWORD);
  const nameKey = account.id;
  await takeTry(deps, nameKey);
  if (!(await isPassword(stored, current))) {
    throw new RuleViolationError(NOT_CURRENT, [{ pointer: '/current', detail: NOT_CURRENT }]);
  }
  await accounts((trx) => forgetFailures(trx, nameKey));
  checkPassword(next, account.name, '/next');
  if (next === current) throw new RuleViolationError(SAME, [{ pointer: '/next', detail: SAME }]);
  return setPassword(deps, account, next);
}

/** A changed password ends every session of the account; the one who changed it gets a new one. */
async function setPassword(deps: SessionDeps, account: Account, next: string): Promise<Opened> {
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

export type SetUpRequest = {
  readonly token: string;
  readonly name: string;
  readonly fullName: string;
  readonly password: string;
};

const FIRST_ROLES: readonly RoleId[] = ['administrator'];

async function setUp(deps: SessionDeps, request: SetUpRequest): Promise<Opened> {
  const { accounts, clock, newId, forget } = deps;
  checkPassword(request.password, request.name, '/password');
  const passwordHash = await hashPassword(request.password);
  const now = clock();
  const id = newId();
  const account = await accounts(async (trx) => {
    if ((await useLink(trx, tokenHash(request.token), 'set-up', now)) === null) {
      throw new LinkUsedError('The one-time address is of no use');
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

async function recover(deps: SessionDeps, token: string, password: string): Promise<Opened> {
  const { accounts, clock } = deps;
  const account = await accounts(async (trx) => {
    const link = await useLink(trx, tokenHash(token), 'recovery', clock());
    const found = link?.accountId == null ? null : await findAccount(trx, link.accountId);
    if (found === null || found.isDisabled) throw new LinkUsedError('The address is of no use');
    // Thrown inside: a password that is refused leaves the address good.
    checkPassword(password, found.name, '/password');
    await endKeysOf(trx, found.id, clock());
    return found;
  });
  return setPassword(deps, account, password);
}

/** A new address each time it is asked for; earlier ones end. */
async function newSetUpToken({ accounts, clock }: SessionDeps): Promise<string> {
  const token = newToken();
  const now = clock();
  const link = { hash: tokenHash(token), purpose: 'set-up' as const, accountId: null };
  await accounts((trx) => insertLink(trx, { ...link, now, expiresAt: now + SET_UP_MS }));
  return token;
}

function checkPassword(password: string, name: string, pointer: string): void {
  const common = isCommonPassword(password) ? COMMON : null;
  const fault = passwordFault(password, name) ?? common;
  if (fault) throw new RuleViolationError(fault, [{ pointer, detail: fault }]);
}

const COMMON: Bilingual = {
  zh: '这个密码在已泄露密码的名单中，请另选一个。',
  en: 'This password is on the list of those that became known in breaches; choose another.',
};
const NAME_TAKEN: Bilingual = {
  zh: '该账号名已被使用。',
  en: 'This name is taken.',
};
const NO_DEMO_ACCOUNT: Bilingual = {
  zh: '此处没有演示账号。',
  en: 'There are no demonstration accounts here.',
};
const DEMO_PASSWORD: Bilingual = {
  zh: '演示账号的密码在每次启动时重新生成，不能更改。',
  en: 'The password of a demonstration account is new at each start and cannot be changed.',
};
const NOT_CURRENT: Bilingual = {
  zh: '当前密码不正确。',
  en: 'The present password is wrong.',
};
const SAME: Bilingual = {
  zh: '新密码不能与当前密码相同。',
  en: 'The new password must differ from the present one.',
};
