import { singleReady } from '#server/db/single-ready.ts';

const READY = Uint8Array.of(0x5a, 0, 0, 0, 5, 0x45);
const PARSED = Uint8Array.of(0x31, 0, 0, 0, 4);
const ERROR = Uint8Array.of(0x45, 0, 0, 0, 6, 0x53, 0);

/** What a client gets for one message when the engine answers with these chunks. */
async function answered(type: string, chunks: readonly Uint8Array[]): Promise<number[]> {
  const got: number[] = [];
  const engine = singleReady((_message, { onRawData }) => {
    for (const chunk of chunks) onRawData(chunk);
    return Promise.resolve();
  });
  const message = Uint8Array.of(type.charCodeAt(0), 0, 0, 0, 4);
  await engine(message, { onRawData: (data) => got.push(...data) });
  return got;
}

describe('ReadyForQuery of the embedded engine', () => {
  it.each(['P', 'B', 'D', 'E'])('is taken out of the answer to a failed step %s', async (type) => {
    expect(await answered(type, [ERROR, READY])).toEqual([...ERROR]);
  });

  it('is taken out however the answer is cut into chunks', async () => {
    const bytes = [...ERROR, ...READY].map((byte) => Uint8Array.of(byte));

    expect(await answered('E', bytes)).toEqual([...ERROR]);
    expect(await answered('E', [Uint8Array.of(...ERROR, ...READY)])).toEqual([...ERROR]);
  });

  it.each(['Q', 'S'])('stays in the answer to %s, which it belongs to', async (type) => {
    expect(await answered(type, [ERROR, READY])).toEqual([...ERROR, ...READY]);
  });

  it('is all that is taken out', async () => {
    const rows = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);

    expect(await answered('P', [PARSED])).toEqual([...PARSED]);
    expect(await answered('E', [rows])).toEqual([...rows]);
    expect(await answered('E', [])).toEqual([]);
  });
});
