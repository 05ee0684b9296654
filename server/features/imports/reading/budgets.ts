import { FILE_LIMITS } from '#server/domain/import/file-limits.ts';
import { tooLarge } from './refusal.ts';

/** Limits of one file. Sizes in bytes, times in milliseconds. */
export type Budgets = {
  bytes: number;
  /** Data rows, without the header. */
  rows: number;
  columns: number;
  /** UTF-16 units of one cell. */
  cellChars: number;
  /** All entries of a zip archive together, unpacked. */
  inflatedBytes: number;
  /** Unpacked to packed size, looked at beyond the first 10 MB unpacked. */
  ratio: number;
  /** Files in a zip archive. */
  entries: number;
  cells: number;
  /** Time of reading, without the time that the receiver of the rows takes. */
  milliseconds: number;
  /** Nested arrays in the coordinates of a geometry. */
  depth: number;
  vertices: number;
  verticesPerFeature: number;
};

export const BUDGETS: Budgets = {
  ...FILE_LIMITS,
  ratio: 100,
  entries: 2000,
  depth: 8,
  vertices: 1_000_000,
  verticesPerFeature: 50_000,
};

/** The limits of one reading and the clock that runs with it. */
export type Watch = {
  readonly budgets: Budgets;
  /** Throws once the time is used up; called for every piece of the file. */
  readonly tick: () => void;
  /** Runs work of the receiver, whose time is not counted. */
  readonly outside: (work: () => void | Promise<void>) => Promise<void>;
};

export function createWatch(budgets: Budgets): Watch {
  let deadline = performance.now() + budgets.milliseconds;
  return {
    budgets,
    tick: () => {
      if (performance.now() > deadline) throw outOfTime(budgets.milliseconds);
    },
    outside: async (work) => {
      const start = performance.now();
      await work();
      deadline += performance.now() - start;
    },
  };
}

function outOfTime(milliseconds: number): Error {
  const seconds = Math.round(milliseconds / 1000);
  return tooLarge(
    `读取文件超过 ${seconds} 秒，已停止。请把文件拆成几个较小的文件再导入。`,
    `Reading the file took longer than ${seconds} seconds and was stopped. Split it into smaller files.`,
  );
}
