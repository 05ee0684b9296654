import type { Knex } from 'knex';
import { noteAudit } from '#server/db/note-audit.ts';
import type { AuditNote } from '#server/db/note-audit.ts';
import { inScope, PUBLIC } from '#server/db/scope.ts';
import type { Scope } from '#server/db/scope.ts';
import type { Work } from '#server/db/transaction.ts';
import { isChanging, scopeOf } from '#server/domain/policy/caller.ts';
import type { Caller, CallerGrant, SignedIn } from '#server/domain/policy/caller.ts';
import { viewedAs } from '#server/domain/policy/view-as.ts';
import type { View } from '#server/domain/policy/view-as.ts';
import { NOTHING } from '#server/domain/policy/row-scope.ts';
import type { Access } from '#server/domain/policy/permission.ts';
import { findAccount, grantsInForce } from './accounts.store.ts';
import { scopeRegions } from './granted-places.store.ts';
import type { Grant } from './accounts.store.ts';
import { findKey, noteUse } from './keys.store.ts';
import type { ApiKey } from './keys.store.ts';
import { findSession, touchSession } from './sessions.store.ts';
import type { OnlyDemo } from './only-demo.ts';
import { tokenHash } from './secrets.ts';

/** A session nobody uses for so long is over. */
const IDLE_MS = 2 * 3_600_000;
/** How often it is noted that a session or key is in use. */
const NOTE_MS = 5 * 60_000;
/** A caller is looked up again after this: a map asks for dozens of tiles at once. */
const REMEMBERED_MS = 1_000;
const MOST_REMEMBERED = 5_000;

type Shown = { readonly kind: 'key' | 'session'; readonly token: string };

export type CallersDeps = {
  readonly accounts: <T>(work: Work<T>) => Promise<T>;
  readonly write: <T>(work: Work<T>) => Promise<T>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Whether the register holds invented data only: with a real row the demonstration is over. */
  readonly onlyDemo: OnlyDemo;
};

export type CallersService = ReturnType<typeof createCallers>;

/** Whose a session or a key is, and in what scope its owner's transactions run. */
export function createCallers({ accounts, write, clock, onlyDemo }: CallersDeps) {
  const remembered = new Map<string, { readonly at: number; readonly caller: SignedIn | null }>();
  // As long as the caller himself is remembered: a map asks for dozens of tiles at once.
  const views = new WeakMap<SignedIn, Map<string, Promise<SignedIn>>>();
  const find = async ({ kind, token }: Shown): Promise<SignedIn | null> => {
    const key = `${kind} ${token}`;
    const known = remembered.get(key);
    if (known && clock() - known.at < REMEMBERED_MS && clock() >= known.at) return known.caller;
    const look = kind === 'key' ? byKey : bySession;
    const at = clock();
    const found = await accounts((trx) => look(trx, tokenHash(token), at));
    const caller = found?.isDemo === true && !(await onlyDemo()) ? null : found;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, { at, caller });
    return caller;
  };
  return {
    find,
    /** After any change of an account, its grants, sessions or keys: nobody is remembered as he was. */
    forget: () => remembered.clear(),
    /** The caller as a view leaves him; null: whoever is not signed in. */
    viewed: async (caller: SignedIn, view: View): Promise<Caller> => {
      if (view.kind === 'public') return null;
      if (view.kind === 'enterprise') return viewedAs(caller, { enterprise: view.id });
      const known = views.get(caller) ?? new Map<string, Promise<SignedIn>>();
      views.set(caller, known);
      const made = known.get(view.code) ?? viewedIn(accounts, caller, view.code);
      known.set(view.code, made);
      return made;
    },
    enter,
    note: (noted: AuditNote) => write((trx) => noteAudit(trx, noted)),
  };
}

async function bySession(
  trx: Knex.Transaction,
  hash: Buffer,
  now: number,
): Promise<SignedIn | null> {
  const session = await findSession(trx, hash, { now, idleMs: IDLE_MS });
  if (session === null) return null;
  if (now - (session.seenAt?.getTime() ?? 0) > NOTE_MS) await touchSession(trx, hash, now);
  return signedIn(trx, session.accountId, null, now);
}

async function byKey(trx: Knex.Transaction, hash: Buffer, now: number): Promise<SignedIn | null> {
  const key = await findKey(trx, hash, now);
  if (key === null) return null;
  if (now - (key.usedAt?.getTime() ?? 0) > NOTE_MS) await noteUse(trx, key.id, now);
  return signedIn(trx, key.accountId, key, now);
}

async function signedIn(
  trx: Knex.Transaction,
  accountId: string,
  key: ApiKey | null,
  now: number,
): Promise<SignedIn | null> {
  const account = await findAccount(trx, accountId);
  if (account === null || account.isDisabled) return null;
  const grants: CallerGrant[] = [];
  for (const grant of await grantsInForce(trx, now, accountId)) {
    grants.push({ role: grant.role, part: await partOf(trx, grant, key?.regions ?? null) });
  }
  const { name, isDemo, mustChangePassword } = account;
  return {
    accountId,
    name,
    keyId: key?.id ?? null,
    isReadOnly: key?.isReadOnly ?? false,
    isDemo,
    mustChangePassword,
    grants,
  };
}

/** A region that there is not leaves nothing to see. */
async function viewedIn(
  accounts: CallersDeps['accounts'],
  caller: SignedIn,
  code: string,
): Promise<SignedIn> {
  const left = new Map<readonly string[] | null, readonly string[]>();
  await accounts(async (trx) => {
    for (const { part } of caller.grants) {
      left.set(part.regions, (await scopeRegions(trx, part.regions, [code])) ?? []);
    }
  });
  return viewedAs(caller, { regionsOf: (own) => left.get(own) ?? [] });
}

/** A grant for jurisdictions alone is not one for every region. */
async function partOf(
  trx: Knex.Transaction,
  { regions, jurisdictions, fields, enterpriseId }: Grant,
  narrowed: readonly string[] | null,
): Promise<CallerGrant['part']> {
  const isByJurisdiction = regions === null && jurisdictions.length > 0;
  return {
    regions: isByJurisdiction ? [] : await scopeRegions(trx, regions, narrowed),
    // A key for some regions is not for what lies elsewhere.
    jurisdictions: narrowed === null ? jurisdictions : [],
    fields,
    enterprise: enterpriseId,
  };
}

/** Runs work in the caller's name: it reads what any of his roles lets him, and changes what the operation is about. */
function enter<T>(caller: Caller, access: Access, from: From, work: () => T): T {
  return inScope(scopeFor(caller, access, from), work);
}

type From = { readonly address: string; readonly requestId: string };

function scopeFor(caller: Caller, { permission }: Access, from: From): Scope {
  if (caller === null) return { ...PUBLIC, origin: { keyId: null, ...from } };
  return {
    role: 'risk_app',
    accountId: caller.accountId,
    // What is handed out is what may be handed out, not all that may be looked at.
    read: scopeOf(caller, permission === 'exports.read' ? permission : 'register.read'),
    restricted: scopeOf(caller, 'register.restricted'),
    write: permission !== null && isChanging(permission) ? scopeOf(caller, permission) : NOTHING,
    isDemo: caller.isDemo,
    isAuditor: permission === 'audit.read',
    origin: { keyId: caller.keyId, ...from },
  };
}
