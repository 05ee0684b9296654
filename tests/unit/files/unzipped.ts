import { fromBufferPromise } from 'yauzl';
import { collected } from '#tests/unit/imports-reading/read-bytes.ts';

/** The files of a zip archive as text, by name. */
export async function unzipped(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await fromBufferPromise(bytes);
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    parts.set(entry.fileName, String(await collected(await zip.openReadStreamPromise(entry))));
  }
  return parts;
}
