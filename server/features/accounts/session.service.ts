import { noteAudit } from '#server/db/note-audit.ts';
import { ConflictError, RuleViolationError } from '#server/domain/errors.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { findAccount, findByName, grantsInForce, passwordHashOf } from './accounts.store.ts';
import { lookAtLink, newSetUpToken, recover, setUp } from './one-time-links.service.ts';
import type { SetUpRequest } from './one-time-links.service.ts';
import { checkPassword, open, setPassword, WrongPasswordError } from './open-session.service.ts';
import type { Opened, SessionDeps } from './open-session.service.ts';
import { isPassword, tokenHash } from './secrets.ts';
import { endSession, forgetFailures, noteFailure, waitOf } from './sessions.store.ts';
import type { LinkPurpose } from './sessions.store.ts';

/** Too many refusals in a row for this name. */
export class LockedOutError extends Error {
  override readonly name = 'LockedOutError';
  readonly seconds: number;

  constructor(milliseconds: number) {
    super('Too many refusals in a row');
    this.seconds = Math.ceil(milliseconds / 1000);
  }
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
    lookAtLink: (token: string, purpose: LinkPurpose) => lookAtLink(deps, token, purpose),
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
