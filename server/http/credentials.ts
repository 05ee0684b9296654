import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { senderOf } from './sender.ts';

/** What a request shows of its caller; it is not looked into here. */
export type Credentials =
  | { readonly kind: 'key'; readonly token: string }
  | { readonly kind: 'session'; readonly token: string };

/** `__Host-` binds the cookie to this very host, and browsers take it over https only. */
export const SECURE_COOKIE = '__Host-rm';
export const LOCAL_COOKIE = 'rm';

const TOKEN = /^[\w-]{20,200}$/;

/** Null: the request shows nothing; 'malformed': something that no caller of ours can have. */
export function credentialsOf(req: Request): Credentials | 'malformed' | null {
  const { authorization, cookie = '' } = req.headers;
  if (authorization !== undefined) {
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    return token !== undefined && TOKEN.test(token) ? { kind: 'key', token } : 'malformed';
  }
  const cookies = cookiesOf(cookie);
  // The plain name could be set for this host by another one of its domain.
  const local = senderOf(req).isLocal ? cookies.get(LOCAL_COOKIE) : undefined;
  const token = cookies.get(SECURE_COOKIE) ?? local;
  if (token === undefined) return null;
  return TOKEN.test(token) ? { kind: 'session', token } : 'malformed';
}

function cookiesOf(header: string): ReadonlyMap<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim());
  return new Map(
    pairs
      .filter((pair) => pair.includes('='))
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/**
 * What a page sends back with each change, to show that it can read the answers of this service: another page can make
 * the browser send the cookie, but does not know this.
 */
export function csrfTokenOf(sessionToken: string): string {
  return createHash('sha256').update(`csrf ${sessionToken}`).digest('base64url');
}

export function isSameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The session cookie as a Set-Cookie header; without a token it ends the one there is. */
export function sessionCookie(token: string | null, isSecure: boolean): string {
  const name = isSecure ? SECURE_COOKIE : LOCAL_COOKIE;
  const end = token === null ? '; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT' : '';
  return `${name}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${end}`;
}
