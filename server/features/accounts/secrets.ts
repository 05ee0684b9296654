import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id with the least that OWASP asks for (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Of no password that anybody knows: where there is no account, a refusal takes as long as where there is one. */
let noPassword: Promise<string> | null = null;

export async function isPassword(stored: string | null, given: string): Promise<boolean> {
  noPassword ??= hashPassword(newToken());
  const isRight = await verify(stored ?? (await noPassword), given);
  return isRight && stored !== null;
}

/** 256 random bits, safe in an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Of a token of 256 random bits a plain digest is enough: there is nothing to guess. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Without signs that look alike: it is read from one screen and typed on another. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A first password, some 80 bits: four groups of four. */
export function firstPassword(): string {
  const letters = [...randomBytes(16)].map((byte) => LETTERS[byte % LETTERS.length] ?? '');
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-');
}
