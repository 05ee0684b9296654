import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { projectRoot } from '#server/project-root.ts';

export type Writer = {
  readonly pid: number;
  /** Resolves when the process has printed at least so many acknowledged rows. */
  untilAcknowledged(count: number): Promise<void>;
  /** Ends the process with the signal; resolves to its exit code (null when killed) and the rows it had printed. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; acknowledged: number[] }>;
};

/** Node cannot run TypeScript in every supported version: the program is bundled as the server is. */
export function buildProgram(name: 'writer-process' | 'import-process'): void {
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'];
  const bundle = ['--ssr', `tests/support/${name}.ts`, '--outDir', `dist/tests/${name}`];
  const built = spawnSync(process.execPath, [...vite, ...bundle], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`The program could not be built: ${built.stderr}`);
}

export function runWriter(dataDir: string): Writer {
  const child = spawn(
    process.execPath,
    [path.join(projectRoot, 'dist/tests/writer-process/writer-process.js')],
    {
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const acknowledged: number[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => acknowledged.push(Number(line)));
  return {
    pid: child.pid ?? 0,
    untilAcknowledged: async (count) => {
      while (acknowledged.length < count) {
        if (child.exitCode !== null) {
          throw new Error(`The writer ended after ${acknowledged.length} rows`);
        }
        await sleep(20);
      }
    },
    end: (signal) => end(child, signal, acknowledged),
  };
}

async function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
  acknowledged: number[],
): Promise<{ code: number | null; acknowledged: number[] }> {
  child.kill(signal);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, acknowledged };
}
