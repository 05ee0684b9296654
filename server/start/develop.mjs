import { spawn } from 'node:child_process';

import { buildCommands } from './build.mjs';

/** Rebuilds both bundles on every change and restarts the server when its own changed. */
export function develop(root) {
  const server = [
    '--watch',
    '--watch-preserve-output',
    '--enable-source-maps',
    'dist/server/main.js',
  ];
  const children = [...buildCommands(root, '--watch'), server].map((args) =>
    spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }),
  );
  const stop = () => {
    for (const child of children) child.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  for (const child of children) child.once('exit', stop);
}
