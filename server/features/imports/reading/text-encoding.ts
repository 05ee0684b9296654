import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import type { Watch } from './budgets.ts';
import type { FileFormat } from './reading.ts';
import { broken } from './refusal.ts';

type Encoding = Extract<FileFormat, { kind: 'csv' }>['encoding'];

/** How a text file is decoded: the name shown, the decoder, and the bytes of the mark before the text. */
export type TextEncoding = {
  readonly encoding: Encoding;
  readonly label: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  readonly markBytes: number;
};

const PIECE_BYTES = 262_144;

const MARKS: readonly (readonly [number[], TextEncoding])[] = [
  [[0xef, 0xbb, 0xbf], { encoding: 'utf-8-bom', label: 'utf-8', markBytes: 3 }],
  [[0xff, 0xfe], { encoding: 'utf-16le', label: 'utf-16le', markBytes: 2 }],
  [[0xfe, 0xff], { encoding: 'utf-16be', label: 'utf-16be', markBytes: 2 }],
  [[0x84, 0x31, 0x95, 0x33], { encoding: 'gb18030', label: 'gb18030', markBytes: 4 }],
];
const UTF8: TextEncoding = { encoding: 'utf-8', label: 'utf-8', markBytes: 0 };
const GB18030: TextEncoding = { encoding: 'gb18030', label: 'gb18030', markBytes: 0 };

/**
 * The encoding of a text file: by its byte order mark, else strict UTF-8, else UTF-16 when zero bytes
 * stand where ASCII has them, else strict GB18030 (with GBK and GB 2312 in it). The whole file is
 * looked at. Throws a refusal that names the first byte that fits none.
 */
export async function detectEncoding(path: string, watch: Watch): Promise<TextEncoding> {
  const scan = await scanBytes(path, watch);
  const { marked } = scan;
  if (marked !== undefined) return checked(path, marked, watch);
  if (scan.isUtf8 && scan.zeros === 0) return UTF8;
  const wide = wideEncoding(scan);
  if (wide !== undefined && (await firstBadByte(path, wide, watch)) === null) return wide;
  if (scan.isUtf8) return UTF8;
  return checked(path, GB18030, watch);
}

async function checked(path: string, encoding: TextEncoding, watch: Watch): Promise<TextEncoding> {
  const at = await firstBadByte(path, encoding, watch);
  if (at === null) return encoding;
  const name = encoding.label === 'gb18030' ? 'GB18030' : encoding.label.toUpperCase();
  throw broken(
    `文件不是有效的文本：第 ${at + 1} 个字节起既不是 UTF-8，也不是 ${name}。请在 Excel 或 WPS 中另存为 .xlsx 或“CSV UTF-8”。`,
    `The file is not valid text: from byte ${at + 1} on it is neither UTF-8 nor ${name}. Save it as .xlsx or "CSV UTF-8" in Excel or WPS.`,
  );
}

type Scan = {
  marked: TextEncoding | undefined;
  isUtf8: boolean;
  size: number;
  zeros: number;
  /** Pairs of bytes that are an ASCII character in little-endian and in big-endian UTF-16. */
  littlePairs: number;
  bigPairs: number;
};

async function scanBytes(path: string, watch: Watch): Promise<Scan> {
  const scan: Scan = {
    marked: undefined,
    isUtf8: true,
    size: 0,
    zeros: 0,
    littlePairs: 0,
    bigPairs: 0,
  };
  let carried: Buffer = Buffer.alloc(0);
  for await (const piece of filePieces(path, 0)) {
    watch.tick();
    if (scan.size === 0) {
      scan.marked = MARKS.find(([mark]) => mark.every((byte, at) => piece[at] === byte))?.[1];
      if (scan.marked !== undefined) return scan;
    }
    scan.size += piece.length;
    if (piece.includes(0)) countPairs(piece, scan);
    if (!scan.isUtf8) continue;
    const bytes = Buffer.concat([carried, piece]);
    const end = bytes.length - unfinishedBytes(bytes);
    scan.isUtf8 = isUtf8(bytes.subarray(0, end));
    carried = bytes.subarray(end);
  }
  scan.isUtf8 &&= carried.length === 0;
  return scan;
}

/** Pieces begin at even offsets, so pairs never lie across two of them. */
function countPairs(piece: Buffer, scan: Scan): void {
  for (let at = 0; at + 1 < piece.length; at += 2) {
    const [first = 0, second = 0] = [piece[at], piece[at + 1]];
    if (first === 0 || second === 0) scan.zeros += 1;
    if (second === 0 && isPlain(first)) scan.littlePairs += 1;
    if (first === 0 && isPlain(second)) scan.bigPairs += 1;
  }
}

const isPlain = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13;

/** Commas, digits and line ends make more than one in fifty characters of any table ASCII. */
function wideEncoding({ size, littlePairs, bigPairs }: Scan): TextEncoding | undefined {
  const [less = 0, more = 0] = [littlePairs, bigPairs].toSorted((a, b) => a - b);
  if (size % 2 === 1 || more < size / 100 || less > more / 4) return undefined;
  const label = littlePairs > bigPairs ? 'utf-16le' : 'utf-16be';
  return { encoding: label, label, markBytes: 0 };
}

/** Bytes at the end that begin a UTF-8 character and do not finish it. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < lengthOfCharacter(byte) ? back : 0;
  }
  return 0;
}

const lengthOfCharacter = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);

/** Offset of the first byte that the strict decoder rejects; the last one when a character is unfinished. */
async function firstBadByte(
  path: string,
  { label, markBytes }: TextEncoding,
  watch: Watch,
): Promise<number | null> {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  let offset = markBytes;
  let before: Buffer = Buffer.alloc(0);
  for await (const piece of filePieces(path, markBytes)) {
    watch.tick();
    if (!decodes(decoder, piece)) return offset - before.length + badByteIn([before, piece], label);
    offset += piece.length;
    // A safe place to begin again: no character of these encodings goes on across a line's end.
    const safe = label.startsWith('utf-16') ? piece.length - 2 : piece.lastIndexOf(0x0a) + 1;
    before = piece.subarray(Math.max(0, safe));
  }
  return decodes(decoder, undefined) ? null : offset - 1;
}

function decodes(decoder: TextDecoder, bytes: Buffer | undefined): boolean {
  try {
    if (bytes === undefined) decoder.decode();
    else decoder.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The shortest beginning that a fresh decoder rejects, found by halving. */
function badByteIn(pieces: readonly Buffer[], label: string): number {
  const bytes = Buffer.concat(pieces);
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
    if (decodes(decoder, bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

/** The file's bytes from an offset on, in pieces of an even length. */
async function* filePieces(path: string, from: number): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    for (let position = from; ;) {
      const { bytesRead, buffer } = await file.read(
        Buffer.allocUnsafe(PIECE_BYTES),
        0,
        PIECE_BYTES,
        position,
      );
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      position += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** The text of a file in pieces that never split a character. */
export async function* decodedText(
  path: string,
  { label, markBytes }: TextEncoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  for await (const piece of filePieces(path, markBytes)) {
    const text = decoder.decode(piece, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
