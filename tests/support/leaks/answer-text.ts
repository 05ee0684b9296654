import { gunzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import type { Response } from 'supertest';
import { unzipped } from '#tests/support/unzipped.ts';

/** For `parse` of a request: the body as it is. */
export function bytesOf(
  res: { on(event: string, run: (piece: Buffer) => void): unknown },
  done: (error: Error | null, body: Buffer) => void,
): void {
  const pieces: Buffer[] = [];
  res.on('data', (piece: Buffer) => pieces.push(Buffer.from(piece)));
  res.on('end', () => done(null, Buffer.concat(pieces)));
}

/** Headers and body as text, whatever it is: in tiles and in the parts of a spreadsheet names stand in UTF-8. */
export async function answerText({ headers, body, type, charset }: Response): Promise<string> {
  const told = JSON.stringify(headers).replaceAll(/(?:%[\da-f]{2})+/gi, decoded);
  const bytes = body as unknown;
  if (!Buffer.isBuffer(bytes)) return `${told} ${JSON.stringify(bytes ?? '')}`;
  if (type.endsWith('.sheet')) return `${told} ${[...(await unzipped(bytes)).values()].join(' ')}`;
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  return `${told} ${iconv.decode(plain, charset || 'utf-8')}`;
}

/** A file name in a header is percent-encoded UTF-8. */
function decoded(text: string): string {
  return Buffer.from(text.replaceAll('%', ''), 'hex').toString('utf8');
}
