import {
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { Agent, TestApp } from '#tests/support/test-app.ts';
import { tilePath } from '#tests/support/tile-requests.ts';

let app: TestApp;
let south: string;

/** An enterprise with a point in each county of city A, and one in city B. */
beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    const add = async (zh: string, at: readonly [number, number]) => {
      const enterprise = await anEnterprise(trx, { zh, at });
      await anAssessment(trx, await aRiskPoint(trx, { zh: `${zh}罐`, enterprise, at }), 2);
      return enterprise.id;
    };
    south = await add('示例南厂', [125.5, 43.25]);
    await add('示例北厂', [125.5, 43.75]);
    await add('示例东厂', [126.5, 43.5]);
    await settle(trx, TEST_NOW);
  });
});
afterAll(() => app?.close());

async function namesSeen(agent: Agent, view: string): Promise<readonly string[]> {
  const { body } = await agent
    .get('/api/v1/risk-points')
    .set('X-View-As', view)
    .expect('Vary', /X-View-As/)
    .expect(200);
  return (body.items as { names: { zh: string } }[]).map(({ names }) => names.zh).toSorted();
}

const asPlanner = () => app.agentOf({ role: 'planner' });

describe('looking at the map as somebody else', () => {
  it('shows what a district sees, and what an enterprise sees', async () => {
    const planner = await asPlanner();

    expect(await namesSeen(planner, 'region:990100')).toEqual(['示例北厂罐', '示例南厂罐']);
    expect(await namesSeen(planner, 'region:990102')).toEqual(['示例北厂罐']);
    expect(await namesSeen(planner, `enterprise:${south}`)).toEqual(['示例南厂罐']);
    expect(await namesSeen(planner, `enterprise:${south.toUpperCase()}`)).toEqual(['示例南厂罐']);
    const { body } = await planner
      .get('/api/v1/regions/990100/summary')
      .set('X-View-As', 'region:990102')
      .expect(200);
    expect(body).toMatchObject({ n2: 1, s2: 1 });
  });

  it('never shows more than the caller himself sees', async () => {
    const ofCityA = await app.agentOf({ role: 'planner', regions: ['990100'] });

    expect(await namesSeen(ofCityA, 'region:990000')).toEqual(['示例北厂罐', '示例南厂罐']);
    expect(await namesSeen(ofCityA, 'region:990102')).toEqual(['示例北厂罐']);
    await ofCityA.get('/api/v1/risk-points').set('X-View-As', 'region:990200').expect(403);
    await ofCityA.get('/api/v1/risk-points').set('X-View-As', 'region:123456').expect(403);
    const officer = await app.agentOf({ role: 'officer', enterpriseId: south });
    expect(await namesSeen(officer, 'region:990101')).toEqual(['示例南厂罐']);
  });

  it('shows the public what whoever is not signed in sees', async () => {
    const planner = await asPlanner();
    const tile = `/tiles/regions/${tilePath(125.5, 43.25, 7)}?depth=county`;

    await planner.get('/api/v1/risk-points').set('X-View-As', 'public').expect(401);
    // Nothing is released here; the caller himself sees the areas.
    await planner.get(tile).set('X-View-As', 'public').expect(204);
    await planner.get(tile).expect(200);
    await planner.get(`${tile}&rule=highest`).set('X-View-As', 'public').expect(400);
  });

  it('changes nothing, and leaves accounts and the session alone', async () => {
    await app.agent
      .post('/api/v1/enterprises')
      .set('X-View-As', 'region:990100')
      .send({ name: { zh: '示例' } })
      .expect(403);
    await app.agent
      .post('/api/v1/keys')
      .set('X-View-As', 'region:990100')
      .send({ name: '示例', isReadOnly: false, days: 3 })
      .expect(403);
    await app.agent.get('/api/v1/accounts').set('X-View-As', 'region:990100').expect(200);
    const { body } = await app.agent.get('/api/v1/session').set('X-View-As', 'public').expect(200);
    expect(body.account).not.toBeNull();
  });

  it('says what it takes', async () => {
    for (const view of ['everyone', 'region:1', 'enterprise:x', 'region:990100,990200']) {
      const { body } = await app.agent
        .get('/api/v1/risk-points')
        .set('X-View-As', view)
        .expect(400);
      expect(body.errors).toMatchObject([{ parameter: 'X-View-As' }]);
    }
  });

  it('never meets another view in a cache', async () => {
    const planner = await asPlanner();
    const scopes = new Set<string>();
    for (const view of ['region:990101', 'region:990102', `enterprise:${south}`, 'public']) {
      const { body } = await planner.get('/tiles/regions.json').set('X-View-As', view).expect(200);
      scopes.add(body.scope as string);
    }

    expect(scopes.size).toBe(4);
  });
});
