/** Depth of an administrative region in China. */
export type RegionDepth = 'province' | 'city' | 'county' | 'township' | 'village';

/** City code of rows whose place lies in no known city. */
export const NO_CITY_CODE = '000000';

const FORM = /^[1-9]\d{5}(?:\d{3}(?:\d{3})?)?$/;

/**
 * Depth of a code: GB/T 2260 six digits PPCCXX, or the statistical nine (township) or twelve
 * (village) digits; null where it is none of these.
 */
export function regionDepth(code: string): RegionDepth | null {
  if (!FORM.test(code)) return null;
  if (code.length === 12) return 'village';
  if (code.length === 9) return 'township';
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'city' : 'county';
}

/** `220102` → `220000`; null for what is not a region code. */
export function provinceCodeOf(code: string): string | null {
  return regionDepth(code) === null ? null : `${code.slice(0, 2)}0000`;
}

/** `220102` → `220100`; null for a province and for what is not a region code. */
export function cityCodeOf(code: string): string | null {
  const depth = regionDepth(code);
  return depth === null || depth === 'province' ? null : `${code.slice(0, 4)}00`;
}

/** Codes above a region from the province down, itself left out; empty for a province. */
export function ancestorCodes(code: string): readonly string[] {
  const depth = regionDepth(code);
  if (depth === null) return [];
  const line = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code.slice(0, 6)];
  if (code.length === 12) line.push(code.slice(0, 9));
  return [...new Set(line)].filter((ancestor) => ancestor !== code);
}

/** Code one step up; null for a province and for what is not a region code. */
export function parentCodeOf(code: string): string | null {
  return ancestorCodes(code).at(-1) ?? null;
}
