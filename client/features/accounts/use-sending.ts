import { useState } from 'react';
import { ApiProblem } from '#client/api/problem.ts';
import { faultsByPointer } from '#client/ui/form/faults.ts';
import type { Faults } from '#client/ui/form/faults.ts';

type State = {
  readonly isSending: boolean;
  readonly problem: ApiProblem | null;
  readonly faults: Faults;
};

const AT_REST: State = { isSending: false, problem: null, faults: {} };

/** One change at a time, and what became of it. */
export function useSending() {
  const [state, setState] = useState<State>(AT_REST);
  const send = (work: () => Promise<unknown>) => {
    if (state.isSending) return;
    setState({ ...AT_REST, isSending: true });
    work().then(
      () => setState(AT_REST),
      (error: unknown) => {
        const problem =
          error instanceof ApiProblem ? error : new ApiProblem({ slug: 'unreadable', status: 0 });
        setState({ isSending: false, problem, faults: faultsByPointer(problem.faults) });
      },
    );
  };
  /** What can be told without asking the service; false where something is wrong. */
  const isGood = (faults: Faults): boolean => {
    const hasFaults = Object.keys(faults).length > 0;
    if (hasFaults) setState({ ...AT_REST, faults });
    return !hasFaults;
  };
  return { ...state, send, isGood };
}
