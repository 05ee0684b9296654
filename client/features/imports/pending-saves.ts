type Saves = {
  /** Saves of corrected rows that are on their way, by row of the file. */
  readonly pending: Map<number, Promise<unknown>>;
  /** Rows whose last save failed: another try is no promise. */
  readonly failed: Set<number>;
};

const saves = new Map<string, Saves>();

/** What is known of the saves of an import; it outlives the screen. */
export function savesOf(importId: string): Saves {
  const known = saves.get(importId);
  if (known !== undefined) return known;
  const made: Saves = { pending: new Map(), failed: new Set() };
  saves.set(importId, made);
  return made;
}

/** Whether a row will be saved without the reader doing anything more. */
export function isOnItsWay(importId: string, row: number): boolean {
  const { pending, failed } = savesOf(importId);
  return pending.has(row) && !failed.has(row);
}

/** Waits until no save of the import is on its way; what failed has been said where it failed. */
export async function allSaved(importId: string): Promise<void> {
  await Promise.allSettled(savesOf(importId).pending.values());
}
