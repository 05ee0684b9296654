import { v7 } from 'uuid';

const UINT32 = 2 ** 32;

/** A seeded source of choices: the same seed and the same calls give the same answers. */
export type Random = {
  /** A number in [0, 1). */
  readonly unit: () => number;
  /** A whole number from `min` to `max`, both included. */
  readonly whole: (min: number, max: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** An item with a chance in proportion to its weight. */
  readonly weighted: <T>(items: readonly (readonly [item: T, weight: number])[]) => T;
  readonly shuffled: <T>(items: readonly T[]) => readonly T[];
  /** Normal distribution, mean 0, standard deviation 1. */
  readonly normal: () => number;
  /** A UUIDv7 of an instant (epoch milliseconds). */
  readonly id: (instant: number) => string;
};

/** Mulberry32: 32 bits of state, enough for a few hundred thousand choices. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

export function seededRandom(seed: number): Random {
  const next = mulberry32(seed);
  const unit = (): number => next() / UINT32;
  const whole = (min: number, max: number): number => min + Math.floor(unit() * (max - min + 1));
  const shuffled = <T>(items: readonly T[]): readonly T[] =>
    items
      .map((item) => ({ item, order: unit() }))
      .toSorted((a, b) => a.order - b.order)
      .map(({ item }) => item);
  return {
    unit,
    whole,
    shuffled,
    chance: (probability) => unit() < probability,
    pick: (items) => itemAt(items, whole(0, items.length - 1)),
    weighted: (items) => pickWeighted(items, unit()),
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    id: (instant) => v7({ msecs: instant, random: randomBytes(next) }),
  };
}

function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError('Nothing to choose from');
  return item;
}

function pickWeighted<T>(items: readonly (readonly [T, number])[], share: number): T {
  let left = share * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return itemAt(items, items.length - 1)[0];
}

function randomBytes(next: () => number): Uint8Array {
  const words = Uint32Array.from({ length: 4 }, next);
  return new Uint8Array(words.buffer);
}
