import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import { z } from 'zod';
import { OPEN } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { OverloadedError } from '#server/domain/errors.ts';
import { mountDownload } from '#server/http/download.ts';
import { edgeApp } from './http-app.ts';

const getFile = defineEndpoint({
  method: 'get',
  path: '/api/v1/files/{name}',
  operationId: 'getFile',
  summary: 'Hands out a file',
  tags: ['test'],
  access: OPEN,
  params: z.object({ name: z.string() }),
  query: z.strictObject({ fail: z.enum(['first', 'later']).optional() }),
  response: z.unknown(),
  mediaType: 'application/octet-stream',
  problems: [],
});

/** Bodies that have ended, whether all was taken or not. */
let ended = 0;

async function* body(fail: 'first' | 'later' | undefined): AsyncGenerator<Buffer> {
  try {
    if (fail === 'first') throw new OverloadedError('busy');
    yield Buffer.from('first,');
    if (fail === 'later') throw new Error('lost the rest');
    yield Buffer.from('second');
  } finally {
    ended += 1;
  }
}

async function* endless(): AsyncGenerator<Buffer> {
  try {
    for (;;) yield Buffer.alloc(65_536, 'x');
  } finally {
    ended += 1;
  }
}

const router = Router();
mountDownload(
  router,
  getFile,
  ({ params, query }) =>
    Promise.resolve({
      mediaType: 'text/csv',
      fileName: params.name,
      body: params.name === 'endless' ? endless() : body(query.fail),
    }),
  { stalledMs: 300 },
);
const { agent, app } = edgeApp(router, [getFile]);

beforeEach(() => {
  ended = 0;
});

/** Resolves when it is so, or after twenty seconds. */
async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!isSo() && Date.now() < deadline) {
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

describe('a file as an answer', () => {
  it('is sent whole under its name, in UTF-8 and for old programs', async () => {
    const name = `清单 "1" (a)'b.csv`;
    const response = await agent.get(`/api/v1/files/${encodeURIComponent(name)}`).expect(200);

    expect(response.text).toBe('first,second');
    expect(response.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="____1___a__b.csv"; filename*=UTF-8''%E6%B8%85%E5%8D%95%20%221%22%20%28a%29%27b.csv`,
    });
    expect(ended).toBe(1);
  });

  it('answers HEAD without the rest of the work', async () => {
    await agent.head('/api/v1/files/endless').expect(200);

    expect(ended).toBe(1);
  });

  it('is a problem where the first piece fails', async () => {
    const response = await agent.get('/api/v1/files/a.csv?fail=first').expect(503);

    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.headers['content-disposition']).toBeUndefined();
  });

  it('breaks off where a later piece fails: half a file never passes for a whole one', async () => {
    await expect(agent.get('/api/v1/files/a.csv?fail=later')).rejects.toThrow(/aborted|hang up/);
  });

  it('refuses a parameter that it does not know', async () => {
    await agent.get('/api/v1/files/a.csv?x=1').expect(400);
  });

  it('is given up when the client takes nothing for too long', async () => {
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const headers = { host: '127.0.0.1:8080' };
    const path = '/api/v1/files/endless';
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = http.get({ host: '127.0.0.1', port, path, headers, agent: false }, resolve);
      request.on('error', reject);
    });
    // Nothing is read: the buffers fill, then nothing moves.
    response.pause().on('error', () => undefined);
    await until(() => ended > 0);
    response.destroy();
    server.close();

    expect(ended).toBe(1);
  });
});
