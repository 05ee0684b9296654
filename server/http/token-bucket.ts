import type { RequestHandler } from 'express';
import { callerNetwork } from './caller-address.ts';
import { RequestRefusedError } from './request-errors.ts';
import { senderOf } from './sender.ts';

type Bucket = { tokens: number; filledAt: number };

type Options = {
  /** Requests that may come at once. */
  readonly capacity: number;
  readonly perSecond: number;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
};

/** Addresses remembered at once; the one unused for longest is forgotten first, and by then is full again. */
const MAX_BUCKETS = 10_000;

/** A token bucket per caller address: 429 with `Retry-After` when it is empty. Each call makes a limit of its own. */
export function tokenBucket({
  capacity,
  perSecond,
  now = () => performance.now(),
}: Options): RequestHandler {
  const buckets = new Map<string, Bucket>();
  return (req, _res, next) => {
    const key = callerNetwork(senderOf(req).address);
    const bucket = filled(buckets.get(key));
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > MAX_BUCKETS) buckets.delete(buckets.keys().next().value ?? '');
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return next();
    }
    const seconds = Math.ceil((1 - bucket.tokens) / perSecond);
    const detail = {
      zh: `此处每秒最多回答 ${perSecond} 个请求，请在 ${seconds} 秒后重试。`,
      en: `At most ${perSecond} requests per second are answered here; try again in ${seconds} s.`,
    };
    next(new RequestRefusedError('too-many-requests', detail, { 'Retry-After': String(seconds) }));
  };

  function filled(bucket: Bucket | undefined): Bucket {
    const time = now();
    if (bucket === undefined) return { tokens: capacity, filledAt: time };
    const gained = ((time - bucket.filledAt) / 1000) * perSecond;
    return { tokens: Math.min(capacity, bucket.tokens + gained), filledAt: time };
  }
}
