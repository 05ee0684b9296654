import type { ProblemFault } from '#server/contract/problem.contract.ts';

/** JSON Pointer without its first slash → what is wrong there. */
export type Faults = Readonly<Record<string, readonly string[]>>;

export const NO_FAULTS: Faults = {};

/** Faults of an answer by the place they point at; those without one stand at ''. */
export function faultsByPointer(faults: readonly ProblemFault[]): Faults {
  const sorted: Record<string, string[]> = {};
  for (const { pointer, detail } of faults) {
    (sorted[(pointer ?? '').slice(1)] ??= []).push(detail);
  }
  return sorted;
}

/** What is wrong with a member or anything inside it. */
export function faultsAt(faults: Faults, key: string): readonly string[] {
  return Object.entries(faults).flatMap(([at, texts]) =>
    at === key || at.startsWith(`${key}/`) ? texts : [],
  );
}

/** Faults that no field of the form shows. */
export function faultsElsewhere(faults: Faults, keys: readonly string[]): readonly string[] {
  return Object.entries(faults).flatMap(([at, texts]) =>
    keys.includes(at.split('/')[0] ?? '') ? [] : texts,
  );
}

/** The faults without those of a member: it has just been changed. */
export function withoutFaultsAt(faults: Faults, key: string): Faults {
  return Object.fromEntries(
    Object.entries(faults).filter(([at]) => at !== key && !at.startsWith(`${key}/`)),
  );
}
