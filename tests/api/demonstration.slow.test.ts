import { anEnterprise } from '#tests/support/factories.ts';
import { DEMO_NOW, demoSeed } from '#tests/support/demo-seed.ts';
import { prepareWelcome } from '#server/welcome.ts';
import { TEST_URL, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';
import { v7 } from 'uuid';

let app: TestApp;

beforeAll(async () => {
  app = await testApp({ seed: demoSeed, now: DEMO_NOW });
  await prepareWelcome({
    db: app.database.unscoped,
    config: { isProduction: false, publicUrl: TEST_URL },
    clock: () => app.clock.now,
    newId: () => v7(),
  });
});
afterAll(() => app?.close());

describe('the demonstration', () => {
  it('tells everyone its invented figures without a release, by the name of what they are', async () => {
    await app.services.publication.publish();

    const { body } = await app.visitor().get('/api/v1/publication').expect(200);
    expect(body.publication).toMatchObject({ kind: 'demonstration', day: '2026-06-15' });
  });

  it('ends with the first real row: sessions, passwords and figures alike', async () => {
    const visitor = app.visitor();
    await visitor.post('/api/v1/session/demonstration').send({ role: 'viewer' }).expect(201);
    await visitor.get('/api/v1/risk-points?limit=1').expect(200);

    await app.database.asOwner((trx) => anEnterprise(trx));
    // What was looked at is believed for a few seconds.
    app.clock.now += 10_000;

    await visitor.get('/api/v1/risk-points?limit=1').expect(401);
    await app
      .visitor()
      .post('/api/v1/session/demonstration')
      .send({ role: 'assessor' })
      .expect(409);
    await app.services.publication.publish();
    const { body } = await app.visitor().get('/api/v1/publication').expect(200);
    expect(body.publication).toBeNull();
  });
});
