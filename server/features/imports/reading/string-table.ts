/** The texts that cells share, kept outside the heap: a sheet may have millions. */
export type StringTable = {
  readonly add: (text: string) => void;
  /** Undefined beyond the last. */
  readonly get: (index: number) => string | undefined;
};

const PAGE_BYTES = 1_048_576;
const FIRST_CAPACITY = 1024;

/** Texts must be shorter than a page in UTF-8, as those of cells are. */
export function createStringTable(): StringTable {
  const pages: Buffer[] = [];
  // Where each text begins, counted over all pages, and its bytes.
  let starts = new Float64Array(FIRST_CAPACITY);
  let lengths = new Uint32Array(FIRST_CAPACITY);
  let count = 0;
  let end = 0;
  return {
    add: (text) => {
      const length = Buffer.byteLength(text);
      if (length > PAGE_BYTES) throw new RangeError('Longer than a page');
      const room = pages.length * PAGE_BYTES - end;
      if (length > room) {
        end = pages.length * PAGE_BYTES;
        pages.push(Buffer.allocUnsafeSlow(PAGE_BYTES));
      }
      if (count === starts.length) {
        starts = grown(starts, new Float64Array(2 * count));
        lengths = grown(lengths, new Uint32Array(2 * count));
      }
      pages.at(-1)?.write(text, end % PAGE_BYTES);
      starts[count] = end;
      lengths[count] = length;
      count += 1;
      end += length;
    },
    get: (index) => {
      if (!(index < count)) return undefined;
      const start = starts[index] ?? 0;
      const from = start % PAGE_BYTES;
      return pages[Math.floor(start / PAGE_BYTES)]?.toString(
        'utf8',
        from,
        from + (lengths[index] ?? 0),
      );
    },
  };
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
