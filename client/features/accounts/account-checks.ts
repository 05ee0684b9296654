import type { Faults } from '#client/ui/form/faults.ts';

/** The service asks for as many. */
const LEAST_CHARACTERS = 10;
const ACCOUNT_NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{1,63}$/u;

/** Checks that need no service; the words are handed in. */
export function faultsOf(
  checks: readonly { readonly at: string; readonly isWrong: boolean; readonly text: string }[],
): Faults {
  return Object.fromEntries(
    checks.filter(({ isWrong }) => isWrong).map(({ at, text }) => [at, [text]]),
  );
}

export function isTooShort(password: string): boolean {
  return password.length < LEAST_CHARACTERS;
}

export function isAccountName(name: string): boolean {
  return ACCOUNT_NAME.test(name);
}
