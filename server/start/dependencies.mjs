import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { run } from './run.mjs';

/** Tells whether node_modules holds what package-lock.json asks for; `dev` includes what only tests and checks need. */
export function hasDependencies(root, { dev }) {
  const stamp = readJson(stampOf(root));
  if (stamp?.lock === lockHash(root) && (stamp.dev || !dev)) return true;
  return isInstalled(root, dev);
}

/** Installs exactly what package-lock.json names, and stamps node_modules with its hash after success. */
export async function installDependencies(root, { dev }) {
  const flags = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...(dev ? [] : ['--omit=dev']),
  ];
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js')
    ? [process.execPath, [npm, ...flags]]
    : ['npm', flags];
  await run(command, args, {
    cwd: root,
    // Under `npm test` or `npm start` with --omit or --production, npm would hand those flags on.
    env: { ...process.env, NODE_ENV: dev ? 'development' : 'production' },
    onFailure:
      'The dependencies could not be installed. Check the network and the free disk space, then try again',
  });
  writeFileSync(stampOf(root), JSON.stringify({ lock: lockHash(root), dev }));
}

const stampOf = (root) => path.join(root, 'node_modules/.risk-map-stamp.json');

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
}

/** npm writes its own list after a successful installation; one that someone made by hand counts too. */
function isInstalled(root, dev) {
  const wanted = readJson(path.join(root, 'package-lock.json'))?.packages ?? {};
  const present = readJson(path.join(root, 'node_modules/.package-lock.json'))?.packages;
  if (present === undefined) return false;
  return Object.entries(wanted).every(([name, entry]) => {
    const isOptional = entry.optional || (entry.devOptional && !dev);
    if (name === '' || isOptional || (entry.dev && !dev)) return true;
    return present[name]?.version === entry.version && existsSync(path.join(root, name));
  });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
