import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { createApp } from '#server/app.ts';
import { createServices } from '#server/composition.ts';
import { TEST_NOW, TEST_URL, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const ROWS = 2000;
const FILE = '/api/v1/exports?list=enterprises&format=csv';

let app: TestApp;
let server: http.Server;
/** Transactions that only read, since the last reset. */
let reads = 0;

/** Two thousand enterprises of twenty kilobytes each: forty megabytes that no socket's buffer takes. */
beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await trx.raw(
      `INSERT INTO enterprises (id, name_zh, lifecycle, geom, attributes)
       SELECT ('018f0000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '示例企业' || lpad(n::text, 4, '0'),
         'running', ST_SetSRID(ST_MakePoint(125 + n / 10000.0, 43), 4326),
         (SELECT jsonb_object_agg('列' || k, repeat('示例', 1000)) FROM generate_series(1, 10) AS k)
       FROM generate_series(1, ?::int) AS n`,
      [ROWS],
    );
    await trx.raw('SELECT refresh_enterprises((SELECT array_agg(id) FROM enterprises))');
  });
  const { database } = app;
  const { unscoped } = database;
  const counted: typeof unscoped = {
    ...unscoped,
    read: (work) => {
      reads += 1;
      return unscoped.read(work);
    },
  };
  const log = pino({ level: 'silent' });
  // The limits have a test of their own: eight such files at once are more than one account may cost.
  const config = { ...database.config, publicUrl: TEST_URL, rateLimits: false };
  const clock = () => TEST_NOW;
  const services = createServices({ db: counted, clock, newId: () => v7(), log, config });
  server = createApp({ services, config, log }).listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    server.once('listening', resolve);
  });
});
afterAll(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => {
    server?.close(resolve);
  });
  await app?.close();
});

type Answer = { readonly request: http.ClientRequest; readonly response: http.IncomingMessage };

/** An answer of which nothing is read yet. */
function ask(path: string): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const headers = { host: '127.0.0.1:8080', authorization: app.authorization };
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) =>
      resolve({ request, response: response.pause() }),
    );
    request.on('error', reject);
  });
}

async function textOf({ response }: Answer): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of response as AsyncIterable<Buffer>) pieces.push(piece);
  return String(Buffer.concat(pieces));
}

/** Resolves when the number of reads has stopped growing for a while. */
async function quiet(): Promise<number> {
  let before = -1;
  while (before !== reads) {
    before = reads;
    await new Promise((resolve) => {
      setTimeout(resolve, 700);
    });
  }
  return reads;
}

async function goneAway({ request, response }: Answer): Promise<void> {
  response.on('error', () => undefined);
  request.destroy();
  await quiet();
}

describe('a client that takes its time', () => {
  it('is read for page by page, and holds up nobody meanwhile', async () => {
    reads = 0;
    const slow = await ask(FILE);
    const begun = await quiet();

    // The beginning, and pages of 250 rows as far as the buffers of the connection go: not all eight.
    expect(begun).toBeGreaterThanOrEqual(2);
    expect(begun).toBeLessThan(8);
    const other = await ask('/api/v1/enterprises?limit=1');
    expect(other.response.statusCode).toBe(200);
    expect(JSON.parse(await textOf(other))).toMatchObject({ total: ROWS });

    const lines = (await textOf(slow)).trimEnd().split('\r\n');
    expect(lines).toHaveLength(3 + 1 + ROWS);
    expect(lines.at(-1)).toMatch(/^2000,,示例企业2000,/);
  });

  it('ends the work by going away', async () => {
    reads = 0;
    const left = await ask(FILE);
    const begun = await quiet();
    await goneAway(left);

    expect(await quiet()).toBeLessThanOrEqual(begun + 1);
  });

  it('is one of eight at once; the next is told to come again', async () => {
    const slow: Answer[] = [];
    for (let n = 0; n < 8; n += 1) slow.push(await ask(FILE));

    const refused = await ask(FILE);
    expect(refused.response.statusCode).toBe(503);
    expect(refused.response.headers['retry-after']).toBe('10');
    expect(JSON.parse(await textOf(refused))).toMatchObject({ status: 503 });

    for (const one of slow) await goneAway(one);
    const next = await ask(`${FILE}&q=0007`);
    expect(next.response.statusCode).toBe(200);
    expect(await textOf(next)).toContain('示例企业0007');
  });
});

describe('a register that changes while a file is written', () => {
  it('is told of at the end of the file', async () => {
    const slow = await ask('/api/v1/exports?list=enterprises&format=geojson');
    await quiet();
    await app.agent
      .post('/api/v1/enterprises')
      .send({ names: { zh: '示例新企业' }, position: [125.5, 43.25] })
      .expect(201);

    const { changedWhileWritten } = JSON.parse(await textOf(slow)) as Record<string, unknown>;
    expect(changedWhileWritten).toBe(true);
  });
});
