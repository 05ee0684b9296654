import { TextDecoder } from 'node:util';
import type { SaxesTagPlain } from 'saxes';
import { SaxesParser } from 'saxes';
import { FileRefusedError, broken, tooLarge } from './refusal.ts';

/** What is done with the elements of one XML part; names come without their prefix. */
export type XmlHandlers = {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

/** The longest run of XML without an element, text or comment that ends: no cell is nearly as long. */
const LONGEST_TOKEN = 1_000_000;
/** Elements inside each other; a sheet has eight. */
const DEEPEST = 100;

/**
 * Parses one XML part of a workbook piece by piece, UTF-8 or UTF-16. No document type, hence no
 * entities but the five of XML; nothing is fetched. Throws refusals for what is broken or hostile.
 */
export function createXmlParser(
  part: string,
  handlers: XmlHandlers,
): { readonly write: (piece: Buffer) => void; readonly end: () => void } {
  const parser = new SaxesParser({ position: false });
  const progress = watchProgress(parser, part, handlers);
  let decoder: TextDecoder | undefined;
  const feed = (text: string): void => {
    progress.fed(text.length);
    parser.write(text);
  };
  return {
    write: (piece) =>
      guarded(part, () => {
        decoder ??= decoderFor(piece);
        feed(decoder.decode(piece, { stream: true }));
      }),
    end: () =>
      guarded(part, () => {
        feed(decoder?.decode() ?? '');
        parser.close();
      }),
  };
}

/** Runs a whole part through the handlers. */
export async function parseXml(
  part: string,
  pieces: AsyncIterable<Buffer>,
  handlers: XmlHandlers,
): Promise<void> {
  const parser = createXmlParser(part, handlers);
  for await (const piece of pieces) parser.write(piece);
  parser.end();
}

function decoderFor(piece: Buffer): TextDecoder {
  const mark = piece.readUInt16BE(0);
  const label = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label, { fatal: true });
}

/** Decoders and the parser throw errors of their own; nothing else can fail in here. */
function guarded(part: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof FileRefusedError ? error : brokenXml(part);
  }
}

/** Connects the handlers, and counts what could grow without an end: nesting and unfinished tokens. */
function watchProgress(
  parser: SaxesParser,
  part: string,
  { open, text, close }: XmlHandlers,
): { readonly fed: (chars: number) => void } {
  const progress = { sinceToken: 0, depth: 0 };
  const onText = (content: string): void => {
    progress.sinceToken = 0;
    text?.(content);
  };
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    progress.sinceToken = 0;
    progress.depth += 1;
    if (progress.depth > DEEPEST) throw tooDeep(part);
    open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    progress.sinceToken = 0;
    progress.depth -= 1;
    close?.(localName(name));
  });
  parser.on('text', onText);
  parser.on('cdata', onText);
  refuseTrouble(parser, part);
  return {
    fed: (chars) => {
      progress.sinceToken += chars;
      if (progress.sinceToken > LONGEST_TOKEN) throw tokenTooLong(part);
    },
  };
}

function refuseTrouble(parser: SaxesParser, part: string): void {
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw hasDoctype(part);
  });
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function brokenXml(part: string): Error {
  return broken(
    `文件已损坏：${part} 不是合法的 XML。请用 Excel 或 WPS 打开并重新保存。`,
    `The file is damaged: ${part} is not valid XML. Open it in Excel or WPS and save it again.`,
  );
}

function hasDoctype(part: string): Error {
  return broken(
    `文件被拒绝：${part} 含有 DOCTYPE（实体声明），正常的工作簿没有。请用 Excel 或 WPS 重新保存。`,
    `Refused: ${part} has a DOCTYPE (entity declarations), which no real workbook has. Save it again in Excel or WPS.`,
  );
}

function tooDeep(part: string): Error {
  return broken(
    `文件被拒绝：${part} 的元素嵌套超过 ${DEEPEST} 层。`,
    `Refused: the elements of ${part} are nested more than ${DEEPEST} deep.`,
  );
}

function tokenTooLong(part: string): Error {
  return tooLarge(
    `文件被拒绝：${part} 含有超长的内容，远超单元格的长度上限。`,
    `Refused: ${part} holds one piece of content far beyond the limit of a cell.`,
  );
}
