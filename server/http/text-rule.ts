import type { Bilingual } from '../domain/bilingual.ts';
import { pointerKey } from '../domain/errors.ts';
import type { RequestFault } from './request-errors.ts';

/** Deeper JSON is never needed here, and recursive code downstream must not meet it. */
const MAX_DEPTH = 32;
const MAX_FAULTS = 50;

const NUL: Bilingual = { zh: '不能含有 NUL 字符。', en: 'Must not contain a NUL character' };
const NO_UNICODE: Bilingual = { zh: '应为有效的 Unicode 文本。', en: 'Must be valid Unicode text' };
const ENDLESS: Bilingual = { zh: '数字超出范围。', en: 'Number out of range' };
const TOO_DEEP: Bilingual = {
  zh: `嵌套超过 ${MAX_DEPTH} 层。`,
  en: `Nested more than ${MAX_DEPTH} levels deep`,
};

const RESERVED: Bilingual = {
  zh: '名称不能是 __proto__。',
  en: 'No member may be called __proto__',
};

/** Text that PostgreSQL cannot store: NUL, and half of a surrogate pair (not valid UTF-8). Null when it can. */
export function textFault(value: string): Bilingual | null {
  if (value.includes('\u0000')) return NUL;
  return /\p{Surrogate}/u.test(value) ? NO_UNICODE : null;
}

/** One string rule and one number rule for every JSON body, whatever its schema; at most 50 faults are listed. */
export function jsonFaults(body: unknown): readonly RequestFault[] {
  const faults: RequestFault[] = [];
  collect(body, '', 0, faults);
  return faults.slice(0, MAX_FAULTS);
}

function collect(value: unknown, pointer: string, depth: number, faults: RequestFault[]): void {
  if (faults.length >= MAX_FAULTS) return;
  if (typeof value === 'string') {
    const detail = textFault(value);
    if (detail !== null) faults.push({ pointer, detail });
  } else if (typeof value === 'number') {
    // JSON can write 1e999, which becomes Infinity.
    if (!Number.isFinite(value)) faults.push({ pointer, detail: ENDLESS });
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= MAX_DEPTH) {
      faults.push({ pointer, detail: TOO_DEEP });
      return;
    }
    for (const [key, member] of Object.entries(value)) {
      const fault = textFault(key);
      const place = `${pointer}/${pointerKey(key)}`;
      if (fault !== null) faults.push({ pointer, detail: nameFault(fault) });
      // Schemas drop it without a word.
      else if (key === '__proto__') faults.push({ pointer: place, detail: RESERVED });
      else collect(member, place, depth + 1, faults);
    }
  }
}

const nameFault = ({ zh, en }: Bilingual): Bilingual => ({
  zh: `成员的名称${zh}`,
  en: `A member name: ${en}`,
});
