import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { Caller } from '#server/domain/policy/caller.ts';
import { hasPermission } from '#server/domain/policy/role.ts';
import { isRole } from '#server/domain/policy/grant-rules.ts';
import { PERMISSIONS } from '#server/domain/policy/permission.ts';
import { csrfTokenOf, sessionCookie } from '#server/http/credentials.ts';
import { mount } from '#server/http/mount.ts';
import { RequestRefusedError } from '#server/http/request-errors.ts';
import type { Sender } from '#server/http/sender.ts';
import type { Demonstration } from './demonstration.ts';
import {
  changePassword,
  getSession,
  lookAtLink,
  recover,
  setUp,
  signIn,
  signInAsDemo,
  signOut,
} from './session.contract.ts';
import type { session } from './session.contract.ts';
import { LinkUsedError } from './one-time-links.service.ts';
import { WrongPasswordError } from './open-session.service.ts';
import type { Opened } from './open-session.service.ts';
import { LockedOutError } from './session.service.ts';
import type { SessionService } from './session.service.ts';

export type SessionRoutesDeps = {
  readonly sessions: SessionService;
  readonly demonstration: Demonstration;
  /** The service is for this machine only: what comes from it goes over no line. */
  readonly isLocalOnly: boolean;
  /** A limit of its own: each try costs a hash. */
  readonly limit: RequestHandler;
};

type Session = z.output<typeof session>;
type Asked = {
  readonly sender: Sender;
  readonly setCookie: (cookie: string) => void;
};

export function sessionRoutes(deps: SessionRoutesDeps): Router {
  const router = Router();
  mountSession(router, deps);
  mountPasswords(router, deps);
  return router;
}

/** Whoever comes in by `work` gets a session, its cookie and its token. */
async function opened(
  deps: SessionRoutesDeps,
  { sender, setCookie }: Asked,
  work: () => Promise<Opened>,
): Promise<Session> {
  const { isHere } = checkLine(deps, sender);
  const { account, grants, token } = await explained(work);
  setCookie(sessionCookie(token, !isHere));
  return toSession({ account, grants }, token, await deps.demonstration.isOpenTo(sender));
}

/** A password, or what is as good, that goes over an open line is everybody's; on the machine itself it goes over none. */
function checkLine(
  { isLocalOnly }: SessionRoutesDeps,
  { isLocal, isEncrypted }: Sender,
): { readonly isHere: boolean } {
  const isHere = isLocalOnly && isLocal;
  if (!isHere && !isEncrypted) throw new RequestRefusedError('forbidden', OPEN_LINE);
  return { isHere };
}

function mountSession(router: Router, deps: SessionRoutesDeps): void {
  const { sessions, demonstration, limit: before } = deps;
  mount(router, getSession, async ({ caller, credentials, sender }) => {
    const who = caller === null ? null : await sessions.who(caller.accountId);
    const token = credentials?.kind === 'session' ? credentials.token : null;
    return toSession(who, token, await demonstration.isOpenTo(sender));
  });
  mount(
    router,
    signIn,
    (input) => opened(deps, input, () => sessions.signIn(input.body.name, input.body.password)),
    { before },
  );
  mount(
    router,
    signInAsDemo,
    (input) => opened(deps, input, () => demonstration.signIn(input.sender, input.body.role)),
    { before },
  );
  mount(router, signOut, async ({ credentials, sender, setCookie }) => {
    if (credentials?.kind === 'session') await sessions.signOut(credentials.token);
    setCookie(sessionCookie(null, true));
    setCookie(sessionCookie(null, false));
    return toSession(null, null, await demonstration.isOpenTo(sender));
  });
}

function mountPasswords(router: Router, deps: SessionRoutesDeps): void {
  const { sessions, limit: before } = deps;
  mount(
    router,
    changePassword,
    (input) => {
      const { current, next } = input.body;
      const change = () => sessions.changePassword(ownId(input.caller), current, next);
      return opened(deps, input, change);
    },
    { before },
  );
  mount(router, setUp, (input) => opened(deps, input, () => sessions.setUp(input.body)), {
    before,
  });
  mount(
    router,
    recover,
    (input) => opened(deps, input, () => sessions.recover(input.body.token, input.body.password)),
    { before },
  );
  mount(
    router,
    lookAtLink,
    async ({ body, sender }) => {
      checkLine(deps, sender);
      const { account, expiresAt } = await explained(() =>
        sessions.lookAtLink(body.token, body.purpose),
      );
      const whose = account && { name: account.name, fullName: account.fullName };
      return { account: whose, expiresAt: expiresAt.toISOString() };
    },
    { before },
  );
}

/** Of a signed-in session; a key cannot change the password of its account. */
function ownId(caller: Caller): string {
  if (caller === null || caller.keyId !== null) {
    throw new RequestRefusedError('forbidden', ONLY_IN_SESSION);
  }
  return caller.accountId;
}

function toSession(
  who: Pick<Opened, 'account' | 'grants'> | null,
  token: string | null,
  isDemonstration: boolean,
): Session {
  const roles = [...new Set((who?.grants ?? []).map(({ role }) => role))];
  return {
    account: who && {
      id: who.account.id,
      name: who.account.name,
      fullName: who.account.fullName,
      mustChangePassword: who.account.mustChangePassword,
      isDemo: who.account.isDemo,
    },
    roles,
    permissions: PERMISSIONS.filter((permission) =>
      roles.some((role) => isRole(role) && hasPermission(role, permission)),
    ),
    isLimited: who !== null && !who.grants.some(readsAll),
    csrfToken: token === null || who === null ? null : csrfTokenOf(token),
    demonstration: isDemonstration,
  };
}

function readsAll({
  role,
  regions,
  jurisdictions,
  fields,
  enterpriseId,
}: Opened['grants'][number]): boolean {
  const isWhole =
    regions === null && jurisdictions.length === 0 && fields === null && enterpriseId === null;
  return isWhole && hasPermission(role, 'register.read');
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WrongPasswordError) {
      throw new RequestRefusedError('unauthenticated', WRONG);
    }
    if (error instanceof LockedOutError) {
      const { seconds } = error;
      const minutes = Math.ceil(seconds / 60);
      const detail = {
        zh: `连续多次未能登录，请在 ${minutes} 分钟后重试。`,
        en: `Too many refusals in a row; try again in ${minutes} min.`,
      };
      throw new RequestRefusedError('too-many-requests', detail, {
        'Retry-After': String(seconds),
      });
    }
    if (error instanceof LinkUsedError) {
      throw new RequestRefusedError('gone', error.purpose === 'set-up' ? SET_UP_USED : USED);
    }
    throw error;
  }
}

const WRONG = { zh: '账号名或密码不正确。', en: 'The name or the password is wrong.' };
const USED = {
  zh: '该一次性地址已使用或已过期，请向管理员索取新的地址。',
  en: 'This one-time address was used or has expired; ask an administrator for a new one.',
};
const SET_UP_USED = {
  zh: '该一次性地址已使用或已过期。还没有管理员时，重新启动服务会显示新的地址。',
  en: 'This one-time address was used or has expired. As long as there is no administrator, each start of the service prints a new one.',
};
const OPEN_LINE = {
  zh: '不能通过未加密的 http 登录。请经由 https 访问（反向代理须发送 X-Forwarded-Proto: https，并列入 TRUSTED_PROXIES）。',
  en: 'Signing in over plain http is refused. Come by https (a proxy sends X-Forwarded-Proto: https and stands in TRUSTED_PROXIES).',
};
const ONLY_IN_SESSION = {
  zh: '密码只能在登录后更改。',
  en: 'A password is changed in a session, not with a key.',
};
