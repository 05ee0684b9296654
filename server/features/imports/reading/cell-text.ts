import { columnName } from '#server/files/column-name.ts';
import { unescapeFormula } from '#server/files/formula-text.ts';
import { broken, tooLarge } from './refusal.ts';

/** Control characters but tab, LF and CR, and halves of characters: no text has them, databases choke on them. */
const CONTROL = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

type Place = { readonly row: number; readonly column: string };

/** A cell's text as the table gives it: null when empty, the apostrophe of an escaped formula gone. */
export function cellText(raw: string, limit: number, place: () => Place): string | null {
  if (raw === '') return null;
  const text = unescapeFormula(raw);
  if (text.length > limit) throw tooLong(limit, place());
  const control = CONTROL.exec(text);
  if (control !== null) throw controlCharacter(control[0], place());
  return text;
}

/** The place of a spreadsheet cell; columns count from 0. */
export function cellPlace(row: number, column: number): () => Place {
  return () => ({ row, column: columnName(column) });
}

function tooLong(limit: number, { row, column }: Place): Error {
  return tooLarge(
    `第 ${row} 行 ${column} 列的内容超过 ${limit} 个字符。请缩短后再导入。`,
    `Row ${row}, column ${column} holds more than ${limit} characters. Shorten it.`,
    { row, column },
  );
}

function controlCharacter(character: string, { row, column }: Place): Error {
  const code = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return broken(
    `第 ${row} 行 ${column} 列含有控制字符 ${code}，这不是正常的文本。请删除该字符，或确认文件没有损坏。`,
    `Row ${row}, column ${column} holds the control character ${code}, which is no text. Remove it, or check that the file is not damaged.`,
    { row, column },
  );
}
