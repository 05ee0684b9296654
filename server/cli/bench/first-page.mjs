/**
 * Seconds from `npm start` to the first page: on a fresh clone of this repository's HEAD (dependencies, build, database
 * and demonstration data included), then once more on the same clone. `node server/cli/bench/first-page.mjs`
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const GIVE_UP_MS = 15 * 60_000;
const LOOK_EVERY_MS = 50;

const folder = mkdtempSync(path.join(os.tmpdir(), 'risk-map-first-'));
try {
  const clone = path.join(folder, 'clone');
  const cloned = spawnSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' });
  if (cloned.status !== 0) throw new Error('The repository could not be cloned');
  console.log(`fresh clone: ${await secondsToFirstPage(clone)} s`);
  console.log(`second start: ${await secondsToFirstPage(clone)} s`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function secondsToFirstPage(clone) {
  const port = await freePort();
  const began = performance.now();
  // In a process group of its own, so that npm and everything under it can be ended together.
  const settings = [`PORT=${port}`, 'DATABASE_URL=', 'LOG_LEVEL=error'];
  const server = spawn('env', [...settings, 'npm', 'start'], {
    cwd: clone,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    await untilPage(`http://127.0.0.1:${port}/`, server);
    return ((performance.now() - began) / 1000).toFixed(1);
  } finally {
    process.kill(-1 * Number(server.pid), 'SIGTERM');
    await ended;
    await untilFree(port);
  }
}

async function untilPage(address, server) {
  const deadline = performance.now() + GIVE_UP_MS;
  while (performance.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`npm start ended with ${server.exitCode}`);
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && (await answer.text()).includes('<html')) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error('No page came');
}

/** npm may end before the service has closed its database. */
async function untilFree(port) {
  while (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)) await sleep(100);
  await sleep(2_000);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
