/** One usable row: its number as the caller counts rows, and the numbers as the file has them. */
export type SampledCoordinate = { readonly row: number; readonly x: number; readonly y: number };

/** Enough to judge a file by; each row of it is asked of the database under every candidate. */
export const MOST_SAMPLED = 2000;

export type CoordinateSample = {
  offer(coordinate: SampledCoordinate): void;
  /** In the order of the file. */
  taken(): readonly SampledCoordinate[];
};

/**
 * Keeps at most 2,000 of any number of rows, spread evenly and the same at every run: a row stays while the hash of its
 * ordinal is under a limit, which is halved when the sample is full. A stride would follow patterns in the file.
 */
export function createCoordinateSample(): CoordinateSample {
  let kept: { readonly hash: number; readonly coordinate: SampledCoordinate }[] = [];
  let limit = 2 ** 32;
  let offered = 0;
  return {
    offer(coordinate) {
      const hash = mixed(offered);
      offered += 1;
      if (hash >= limit) return;
      kept.push({ hash, coordinate });
      while (kept.length > MOST_SAMPLED) {
        limit /= 2;
        kept = kept.filter((item) => item.hash < limit);
      }
    },
    taken: () => kept.map(({ coordinate }) => coordinate),
  };
}

/** A multiplicative mix of 32 bits; each ordinal has its own value. */
function mixed(ordinal: number): number {
  let bits = Math.imul(ordinal ^ (ordinal >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
