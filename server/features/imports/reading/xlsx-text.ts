/** `_x000D_` in cell texts stands for the character (ECMA-376 part 1, 22.9.2.19). */
export function unspelled(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const INTEGER = /^-?\d+$/;
/** More digits than a spreadsheet shows: the end is the noise of binary fractions. */
const SHOWN_DIGITS = 15;
/** A value that is this short once its noise is gone was typed like that. */
const TYPED_DIGITS = 12;

/**
 * A number as a person sees it: 1.1 for the stored 1.1000000000000001, 0.3 for 0.30000000000000004,
 * no exponent below 1e21. Whole numbers stay as they are written, however long. Full-length
 * fractions keep all digits that tell them apart, so that coordinates survive.
 */
export function numberText(stored: string): string {
  const text = stored.trim();
  if (INTEGER.test(text)) return text;
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return text;
  const exact = String(value);
  if (exact.length <= SHOWN_DIGITS) return exact;
  const shown = Number(value.toPrecision(SHOWN_DIGITS));
  const digits = String(shown).replace(/e.*$/, '').replaceAll(/[-.]/g, '').replace(/^0+/, '');
  return digits.length <= TYPED_DIGITS && Number.isFinite(shown) ? String(shown) : exact;
}
