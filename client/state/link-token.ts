const TOKEN = /^#([\w-]{20,100})$/;

/** Secret part of a one-time address; null: there is none. */
export function tokenIn(hash: string): string | null {
  return TOKEN.exec(hash)?.[1] ?? null;
}

/** Read at the start: the map writes its place into the same part of the address. */
export const linkToken: string | null =
  typeof window === 'undefined' ? null : tokenIn(window.location.hash);
