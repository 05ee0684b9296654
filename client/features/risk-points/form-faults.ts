import type { ProblemFault } from '#server/contract/problem.contract.ts';

export type FaultsByField = {
  /** Factor id → what is wrong with it. */
  readonly factors: Readonly<Record<string, string>>;
  /** Faults that belong to no field of the form. */
  readonly others: readonly string[];
};

/** Sorts the faults of a refused assessment by the field that they point at. */
export function faultsByField(
  faults: readonly ProblemFault[],
  factorIds: readonly string[],
): FaultsByField {
  const factors: Record<string, string> = {};
  const others: string[] = [];
  for (const { pointer, detail } of faults) {
    const id = /^\/inputs\/([^/]+)/.exec(pointer ?? '')?.[1];
    if (id !== undefined && factorIds.includes(id)) {
      factors[id] = [factors[id], detail].filter((text) => text !== undefined).join(' ');
    } else {
      others.push(detail);
    }
  }
  return { factors, others };
}
