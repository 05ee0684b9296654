import type { ImportReport } from '#server/features/imports/import-report.contract.ts';

type Polled = {
  readonly state: ImportReport['state'] | undefined;
  /** The page stands in a tab that nobody sees. */
  readonly isHidden?: boolean;
  /** The last question was not answered. */
  readonly hasFailed?: boolean;
};

const EVERY_MS = 1000;
const AFTER_FAILURE_MS = 5000;
const HIDDEN_MS = 15_000;

/** Milliseconds until an import is asked for again; false once it has come to rest. */
export function pollDelay({ state, isHidden = false, hasFailed = false }: Polled): number | false {
  if (state === undefined || !isAtWork(state)) return false;
  if (isHidden) return HIDDEN_MS;
  return hasFailed ? AFTER_FAILURE_MS : EVERY_MS;
}

/** Whether the service is reading or writing by itself. */
export function isAtWork(state: ImportReport['state']): boolean {
  return state === 'reading' || state === 'committing';
}
