import { createStore } from './store.ts';

/** A record that is about to be deleted, once a reason is given. */
export type Deleting = {
  readonly kind: 'enterprise' | 'risk-point' | 'hazard-source' | 'measure';
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** What goes along, in words. */
  readonly along: string | null;
  /** Called once it is gone; the answer brings it back to the screen after an undo. */
  readonly onGone: (() => void) | null;
  readonly onBack: (() => void) | null;
};

/** The question before a deletion; null: nothing is asked. */
export const deletionStore = createStore<{ readonly asked: Deleting | null }>({ asked: null });
