import type { Bilingual } from '../domain/bilingual.ts';

const MOST_CHARACTERS = 60;
const MOST_ITEMS = 6;

/**
 * A value as a refusal may repeat it: on one line and short; the Chinese one with the blank that it needs before it.
 * Null where nothing was given.
 */
export function givenText(value: unknown): Bilingual | null {
  if (value === undefined) return null;
  if (typeof value === 'string') {
    const text = shortened(value);
    return { zh: `“${text}”`, en: `"${text}"` };
  }
  if (value === null) return same('null');
  if (typeof value === 'number' || typeof value === 'boolean') return same(String(value));
  if (!Array.isArray(value)) return { zh: '对象', en: 'an object' };
  if (value.length <= MOST_ITEMS && value.every((item) => typeof item === 'number')) {
    return same(`[${value.join(', ')}]`);
  }
  return { zh: `有 ${value.length} 项的列表`, en: `a list of ${value.length}` };
}

const same = (text: string): Bilingual => ({ zh: ` ${text}`, en: text });

/** Signs that cannot be seen are escaped as in JSON. */
function shortened(text: string): string {
  const signs = Array.from(text.slice(0, 2 * MOST_CHARACTERS));
  const isLong = signs.length > MOST_CHARACTERS || text.length > 2 * MOST_CHARACTERS;
  const kept = JSON.stringify(signs.slice(0, MOST_CHARACTERS).join('')).slice(1, -1);
  return `${kept.replaceAll(String.raw`\"`, '"')}${isLong ? '…' : ''}`;
}
