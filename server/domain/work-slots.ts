import { OverloadedError } from './errors.ts';

/** Work of which only so much may be under way; who comes when no slot is free is told to come again. */
export type WorkSlots = {
  /** Takes a slot; what it returns gives it free, however often it is called. Throws OverloadedError. */
  readonly take: () => () => void;
};

/** So many slots; `busy` says of what there is too much, and it is worth trying again after so many seconds. */
export function createWorkSlots(
  most: number,
  { busy, retryAfterSeconds }: { readonly busy: string; readonly retryAfterSeconds: number },
): WorkSlots {
  let taken = 0;
  return {
    take: () => {
      if (taken >= most) throw new OverloadedError(busy, retryAfterSeconds);
      taken += 1;
      let isFree = false;
      return () => {
        if (!isFree) taken -= 1;
        isFree = true;
      };
    },
  };
}
