import type { Request, RequestHandler, Response } from 'express';
import type { Endpoint } from '../contract/endpoint.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { decide } from '../domain/policy/caller.ts';
import type { Caller, SignedIn } from '../domain/policy/caller.ts';
import type { Access } from '../domain/policy/permission.ts';
import { isViewed } from '../domain/policy/view-as.ts';
import type { View } from '../domain/policy/view-as.ts';
import { credentialsOf, csrfTokenOf, isSameSecret, sessionCookie } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { admit } from './cost-limits.ts';
import { READING } from './reading-methods.ts';
import { RequestRefusedError } from './request-errors.ts';
import { viewOf } from './view-as.ts';
import { senderOf } from './sender.ts';

/** What the edge has to know of accounts. */
export type Callers = {
  /** Whose the credentials are; null: nobody's any more. */
  readonly find: (credentials: Credentials) => Promise<SignedIn | null>;
  /** The caller as a view leaves him; null: whoever is not signed in. */
  readonly viewed: (caller: SignedIn, view: View) => Promise<Caller>;
  /** Runs work in the caller's name: it sees what he may see. */
  readonly enter: <T>(caller: Caller, access: Access, from: RequestOrigin, work: () => T) => T;
  /** Notes in the audit what the present caller was told. */
  readonly note: (noted: Noted) => Promise<void>;
};

