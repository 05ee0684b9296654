import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { READING } from './reading-methods.ts';
import { RequestRefusedError } from './request-errors.ts';
import { isLoopbackName } from './sender.ts';

/** The nonce of this answer, for the inline styles and scripts of a page made on the server. */
export function nonceOf(res: Response): string {
  return String(res.locals['nonce']);
}

const withNonce: RequestHandler = (_req, res, next) => {
  res.locals['nonce'] = randomBytes(16).toString('base64');
  next();
};

const nonce = (_req: unknown, res: unknown): string => `'nonce-${nonceOf(res as Response)}'`;

/** As long as browsers remember that the service is reached by https only, in seconds: a year. */
const HTTPS_ONLY_S = 31_536_000;

/**
 * Headers of every answer, tiles and the earliest refusals too: nothing of it loads or runs anything, wherever it is
 * shown. Constant, so that a tile pays next to nothing.
 */
export function plainHeaders(publicUrl: string): RequestHandler {
  const headers = new Map([
    ['Content-Security-Policy', PLAIN_POLICY],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'same-origin'],
    ['X-Frame-Options', 'DENY'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ...(publicUrl.startsWith('https:')
      ? [['Strict-Transport-Security', `max-age=${HTTPS_ONLY_S}; includeSubDomains`] as const]
      : []),
  ]);
  return (_req, res, next) => {
    res.setHeaders(headers);
    next();
  };
}

const PLAIN_POLICY = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Headers of every answer but tiles: a policy that lets nothing load from elsewhere and nobody frame the app. */
export function securityHeaders(publicUrl: string): RequestHandler[] {
  const isHttps = publicUrl.startsWith('https:');
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'", nonce],
        // For the <style> elements that the component library adds.
        styleSrc: ["'self'", nonce],
        workerSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
      },
    },
    // Over plain http these would break the page (upgrade) or be ignored.
    strictTransportSecurity: isHttps && { maxAge: HTTPS_ONLY_S },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  return [withNonce, headers];
}

/**
 * Whoever can make a browser on this machine send a request does so with the session of its reader. A page elsewhere could point
 * its own name at this machine (DNS rebinding): only the names of the machine itself and of PUBLIC_URL are served.
 */
export function hostCheck(publicUrl: string): RequestHandler {
  const publicHost = new URL(publicUrl).hostname.toLowerCase();
  return (req, _res, next) => {
    const host = (req.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    if (isLoopbackName(host) || host === publicHost) return next();
    const detail = {
      zh: '此处不服务这个主机名；请把 PUBLIC_URL 设为访问本服务所用的地址。',
      en: 'This host name is not served here; set PUBLIC_URL to the address the service is reached by.',
    };
    next(new RequestRefusedError('forbidden', detail));
  };
}

const FOREIGN_PAGE = {
  zh: '拒绝来自其他来源网页的写入。',
  en: 'Writes from pages of another origin are refused.',
};

/** Refuses writes that a page of another origin makes a browser send. Programs send neither header and pass. */
export function originCheck(publicUrl: string): RequestHandler {
  const ownOrigin = new URL(publicUrl).origin;
  return (req, _res, next) => {
    if (READING.has(req.method) || isOwnPage(req.headers, ownOrigin)) return next();
    next(new RequestRefusedError('forbidden', FOREIGN_PAGE));
  };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function isOwnPage(headers: Headers, ownOrigin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers['origin'];
  if (origin === undefined) return true;
  if (origin === ownOrigin) return true;
  return (
    typeof origin === 'string' && URL.canParse(origin) && new URL(origin).host === headers['host']
  );
}
