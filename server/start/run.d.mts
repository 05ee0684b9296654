export class SetUpError extends Error {}

export type RunOptions = {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onFailure: string;
};

export function run(command: string, args: readonly string[], options: RunOptions): Promise<void>;
