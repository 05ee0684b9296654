const pending = new Map<string, Map<number, Promise<unknown>>>();

/** Saves of corrected rows that are on their way, by row of the file. */
export function pendingOf(importId: string): Map<number, Promise<unknown>> {
  const known = pending.get(importId);
  if (known !== undefined) return known;
  const made = new Map<number, Promise<unknown>>();
  pending.set(importId, made);
  return made;
}

/** Waits until no save of the import is on its way; what failed has been said where it failed. */
export async function allSaved(importId: string): Promise<void> {
  await Promise.allSettled(pendingOf(importId).values());
}
