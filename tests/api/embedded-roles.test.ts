import pg from 'pg';
import { aSmallProvince, anEnterprise, aRiskPoint, settle } from '#tests/support/factories.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';
import { tilePath } from '#tests/support/tile-requests.ts';

let app: TestApp;
let enterprise: string;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    const owner = await anEnterprise(trx);
    enterprise = owner.id;
    await aRiskPoint(trx, { enterprise: owner });
    await settle(trx, TEST_NOW);
  });
  // What the owner reads once for all, such as when the database was made.
  await app.agent.get('/tiles/regions.json').expect(200);
});
afterAll(() => app?.close());

type Query = (this: object, ...given: unknown[]) => unknown;

/** Every statement that goes to the database meanwhile, in order; the engine has one connection. */
async function statementsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const query = prototype.query;
  const statements: string[] = [];
  prototype.query = function (...given) {
    const [first] = given;
    statements.push(typeof first === 'string' ? first : (first as { text: string }).text);
    return query.apply(this, given);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return statements;
}

const OPENING = /^BEGIN[^;]*;\s*SET LOCAL ROLE risk_(?:app|public|auth)\b/;
const END = /^(?:COMMIT|ROLLBACK);?$/i;

it('no statement of a request runs outside a transaction that begins with the role', async () => {
  const statements = await statementsOf(async () => {
    const tile = tilePath(125.5, 43.25, 12);
    for (const path of [
      '/api/v1/risk-points',
      '/api/v1/search?q=示例',
      `/api/v1/enterprises/${enterprise}`,
      '/api/v1/regions/990100/why',
      '/api/v1/exports?list=enterprises&format=csv',
      '/api/v1/accounts',
      '/api/v1/audit',
      '/api/v1/register-faults',
      `/tiles/risk-points/${tile}`,
      `/tiles/regions/${tile}`,
    ]) {
      await app.agent.get(encodeURI(path)).expect(200);
    }
    await app.visitor().get('/api/v1/regions').expect(200);
    await app.visitor().get('/api/v1/publication').expect(200);
    await app
      .visitor()
      .post('/api/v1/session')
      .send({ name: 'nobody', password: 'no' })
      .expect(401);
    await app.agent
      .post('/api/v1/enterprises')
      .send({ names: { zh: '示例新厂' }, position: [125.5, 43.25] })
      .expect(201);
    await app.agent.delete(`/api/v1/enterprises/${enterprise}?reason=x`).expect(428);
  });

  let isOpen = false;
  const outside: string[] = [];
  let opened = 0;
  for (const statement of statements) {
    if (OPENING.test(statement)) {
      isOpen = true;
      opened += 1;
    } else if (!isOpen) outside.push(statement);
    if (END.test(statement)) isOpen = false;
  }

  expect(outside).toEqual([]);
  expect(opened).toBeGreaterThan(15);
  expect(statements.length).toBeGreaterThan(3 * opened - 1);
});
