import type { Bilingual } from '../domain/bilingual.ts';
import type { RequestFault } from './request-errors.ts';

export type ParsedQuery = {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly RequestFault[];
};

const MALFORMED: Bilingual = {
  zh: '百分号编码有误；应为 UTF-8。',
  en: 'Malformed percent-encoding; UTF-8 is expected',
};
const REPEATED: Bilingual = {
  zh: '给出了不止一次；请只给一次。',
  en: 'Given more than once; give it once',
};

/**
 * The query of a request's address, each parameter once. Repeated parameters and malformed percent-encoding are
 * faults: what a lenient parser makes of them differs between programs, and repeats multiply the work.
 */
export function parseQueryString(url: string): ParsedQuery {
  const start = url.indexOf('?');
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  const faults: RequestFault[] = [];
  const repeated = new Set<string>();
  if (start < 0) return { values, faults };
  for (const pair of url.slice(start + 1).split('&')) {
    if (pair === '') continue;
    const cut = pair.indexOf('=');
    const name = decode(cut < 0 ? pair : pair.slice(0, cut));
    const value = decode(cut < 0 ? '' : pair.slice(cut + 1));
    if (name === null || value === null) {
      const parameter = (name ?? pair).slice(0, 100);
      faults.push({ parameter, detail: MALFORMED });
    } else if (Object.hasOwn(values, name)) {
      // Told once: an answer must not grow with what was sent.
      if (repeated.has(name)) continue;
      repeated.add(name);
      faults.push({ parameter: name.slice(0, 100), detail: REPEATED });
    } else {
      values[name] = value;
    }
  }
  return { values, faults };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
