type Options = {
  syncToFs?: boolean;
  onRawData: (data: Uint8Array) => void;
};

type RawStream = (message: Uint8Array, options: Options) => Promise<void>;

/** Parse, Bind, Describe, Execute, Close and Flush: the protocol answers none of them with ReadyForQuery. */
const EXTENDED: ReadonlySet<number> = new Set(Buffer.from('PBDECH'));

const READY = 'Z'.charCodeAt(0);
/** Type, length of four bytes, transaction status. */
const READY_LENGTH = 6;

/**
 * The embedded engine answers a failed step of the extended protocol with ReadyForQuery at once, and with another one
 * at the Sync that follows. A client takes the first for the end, sends its next statement, and takes the second for
 * the end of that one: results and statements no longer belong together, and the connection breaks. So the first is
 * taken out; being the last of an answer, it is enough to hold back the end of the stream.
 */
export function singleReady(stream: RawStream): RawStream {
  return async (message, options) => {
    const { onRawData } = options;
    if (!EXTENDED.has(message[0] ?? 0)) return stream(message, options);
    let held: Uint8Array = new Uint8Array(0);
    await stream(message, {
      ...options,
      onRawData: (data) => {
        const all = held.length === 0 ? data : joined(held, data);
        const cut = Math.max(0, all.length - READY_LENGTH);
        if (cut > 0) onRawData(all.subarray(0, cut));
        held = all.slice(cut);
      },
    });
    if (held.length > 0 && !isReady(held)) onRawData(held);
  };
}

/** Nothing else that the engine sends ends with these bytes. */
function isReady(end: Uint8Array): boolean {
  const [type, ...length] = end;
  return type === READY && end.length === READY_LENGTH && length.slice(0, 4).join() === '0,0,0,5';
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
