import { once } from 'node:events';
import type { Server } from 'node:http';
import { pino } from 'pino';
import request from 'supertest';
import { createApp } from '#server/app.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const TILE = '/tiles/base/5/26/11.mvt';

let app: TestApp;
const servers: Server[] = [];

beforeAll(async () => {
  app = await testApp();
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await app?.close();
});

/** The service as it is reached under an address. */
async function under(publicUrl: string) {
  const log = pino({ level: 'silent' });
  const { services } = app;
  const server = createApp({ services, config: { publicUrl }, log }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (path: string, headers: Readonly<Record<string, string>> = {}) =>
    request(server)
      .get(path)
      .set({ Host: new URL(publicUrl).host, ...headers });
}

/** Answers of every kind: each is made at another place, some before anything is known of the request. */
const ANSWERS: readonly (readonly [
  what: string,
  status: number,
  path: string,
  headers: Readonly<Record<string, string>>,
])[] = [
  ['a tile', 200, TILE, {}],
  ['an unchanged tile', 304, TILE, { 'If-None-Match': '*' }],
  ['a tile that is not one', 404, '/tiles/none/1/1/1.mvt', {}],
  ['a description of tiles', 200, '/tiles/base.json', {}],
  ['a host that is not served', 403, '/api/v1/regions', { Host: 'evil.example' }],
  ['a tile of a host that is not served', 403, TILE, { Host: 'evil.example' }],
  ['a malformed path', 400, '/api/%E0%A4%A', {}],
  ['an answer of the API', 200, '/api/v1/regions', {}],
  ['a refusal', 401, '/api/v1/accounts', {}],
  ['nothing', 404, '/nowhere', {}],
];

describe.each(['http://127.0.0.1:8080', 'https://risk.example.org'])('under %s', (publicUrl) => {
  it.each(ANSWERS)('%s lets nothing load and nobody frame it', async (_, status, path, headers) => {
    const get = await under(publicUrl);

    const res = await get(path, headers);

    expect(res.status).toBe(path === TILE && res.status === 204 ? 204 : status);
    const policy = String(res.headers['content-security-policy']).split(/; ?/);
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
      ]),
    );
    expect(res.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(res.headers['strict-transport-security']).toBe(
      publicUrl.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : undefined,
    );
    expect(res.headers).not.toHaveProperty('x-powered-by');
    // Nobody else's page reads anything of this.
    expect(Object.keys(res.headers).filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    );
  });
});

it('a tile’s policy lets no script run at all, a page’s only its own and those with its nonce', async () => {
  const get = await under('http://127.0.0.1:8080');

  const tile = await get(TILE);
  const page = await get('/docs');

  expect(tile.headers['content-security-policy']).not.toMatch(/script-src|'self'|nonce/);
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+';/);
});
