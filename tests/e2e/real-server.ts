import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '#server/project-root.ts';
import { copyTemplate } from '#tests/support/embedded-template.ts';

export type RealServer = {
  readonly url: string;
  /** What it has printed so far. */
  printed(): string;
  /** Asks past the screen, as the assessor of the demonstration; `path` from the root on. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Ends the process at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts again on the same data. */
  restart(): Promise<RealServer>;
  /** Asks it to stop, waits, removes the data. */
  stop(): Promise<void>;
};

const START_MS = 300_000;

/** The built program as a user starts it for the first time: embedded database, demonstration data, a free port. */
export async function startServer(): Promise<RealServer> {
  return startOn(await mkdtemp(path.join(os.tmpdir(), 'risk-map-e2e-')));
}

/** The same as it starts on any later day: what the first start makes is made once for all suites. */
export async function startServerAgain(): Promise<RealServer> {
  const folder = await copyTemplate({
    name: 'started',
    sources: ['dist/server', 'data'],
    make: async (dataDir) => (await startOn(dataDir)).end(),
  });
  return startOn(folder);
}

async function startOn(folder: string): Promise<RealServer & { end(): Promise<void> }> {
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const print = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', print);
  child.stderr.on('data', print);
  const url = await listening(child, () => output);
  const end = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  return {
    url,
    printed: () => output,
    fetch: asAssessor(url),
    kill: () => end('SIGKILL'),
    restart: () => startOn(folder),
    end: () => end('SIGTERM'),
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `fetch` with the cookie of a session of its own, taken when it is first needed. */
function asAssessor(url: string): RealServer['fetch'] {
  let session: Promise<Record<string, string>> | null = null;
  return async (path, init = {}) => {
    session ??= signIn(url);
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(await session)) headers.set(name, value);
    return fetch(url + path, { ...init, headers });
  };
}

async function signIn(url: string): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/api/v1/session/demonstration`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'assessor' }),
  });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { cookie, 'x-csrf-token': csrfToken };
}

function listening(child: ChildProcess, printed: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`${what}:\n${printed()}`));
    const timer = setTimeout(() => fail('It does not listen'), START_MS);
    const read = (): void => {
      const [, url] = /listening on (http:\/\/\S+)/.exec(printed()) ?? [];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => fail(`It ended with ${String(code)}`));
  });
}
