import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Config } from '#server/config.ts';
import { projectRoot } from '#server/project-root.ts';

/** Imports a file in a process of its own and kills that, without warning, when it says that it is this far. */
export async function killImporter(
  { databaseUrl, dataDir }: Config,
  file: string,
  when: (line: string) => boolean,
): Promise<readonly string[]> {
  const place = databaseUrl === null ? { DATA_DIR: dataDir } : { DATABASE_URL: databaseUrl };
  const child = spawn(
    process.execPath,
    [path.join(projectRoot, 'dist/tests/import-process/import-process.js')],
    {
      env: { PATH: process.env['PATH'], ...place, IMPORT_FILE: file },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    if (when(line)) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`It ended by itself: ${said.join(', ')}`);
  return said;
}
