/**
 * What a spreadsheet takes for the beginning of a formula (OWASP's list, with the full-width signs
 * that Chinese input methods type), after any number of apostrophes. The apostrophes belong to the
 * pattern so that escaping can be undone without guessing.
 */
const FORMULA_LIKE = /^'*[=+\-@\t\r\n\0＝＋－＠]/;

/** Puts one apostrophe before text that a spreadsheet could run. Only for text: numbers keep their sign. */
export function escapeFormula(text: string): string {
  return FORMULA_LIKE.test(text) ? `'${text}` : text;
}

/** Takes away exactly the apostrophe of `escapeFormula`: unescape(escape(text)) is text, for every text. */
export function unescapeFormula(text: string): string {
  return text.startsWith("'") && FORMULA_LIKE.test(text) ? text.slice(1) : text;
}
