import express from 'express';
import request from 'supertest';
import { COST_LIMITS, admit, costLimits } from '#server/http/cost-limits.ts';
import type { Allowances } from '#server/http/cost-limits.ts';
import { problemHandler } from '#server/http/problem-handler.ts';
import { requestId } from '#server/http/request-id.ts';
import { pino } from 'pino';
import { TEST_URL } from '#tests/support/test-app.ts';

const EACH = { capacity: 100, perSecond: 10 };
const ALLOWANCES: Allowances = { address: EACH, guesses: EACH, account: EACH, key: EACH };

let time = 0;
let charge: ((milliseconds: number) => void) | null = null;

/** Each request costs what `?` says, in milliseconds, once it is let in. */
function service() {
  const limits = costLimits({
    measured: (told, work) => {
      charge = told;
      work();
    },
    allowances: ALLOWANCES,
    now: () => time,
  });
  const app = express();
  app.set(COST_LIMITS, limits);
  app.use(requestId, limits.open);
  app.use((req, res) => {
    const mine = charge;
    charge = null;
    admit(req, 'nobody');
    mine?.(Number(req.url.split('?')[1] ?? 0));
    res.status(204).end();
  });
  app.use(problemHandler({ publicUrl: TEST_URL, log: pino({ level: 'silent' }) }));
  return request(app);
}

beforeEach(() => {
  time = 0;
});

it('lets in whoever has something left, and says when he has something again', async () => {
  const agent = service();

  await agent.get('/a?99').expect(204);
  await agent.get('/a?51').expect(204);
  const refused = await agent.get('/a?1').expect(429);
  expect(refused.headers['retry-after']).toBe('5');

  time = 4_900;
  await agent.get('/a?1').expect(429);
  time = 5_100;
  await agent.get('/a?0').expect(204);
});

it('takes next to nothing for what costs nothing', async () => {
  const agent = service();

  for (let n = 0; n < 200; n += 1) await agent.get('/a?0.1').expect(204);
});

it.each(['/healthz', '/readyz'])('neither counts nor refuses %s', async (path) => {
  const agent = service();
  await agent.get(`${path}?1000`).expect(204);
  await agent.get('/a?101').expect(204);
  await agent.get('/a').expect(429);

  await agent.get(path).expect(204);
});

it('does not count the work of an import, which goes on after its answer, but refuses to begin one', async () => {
  const agent = service();

  await agent.post('/api/v1/imports?100000').expect(204);
  await agent.get('/api/v1/imports?101').expect(204);

  await agent.post('/api/v1/imports').expect(429);
});