/** What the audit is told of a request. */
export type Noted = {
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** Where a request comes from, for the audit. */
export type RequestOrigin = { readonly address: string; readonly requestId: string };

/** App setting. Without it everybody is nobody, and nothing has a scope. */
export const CALLERS = 'callers';

const NOBODY: Callers = {
  find: () => Promise.resolve(null),
  viewed: (caller) => Promise.resolve(caller),
  enter: (_caller, _access, _from, work) => work(),
  note: () => Promise.resolve(),
};

function callersOf(req: Request): Callers {
  return (req.app.get(CALLERS) as Callers | undefined) ?? NOBODY;
}

/**
 * The caller of a request, where he may use the operation. Throws RequestRefusedError: 401 for credentials that are
 * nobody's and where some are needed, 403 for a change that a foreign page may have sent and without the permission.
 */
export async function authorise(req: Request, res: Response, access: Access): Promise<Caller> {
  const credentials = credentialsOf(req);
  admit(req, credentials === null ? 'nobody' : 'unknown');
  const caller = credentials === null ? null : await known(req, res, credentials);
  // The same address gives others other answers.
  res.vary('Cookie').vary('Authorization');
  if (caller !== null) {
    res.locals['caller'] = caller;
    res.set('Cache-Control', 'private, no-cache');
    admit(req, caller);
  }
  const seeing = caller && isViewed(access) ? await seen(req, res, caller) : caller;
  const decision = decide(seeing, access);
  if (decision === 'unauthenticated') throw new RequestRefusedError('unauthenticated', NEEDED, ASK);
  if (decision === 'change-password') throw new RequestRefusedError('forbidden', CHANGE_FIRST);
  if (decision === 'forbidden') {
    throw new RequestRefusedError('forbidden', reasonOf(caller, seeing));
  }
  if (credentials !== null && credentials !== 'malformed') checkForgery(req, credentials);
  return seeing;
}

function reasonOf(caller: Caller, seeing: Caller): Bilingual {
  if (caller !== null && seeing !== caller) return NOTHING_LEFT;
  return caller !== null && caller.keyId !== null && caller.isReadOnly
    ? READ_ONLY_KEY
    : NO_PERMISSION;
}

/** Through whose eyes he wants to look. */
async function seen(req: Request, res: Response, caller: SignedIn): Promise<Caller> {
  res.vary('X-View-As');
  const view = viewOf(req);
  if (view === null) return caller;
  // A key that is made or taken back is a change too, whatever permission it needs.
  if (view.kind !== 'public' && !READING.has(req.method)) {
    throw new RequestRefusedError('forbidden', ONLY_LOOKING);
  }
  return callersOf(req).viewed(caller, view);
}

async function known(
  req: Request,
  res: Response,
  credentials: Credentials | 'malformed',
): Promise<SignedIn> {
  const caller = credentials === 'malformed' ? null : await callersOf(req).find(credentials);
  if (caller !== null) return caller;
  // A browser would send the dead cookie for ever.
  if (req.headers.authorization === undefined) {
    res.append('Set-Cookie', [sessionCookie(null, true), sessionCookie(null, false)]);
  }
  throw new RequestRefusedError('unauthenticated', NOT_VALID, ASK);
}

/** Programs with a key are no browser: no page can make them send anything. */
function checkForgery(req: Request, credentials: Credentials): void {
  if (credentials.kind === 'key' || READING.has(req.method)) return;
  const given = req.headers['x-csrf-token'];
  if (typeof given === 'string' && isSameSecret(given, csrfTokenOf(credentials.token))) return;
  throw new RequestRefusedError('forbidden', NO_TOKEN);
}

type Guarded = { readonly access: Access; readonly ignoresCredentials?: boolean };

/** Before anything of the request is read: who asks, and whether he may. */
export function authorised({ access, ignoresCredentials }: Guarded): RequestHandler {
  return async (req, res, next) => {
    // Who signs in may still have the cookie of a session that has ended.
    if (ignoresCredentials) admit(req, 'nobody');
    res.locals['caller'] = ignoresCredentials ? null : await authorise(req, res, access);
    next();
  };
}

/** Whom `authorised` has let through. */
export function callerOf(res: Response): Caller {
  return (res.locals['caller'] ?? null) as Caller;
}

/** Runs a handler in the name of its caller. */
export function inCallersName<T>(req: Request, caller: Caller, access: Access, work: () => T): T {
  const from = { address: senderOf(req).address, requestId: req.id as string };
  return callersOf(req).enter(caller, access, from, work);
}

type Audited = Pick<Endpoint, 'access' | 'audited'>;

/** Notes an answer that its endpoint wants noted, before it is sent: what nobody noted was told to nobody. */
export async function noteAnswer(
  req: Request,
  caller: Caller,
  { access, audited }: Audited,
  { params, query }: { readonly params: unknown; readonly query: unknown },
): Promise<void> {
  if (audited === undefined) return;
  const { id } = (params ?? {}) as { readonly id?: string };
  const noted: Noted = {
    action: audited.action,
    subjectKind: audited.subject,
    ...(id !== undefined && { subjectId: id }),
    ...((audited.action === 'export' || id === undefined) && { detail: { query } }),
  };
  await inCallersName(req, caller, access, () => callersOf(req).note(noted));
}

const ASK = { 'WWW-Authenticate': 'Bearer realm="risk-map"' };
const NEEDED = { zh: '此处需要登录。', en: 'This needs signing in.' };
const NOT_VALID = {
  zh: '登录已失效，或密钥无效、已过期。请重新登录。',
  en: 'The session has ended, or the key is not valid any more. Sign in again.',
};
const CHANGE_FIRST = {
  zh: '请先更改初始密码。',
  en: 'Change the first password before anything else.',
};
const NO_PERMISSION = {
  zh: '您的角色没有此项权限。',
  en: 'None of your roles may do this.',
};
const READ_ONLY_KEY = {
  zh: '该密钥为只读，或其账号没有此项权限。',
  en: 'This key only reads, or its account may not do this.',
};
const ONLY_LOOKING = {
  zh: '以其他视角查看时不能更改任何内容。',
  en: 'Nothing is changed while looking through other eyes.',
};
const NOTHING_LEFT = {
  zh: '在该视角下，您没有可查看的内容。',
  en: 'In that view nothing is left of what you may see.',
};
const NO_TOKEN = {
  zh: '缺少或不符的 X-CSRF-Token；请刷新页面后重试。',
  en: 'X-CSRF-Token is missing or wrong; reload the page and try again.',
};
