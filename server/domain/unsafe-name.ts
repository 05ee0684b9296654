/** Names that change what an object is, where a program builds one carelessly out of names that it was given. */
const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a column or an attribute may not have this name. Outer blanks do not count. */
export function isUnsafeName(name: string): boolean {
  return UNSAFE.has(name.trim());
}
