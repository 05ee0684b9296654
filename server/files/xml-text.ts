const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text for XML element content and attributes in double quotes. Expects what `writableText` returns. */
export function xmlText(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/**
 * Text of a spreadsheet cell as XML. SpreadsheetML spells characters that XML would change as
 * `_xHHHH_` (ECMA-376 part 1, 22.9.2.19), so a literal `_x000D_` has its underscore spelled, too.
 */
export function cellXml(text: string): string {
  const spelled = text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replaceAll('\r', '_x000D_');
  return xmlText(spelled);
}
