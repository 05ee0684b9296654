import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const worker = path.join(root, 'dist/server/embedded-worker.js');
const postgis = path.join(root, 'dist/server/postgis.tar.gz');
const source = path.join(root, 'server/db/embedded-worker.ts');

/** Before the suites on the embedded engine: its worker is the one file that must have been built. */
export default function setup() {
  if (
    existsSync(postgis) &&
    existsSync(worker) &&
    statSync(worker).mtimeMs > statSync(source).mtimeMs
  )
    return;
  const built = spawnSync(
    process.execPath,
    [
      'node_modules/vite/bin/vite.js',
      'build',
      '--config',
      'server/vite.config.ts',
      '--logLevel',
      'warn',
    ],
    { cwd: root, stdio: 'inherit' },
  );
  if (built.status !== 0) throw new Error('The server could not be built');
}
