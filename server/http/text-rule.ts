import type { ProblemFault } from '../contract/problem.contract.ts';
import { pointerKey } from '../domain/errors.ts';

/** Deeper JSON is never needed here, and recursive code downstream must not meet it. */
const MAX_DEPTH = 32;
const MAX_FAULTS = 50;

/** Text that PostgreSQL cannot store: NUL, and half of a surrogate pair (not valid UTF-8). Null when it can. */
export function textFault(value: string): string | null {
  if (value.includes('\u0000')) return 'Must not contain a NUL character';
  return /\p{Surrogate}/u.test(value) ? 'Must be valid Unicode text' : null;
}

/** One string rule and one number rule for every JSON body, whatever its schema; at most 50 faults are listed. */
export function jsonFaults(body: unknown): readonly ProblemFault[] {
  const faults: ProblemFault[] = [];
  collect(body, '', 0, faults);
  return faults.slice(0, MAX_FAULTS);
}

function collect(value: unknown, pointer: string, depth: number, faults: ProblemFault[]): void {
  if (faults.length >= MAX_FAULTS) return;
  if (typeof value === 'string') {
    const detail = textFault(value);
    if (detail !== null) faults.push({ pointer, detail });
  } else if (typeof value === 'number') {
    // JSON can write 1e999, which becomes Infinity.
    if (!Number.isFinite(value)) faults.push({ pointer, detail: 'Number out of range' });
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= MAX_DEPTH) {
      faults.push({ pointer, detail: `Nested more than ${MAX_DEPTH} levels deep` });
      return;
    }
    for (const [key, member] of Object.entries(value)) {
      const detail = textFault(key);
      if (detail !== null) faults.push({ pointer, detail: `A member name: ${detail}` });
      else collect(member, `${pointer}/${pointerKey(key)}`, depth + 1, faults);
    }
  }
}
