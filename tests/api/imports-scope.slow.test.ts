import { importApp } from '#tests/support/import-app.ts';
import type { Agent, TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await importApp();
});
afterAll(() => app?.close());

/** Two places in the south of the first city, one in the second. */
const CSV = `编号,名称,经度,纬度
S-1,南站,125.31,43.21
S-2,南库,125.32,43.22
E-1,东站,126.41,43.41
`;

type Report = {
  id: string;
  state: string;
  rows: number;
  new: number;
  faults: { row: number; problem: string | { zh: string } }[];
};

async function send(agent: Agent): Promise<Report> {
  const { body } = await agent
    .post('/api/v1/imports?kind=risk-points&crs=wgs84')
    .set('Content-Type', 'text/csv')
    .send(CSV)
    .expect(201);
  return body as Report;
}

it('tells the rows outside the own scope before anything is written, and writes the others', async () => {
  const agent = await app.agentOf({ role: 'assessor', regions: ['990101'] });

  const report = await send(agent);

  expect(report).toMatchObject({ state: 'ready', rows: 3, new: 2 });
  expect(report.faults.map(({ row }) => row)).toEqual([4]);
  expect(JSON.stringify(report.faults)).toMatch(/超出您可以更改的/);
  await agent.post(`/api/v1/imports/${report.id}/commit`).send({ skipFaulty: true }).expect(200);
  const { body } = await app.agent.get('/api/v1/risk-points').expect(200);
  const { items } = body as { items: { code: string }[] };
  expect(items.map(({ code }) => code).toSorted()).toEqual(['S-1', 'S-2']);
});

it('of somebody is nobody else’s: not in the list, not by its address', async () => {
  const [own, other] = [
    await app.agentOf({ role: 'assessor', regions: ['990200'] }),
    await app.agentOf({ role: 'assessor', regions: ['990200'] }),
  ];
  const { id } = await send(own);

  await own.get(`/api/v1/imports/${id}`).expect(200);
  for (const path of ['', '/rows', '/places', '/missing', '/faulty-rows']) {
    await other.get(`/api/v1/imports/${id}${path}`).expect(404);
  }
  await other.post(`/api/v1/imports/${id}/commit`).send({ skipFaulty: true }).expect(404);
  await other.delete(`/api/v1/imports/${id}`).expect(404);
  const { body } = await other.get('/api/v1/imports').expect(200);
  expect((body as { items: unknown[] }).items).toEqual([]);
});

it('tells of records that may be seen and not changed, and changes none of them', async () => {
  const [own, foreign] = await Promise.all(
    ['示例甲厂', '示例乙厂'].map(async (zh) => {
      const enterprise = { names: { zh }, position: [125.5, 43.25] };
      const { body } = await app.agent.post('/api/v1/enterprises').send(enterprise).expect(201);
      return (body as { id: string }).id;
    }),
  );
  const agent = await app.agentOf({ role: 'viewer' }, { role: 'officer', enterpriseId: own ?? '' });
  const csv = `企业名称,地址,企业系统编号\n示例甲厂,示例路 1 号,${own}\n示例乙厂,示例路 2 号,${foreign}\n`;
  const { body } = await agent
    .post('/api/v1/imports?kind=enterprises')
    .set('Content-Type', 'text/csv')
    .send(csv)
    .expect(201);
  const report = body as Report & { changed: number };

  expect(report).toMatchObject({ state: 'ready', rows: 2, changed: 1 });
  expect(report.faults.map(({ row }) => row)).toEqual([3]);
  await agent.post(`/api/v1/imports/${report.id}/commit`).send({ skipFaulty: true }).expect(200);
  const address = async (id?: string) =>
    (await app.agent.get(`/api/v1/enterprises/${id}`).expect(200)).body.address as string | null;
  expect([await address(own), await address(foreign)]).toEqual(['示例路 1 号', null]);
});

it('is not for a role that does not import', async () => {
  const agent = await app.agentOf({ role: 'planner' });

  await agent.get('/api/v1/imports').expect(403);
  await agent
    .post('/api/v1/imports?kind=risk-points')
    .set('Content-Type', 'text/csv')
    .send(CSV)
    .expect(403);
});
