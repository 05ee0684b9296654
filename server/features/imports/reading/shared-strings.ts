import type { Watch } from './budgets.ts';
import { tooLarge } from './refusal.ts';
import type { StringTable } from './string-table.ts';
import { createStringTable } from './string-table.ts';
import { unspelled } from './xlsx-text.ts';
import type { XmlHandlers } from './xml-part.ts';
import { parseXml } from './xml-part.ts';
import type { Archive } from './zip-archive.ts';

/** Far more than a cell may hold, spelled out or not: what goes on is left away, and the cell refused. */
const MOST_CHARS = 1_000_000;

/** Collects the text of one item: runs of rich text are joined, phonetic guides are left out. */
export function createTextCollector(): XmlHandlers & { readonly take: () => string } {
  let text = '';
  let isText = false;
  let phonetic = 0;
  return {
    open: (name) => {
      if (name === 'rPh') phonetic += 1;
      if (name === 't') isText = phonetic === 0;
    },
    text: (content) => {
      if (isText && text.length < MOST_CHARS) text += content;
    },
    close: (name) => {
      if (name === 'rPh') phonetic -= 1;
      if (name === 't') isText = false;
    },
    take: () => {
      const taken = text;
      text = '';
      return unspelled(taken);
    },
  };
}

/** The shared strings of a workbook, empty when it has none. */
export async function readSharedStrings(
  archive: Archive,
  part: string | null,
  { budgets }: Watch,
): Promise<StringTable> {
  const table = createStringTable();
  if (part === null || !archive.has(part)) return table;
  const collector = createTextCollector();
  let count = 0;
  await parseXml(part, archive.read(part), {
    open: collector.open,
    text: (content) => collector.text?.(content),
    close: (name) => {
      collector.close?.(name);
      if (name !== 'si') return;
      const text = collector.take();
      count += 1;
      if (text.length > budgets.cellChars + 1) throw textTooLong(budgets.cellChars);
      if (count > budgets.cells) throw tooManyTexts(budgets.cells);
      table.add(text);
    },
  });
  return table;
}

export function textTooLong(limit: number, row?: number): Error {
  return tooLarge(
    `有单元格的内容超过 ${limit} 个字符。请缩短后再导入。`,
    `A cell holds more than ${limit} characters. Shorten it.`,
    row === undefined ? {} : { row },
  );
}

function tooManyTexts(limit: number): Error {
  return tooLarge(
    `工作簿的文本超过 ${limit} 项。请拆成几个文件再导入。`,
    `The workbook holds more than ${limit} texts. Split it into several files.`,
  );
}
