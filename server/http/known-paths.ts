import type { RequestHandler } from 'express';
import type { Endpoint } from '../contract/endpoint.ts';
import { RequestRefusedError } from './request-errors.ts';

/** The part of an endpoint that says where it is. */
export type Place = Pick<Endpoint, 'method' | 'path'>;

type Known = { readonly pattern: RegExp; readonly allowed: Set<string> };

/** On a known path: OPTIONS says what is allowed, a method that is not is refused with 405 and `Allow`. */
export function knownPaths(places: readonly Place[]): RequestHandler {
  const known = new Map<string, Known>();
  for (const { method, path } of places) {
    const entry = known.get(path) ?? { pattern: patternOf(path), allowed: new Set(['OPTIONS']) };
    entry.allowed.add(method.toUpperCase());
    if (method === 'get') entry.allowed.add('HEAD');
    known.set(path, entry);
  }
  return (req, res, next) => {
    const entry = [...known.values()].find(({ pattern }) => pattern.test(req.path));
    if (entry === undefined || (req.method !== 'OPTIONS' && entry.allowed.has(req.method))) {
      return next();
    }
    const allow = [...entry.allowed].sort().join(', ');
    if (req.method === 'OPTIONS') return res.set('Allow', allow).status(204).end();
    const detail = {
      zh: `此处不支持 ${req.method}；可用：${allow}。`,
      en: `${req.method} is not possible here; possible: ${allow}.`,
    };
    next(new RequestRefusedError('method-not-allowed', detail, { Allow: allow }));
  };
}

/** As Express matches by default: letter case and one slash at the end do not matter. */
function patternOf(path: string): RegExp {
  const source = path
    .split(/\{\w+\}/)
    .map((literal) => literal.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('[^/]+');
  return new RegExp(`^${source}/?$`, 'i');
}
