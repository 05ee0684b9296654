import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { createApp } from '#server/app.ts';
import { inScope, SYSTEM } from '#server/db/scope.ts';
import { importRoutes } from '#server/features/imports/imports.routes.ts';
import { createUploads } from '#server/features/imports/upload-file.ts';
import { endpoints } from '#server/routes.ts';
import { edgeApp } from '#tests/contract/http-app.ts';
import { TEST_URL, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const ADDRESS = '/api/v1/imports?kind=risk-points&crs=wgs84';
const MEGABYTE = Buffer.alloc(1_000_000, 'a');
const ROWS = 'name_zh,lon,lat\n甲,126.1,43.1\n';

let app: TestApp;
let server: http.Server;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'risk-map-test-'));
  app = await testApp();
  const log = pino({ level: 'silent' });
  server = createApp({ services: app.services, config: { publicUrl: TEST_URL }, log }).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await app?.close();
  rmSync(folder, { recursive: true });
});

/** A request without Content-Length of which nothing is sent yet. */
function begin(connection: 'close' | 'keep-alive' = 'close'): {
  readonly request: http.ClientRequest;
  readonly answer: Promise<Answer>;
} {
  const { port } = server.address() as AddressInfo;
  const { authorization } = app;
  const about = { 'content-type': 'text/csv', 'accept-language': 'en', authorization };
  const headers = { host: '127.0.0.1:8080', connection, ...about };
  const options = { host: '127.0.0.1', port, path: ADDRESS, method: 'POST', headers, agent: false };
  const request = http.request(options);
  const answer = new Promise<Answer>((resolve, reject) => {
    request.on('error', reject).on('response', (response) => {
      textOf(response).then((text) => resolve({ response, text }), reject);
    });
  });
  answer.catch(() => undefined);
  return { request, answer };
}

type Answer = { readonly response: http.IncomingMessage; readonly text: string };

async function textOf(response: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece);
  return String(Buffer.concat(pieces));
}

async function sendMegabytes(request: http.ClientRequest, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    if (!request.write(MEGABYTE)) await once(request, 'drain');
  }
}

/** Folders of uploads that belong to this process. */
function ownFolders(): readonly string[] {
  return readdirSync(os.tmpdir())
    .filter((name) => name.startsWith('risk-map-upload-'))
    .filter((name) => ownerOf(path.join(os.tmpdir(), name))?.['pid'] === process.pid);
}

function ownerOf(at: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(readFileSync(path.join(at, 'owner.json'), 'utf8'));
  } catch {
    return null;
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

describe('an upload whose length was not announced', () => {
  it.each(['close', 'keep-alive'] as const)(
    'is told that it is over the limit although it sends all of it first (connection: %s), and nothing of it stays',
    async (connection) => {
      const { request, answer } = begin(connection);

      await sendMegabytes(request, 130);
      request.end();

      const { response, text } = await answer;
      expect(response.statusCode).toBe(413);
      expect(response.headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(text)).toMatchObject({
        status: 413,
        type: `${TEST_URL}/problems/payload-too-large`,
        detail: 'The file is over the limit of 100 MB. Split it into several files.',
      });
      expect(ownFolders()).toEqual([]);
    },
  );

  it('is answered when it is over the limit and pauses, before it has ended', async () => {
    const { request, answer } = begin('keep-alive');

    await sendMegabytes(request, 101);

    const { response, text } = await answer;
    expect([response.statusCode, JSON.parse(text).status]).toEqual([413, 413]);
    request.destroy();
  });

  it('is read when it is small', async () => {
    const { request, answer } = begin();

    request.end(ROWS);

    const { response, text } = await answer;
    expect([response.statusCode, JSON.parse(text).rows]).toEqual([201, 1]);
    expect(ownFolders()).toEqual([]);
  });
});

it('an upload is one of eight at once; the next is told to come again, and taken when one has gone', async () => {
  const slow = Array.from({ length: 8 }, () => begin());
  for (const { request } of slow) request.write('name_zh,lon,lat\n');
  await until(() => ownFolders().length === 8);

  const ninth = begin();
  ninth.request.end(ROWS);
  const { response, text } = await ninth.answer;
  expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '10']);
  expect(JSON.parse(text).type).toBe(`${TEST_URL}/problems/overloaded`);

  slow[0]?.request.destroy();
  slow[1]?.request.end('乙,126.2,43.2\n');
  expect((await slow[1]?.answer)?.response.statusCode).toBe(201);
  await until(() => ownFolders().length === 6);
  const next = begin();
  next.request.end(ROWS);
  expect((await next.answer).response.statusCode).toBe(201);
  for (const { request } of slow) request.destroy();
  await until(() => ownFolders().length === 0);
});

it('an upload that the disk has no room for is answered so, and can be sent again', async () => {
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const openFile = () =>
    Promise.resolve({ writeFile: () => Promise.reject(full), close: () => Promise.resolve() });
  const saveUpload = createUploads({ place: folder, openFile }).save;
  const { agent } = edgeApp(importRoutes({ ...app.services.imports, saveUpload }), endpoints);

  for (const [language, words] of [
    ['zh', /磁盘已满/],
    ['en', /disk of the server is full/],
  ] as const) {
    const response = await agent
      .post(ADDRESS)
      .set('Content-Type', 'text/csv')
      .set('Accept-Language', language)
      .send(String(MEGABYTE).repeat(5));

    expect([response.status, response.headers['retry-after']]).toEqual([503, '60']);
    expect(response.body.type).toBe(`${TEST_URL}/problems/overloaded`);
    expect(response.body.detail).toMatch(words);
  }
  expect(readdirSync(folder)).toEqual([]);
});

it('what a killed process left of an upload goes at the next start, and nothing of a process that runs', async () => {
  const { save } = createUploads();
  const ours = await save(Readable.from([Buffer.from(ROWS)]), null);
  const other = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
  const theirs = await save(Readable.from([Buffer.from(ROWS)]), null);
  const owner = path.join(path.dirname(theirs.path), 'owner.json');
  expect(ownerOf(path.dirname(theirs.path))).toMatchObject({ pid: process.pid });
  const identity = { pid: other.pid, host: os.hostname(), startedAt: null };
  writeFileSync(owner, JSON.stringify(identity));

  await startAndStop();
  expect([existsSync(ours.path), existsSync(theirs.path)]).toEqual([true, true]);

  other.kill('SIGKILL');
  await once(other, 'close');
  await startAndStop();
  expect([existsSync(ours.path), existsSync(path.dirname(theirs.path))]).toEqual([true, false]);
  await ours.remove();
});

/** What the service does when it begins to listen and when it ends. */
async function startAndStop(): Promise<void> {
  const stops = app.services.jobs.map((job) => inScope(SYSTEM, () => job.start()));
  for (const stop of stops) await stop();
}
