import type { Request, RequestHandler } from 'express';
import type { SignedIn } from '../domain/policy/caller.ts';
import { callerNetwork } from './caller-address.ts';
import { READING } from './reading-methods.ts';
import { RequestRefusedError } from './request-errors.ts';
import { senderOf } from './sender.ts';
import { TimeBuckets } from './time-buckets.ts';
import type { Allowance } from './time-buckets.ts';

/** Who pays for a request: nobody in particular at an address, credentials not looked at yet, somebody known. */
export type Payer = 'nobody' | 'unknown' | SignedIn;

type Kind = 'address' | 'guesses' | 'account' | 'key';

export type Allowances = Readonly<Record<Kind, Allowance>>;

/**
 * Milliseconds for which a caller's transactions hold a connection. A tile costs 0.5 to 30, a page of a list 5 to 100,
 * and what is kept costs next to nothing: whoever moves the map does not meet these. On the embedded engine of a busy
 * machine the first page of a cold start took more than 2,000, and an office may share one address. A key gets half of
 * its account, so that a program leaves something to the person.
 */
const ALLOWANCES: Allowances = {
  address: { capacity: 20_000, perSecond: 500 },
  guesses: { capacity: 5_000, perSecond: 200 },
  account: { capacity: 20_000, perSecond: 500 },
  key: { capacity: 10_000, perSecond: 250 },
};

/** An orchestrator must learn that the service lives. */
const NEVER_REFUSED = /^\/(?:healthz|readyz)\/?$/i;
/** Reading a file may go on long after its request; uploads and jobs have slots of their own. */
const IMPORTS = /^\/api\/v1\/imports(?:\/|$)/i;
type Account = { readonly kind: Kind; readonly key: string };

/** What one request has cost so far, and who pays. */
type Tab = { payers: readonly Account[]; spent: number };

export type CostLimits = {
  /** First of all: counts what the request costs, to its address until somebody else is known to pay. */
  readonly open: RequestHandler;
  /** Names who pays, for what was spent already too. Throws RequestRefusedError (429) where he has nothing left. */
  readonly admit: (req: Request, payer: Payer) => void;
};

/** App setting. Without it nothing is counted. */
export const COST_LIMITS = 'cost limits';

/** Names who pays for the request. Throws RequestRefusedError (429) where he has nothing left. */
export function admit(req: Request, payer: Payer): void {
  (req.app.get(COST_LIMITS) as CostLimits | undefined)?.admit(req, payer);
}

type Options = {
  /** Runs work and tells what the transactions that follow from it cost, in milliseconds. */
  readonly measured: (charge: (milliseconds: number) => void, work: () => void) => void;
  readonly allowances?: Allowances;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
};

/** Limits by what requests cost the database: for each address, account and key, and for credentials that are nobody's. */
export function costLimits({
  measured,
  allowances = ALLOWANCES,
  now = () => performance.now(),
}: Options): CostLimits {
  const buckets = {
    address: new TimeBuckets(allowances.address, now),
    guesses: new TimeBuckets(allowances.guesses, now),
    account: new TimeBuckets(allowances.account, now),
    key: new TimeBuckets(allowances.key, now),
  };
  const tabs = new WeakMap<Request, Tab>();
  const take = (payers: readonly Account[], milliseconds: number): void => {
    for (const { kind, key } of payers) buckets[kind].take(key, milliseconds);
  };
  return {
    open: (req, _res, next) => {
      if (NEVER_REFUSED.test(req.path)) return next();
      const tab: Tab = { payers: payersOf(req, 'nobody'), spent: 0 };
      tabs.set(req, tab);
      if (IMPORTS.test(req.path) && !READING.has(req.method)) return next();
      measured((milliseconds) => {
        tab.spent += milliseconds;
        take(tab.payers, milliseconds);
      }, next);
    },
    admit: (req, payer) => {
      const tab = tabs.get(req);
      if (tab === undefined) return;
      const payers = payersOf(req, payer);
      // Before this request's own costs: what it took to find out who asks must not refuse him.
      const waits = payers.map(({ kind, key }) => buckets[kind].wait(key));
      take(tab.payers, -tab.spent);
      take(payers, tab.spent);
      tab.payers = payers;
      const seconds = Math.max(0, ...waits);
      if (seconds > 0) throw refusal(seconds);
    },
  };
}

function payersOf(req: Request, payer: Payer): readonly Account[] {
  if (payer === 'nobody' || payer === 'unknown') {
    const key = callerNetwork(senderOf(req).address);
    return [{ kind: payer === 'nobody' ? 'address' : 'guesses', key }];
  }
  const { accountId, keyId } = payer;
  return [
    { kind: 'account', key: accountId },
    ...(keyId === null ? [] : [{ kind: 'key' as const, key: keyId }]),
  ];
}

function refusal(seconds: number): RequestRefusedError {
  const detail = {
    zh: `短时间内占用的查询时间过多，请在 ${seconds} 秒后重试。`,
    en: `Your requests have taken too much of the database's time; try again in ${seconds} s.`,
  };
  return new RequestRefusedError('too-many-requests', detail, { 'Retry-After': String(seconds) });
}
