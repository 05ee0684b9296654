import type { ImportKind } from './import-kind.ts';

/** Keys are indexed, and an index takes 2,704 bytes: 800 UTF-16 units are 2,400 at most. */
const MOST_UNITS = 800;
const KEPT_UNITS = 700;

/**
 * The key of a record by its code: source, kind of record and code. Two texts are the same part when they agree in NFKC
 * without case and with single spaces.
 */
export function codeKey(source: string | null, kind: ImportKind, code: string): string {
  return keyOf(['code', source, kind, code]);
}

/**
 * The key of a record that has no code of its own: source, kind of record, what it belongs to, name and category. Never
 * its place or any other value, so that a changed row stays the same record. Equals of one file are told apart by ordinals.
 */
export function baseKey(
  source: string | null,
  kind: ImportKind,
  enterprise: string | null,
  name: string,
  category: string | null,
): string {
  return keyOf(['name', source, kind, enterprise, name, category]);
}

/** JSON keeps the parts apart whatever they hold. */
function keyOf(parts: readonly (string | null)[]): string {
  const key = JSON.stringify(parts.map((part) => normalisePart(part ?? '')));
  if (key.length <= MOST_UNITS) return key;
  return `${key.slice(0, KEPT_UNITS).replace(/[\uD800-\uDBFF]$/, '')}~${digest(key)}`;
}

function normalisePart(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
}

/** 64 bits by two runs of FNV-1a with different beginnings: no protection, enough to tell long names apart. */
function digest(text: string): string {
  return [0x811c9dc5, 0x9e3779b9]
    .map((start) => {
      let hash = start;
      for (let i = 0; i < text.length; i += 1) {
        hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      }
      return (hash >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}
