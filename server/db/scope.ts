import { AsyncLocalStorage } from 'node:async_hooks';

import { compileScope, EVERYTHING, isEverything, NOTHING } from '../domain/policy/row-scope.ts';
import type { RowScope } from '../domain/policy/row-scope.ts';

/** In whose name a transaction runs: what its statements may see and change. */
export type Scope = {
  readonly role: 'risk_app' | 'risk_public';
  /** Null: nobody's, such as the service's own work. */
  readonly accountId: string | null;
  readonly read: RowScope;
  /** Of what may be read: rows of which everything is told, restricted fields too. */
  readonly restricted: RowScope;
  /** Part of what may be read. */
  readonly write: RowScope;
  /** New rows are marked as demonstration data. */
  readonly isDemo: boolean;
  /** Reads the audit. */
  readonly isAuditor: boolean;
  /** For the audit: which key was used, from where, in which request. */
  readonly origin: Origin;
};

/** Where an act comes from; null: from the service itself. */
export type Origin = {
  readonly keyId: string | null;
  /** Of the other end of the connection. */
  readonly address: string | null;
  readonly requestId: string | null;
};

const OWN: Origin = { keyId: null, address: null, requestId: null };

/** The service itself: jobs, commands, checks. */
export const SYSTEM: Scope = {
  role: 'risk_app',
  accountId: null,
  read: EVERYTHING,
  restricted: EVERYTHING,
  write: EVERYTHING,
  isDemo: false,
  isAuditor: false,
  origin: OWN,
};

/** Whoever sends no credentials: the published relations only. */
export const PUBLIC: Scope = {
  role: 'risk_public',
  accountId: null,
  read: NOTHING,
  restricted: NOTHING,
  write: NOTHING,
  isDemo: false,
  isAuditor: false,
  origin: OWN,
};

const current = new AsyncLocalStorage<Scope>();

/** Runs the work, and all that follows from it, in a scope. */
export function inScope<T>(scope: Scope, work: () => T): T {
  return current.run(scope, work);
}

/** The scope of this asynchronous context. Throws where nobody has set one: nothing is read in nobody's name. */
export function currentScope(): Scope {
  const scope = current.getStore();
  if (scope === undefined) throw new Error('A transaction needs a scope: run it inside inScope()');
  return scope;
}

/** Who takes turns with others where one thing is done at a time: an account, or the address of whoever has none. */
export function turnKey(): string | undefined {
  const scope = current.getStore();
  return scope?.accountId ?? scope?.origin.address ?? undefined;
}

/** Whether nobody is signed in: what is published, and nothing else. */
export function isPublicScope(): boolean {
  return currentScope().role === 'risk_public';
}

/** Equal for scopes that see the same: what is kept of one answer is for these only. */
export function scopeKey(): string {
  const scope = currentScope();
  if (scope.role === 'risk_public') return 'public';
  const told = isMasked(scope) ? ` of which ${compiled(scope.restricted)}` : '';
  return `${compiled(scope.read)}${told}`;
}

/**
 * Codes of the cities and regions whose rows are all that may be read; null where the scope is not made of such alone.
 * The row policies hold anyway: a statement that says so itself lets the planner know how few rows that is.
 */
export function openRegions(): readonly string[] | null {
  const { role, read } = currentScope();
  const { all, open, parts } = compileScope(read);
  return role === 'risk_public' || all || parts.length > 0 ? null : Object.keys(open);
}

const compiled = (scope: RowScope): string => JSON.stringify(compileScope(scope));

/** Whether rows may be read of which not everything is told. */
function isMasked({ read, restricted }: Pick<Scope, 'read' | 'restricted'>): boolean {
  if (isEverything(restricted)) return false;
  const told = new Set(restricted.map((part) => compiled([part])));
  return !read.every((part) => told.has(compiled([part])));
}

/**
 * Statements that put a transaction into the scope; they take no snapshot. Those who change rows work on the tables
 * themselves: whoever may write a row may read all of it.
 */
export function scopeStatements(scope: Scope, { isReading }: { isReading: boolean }): string {
  const { role, read, write, restricted, isDemo, isAuditor } = scope;
  const schema = role === 'risk_public' ? 'published' : isReading && isMasked(scope) && 'masked';
  const settings = {
    ...actorSettings(scope),
    'risk.read': compiled(read),
    'risk.restricted': compiled(restricted),
    'risk.write': compiled(write),
    'risk.demo': isDemo ? 'on' : '',
    'risk.audit': isAuditor ? 'on' : '',
  };
  return [
    `SET LOCAL ROLE ${role}`,
    ...(schema === false ? [] : [`SET LOCAL search_path = ${schema}, public`]),
    ...settingStatements(settings),
  ].join('; ');
}

type Actor = Pick<Scope, 'accountId' | 'origin'>;

/** Statements that say in whose name a transaction about accounts is; nobody's where none is known yet. */
export function actorStatements(): string {
  return settingStatements(actorSettings(current.getStore() ?? SYSTEM)).join('; ');
}

function actorSettings({ accountId, origin }: Actor): Readonly<Record<string, string>> {
  return {
    'risk.account': accountId ?? '',
    'risk.key': origin.keyId ?? '',
    'risk.address': origin.address ?? '',
    'risk.request': origin.requestId ?? '',
  };
}

function settingStatements(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = ${quoted(value)}`);
}

/** Ids and codes only get here; still no text ends the literal early, whatever `standard_conforming_strings` says. */
function quoted(text: string): string {
  if (/[\\\0]/.test(text)) throw new Error('A scope has only ids and codes');
  return `'${text.replaceAll("'", "''")}'`;
}
