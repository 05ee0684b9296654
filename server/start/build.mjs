import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { run } from './run.mjs';

/** Everything that the two bundles are made from. */
const SOURCES = [
  'server',
  'client',
  'migrations',
  'data',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

const CONFIGS = ['server/vite.config.ts', 'client/vite.config.ts'];

export function hasBuild(root) {
  const stamp = stampOf(root);
  return (
    existsSync(stamp) &&
    existsSync(path.join(root, 'dist/server/main.js')) &&
    readFileSync(stamp, 'utf8') === sourceHash(root)
  );
}

/** Builds client and server side by side, and stamps the result with the hash of its sources after success. */
export async function build(root) {
  const hash = sourceHash(root);
  const results = await Promise.allSettled(buildCommands(root).map((args) => bundle(root, args)));
  const failure = results.find(({ status }) => status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  writeFileSync(stampOf(root), hash);
}

/** Arguments to node, one list for each bundle. */
export function buildCommands(root, ...more) {
  return CONFIGS.filter((config) => existsSync(path.join(root, config))).map((config) => [
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    config,
    '--logLevel',
    'warn',
    ...more,
  ]);
}

const stampOf = (root) => path.join(root, 'dist/.stamp');

const bundle = (root, args) =>
  run(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    onFailure: 'The program could not be built. If you changed its sources, see the message above',
  });

function sourceHash(root) {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((name) => filesOf(path.join(root, name)))) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesOf(start) {
  const stats = statSync(start, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (stats.isFile()) return [start];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
