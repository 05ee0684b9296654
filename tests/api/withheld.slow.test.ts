import { makeWorld } from '#tests/support/leaks/world.ts';
import type { SecretRow, World } from '#tests/support/leaks/world.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { Agent, TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let world: World;
let viewer: Agent;
let assessor: Agent;

beforeAll(async () => {
  app = await testApp();
  world = await makeWorld(app.database, TEST_NOW);
  viewer = await app.agentOf({ role: 'viewer' });
  assessor = await app.agentOf({ role: 'assessor' });
});
afterAll(() => app?.close());

const rowOf = (kind: SecretRow['kind'], region: string): SecretRow => {
  const found = world.rows.find((row) => row.kind === kind && row.belongs.path.includes(region));
  if (found === undefined) throw new Error(`No ${kind} in ${region}`);
  return found;
};

const PATHS = {
  enterprise: '/api/v1/enterprises',
  'risk-point': '/api/v1/risk-points',
  'hazard-source': '/api/v1/hazard-sources',
} as const;

const detail = async (agent: Agent, row: SecretRow): Promise<Record<string, unknown>> => {
  const { body } = await agent.get(`${PATHS[row.kind as 'enterprise']}/${row.id}`).expect(200);
  return body as Record<string, unknown>;
};

describe('an answer about one row', () => {
  it.each([
    ['enterprise', { principalName: null }, ['attributes', 'origin', 'principalName']],
    ['risk-point', { person: null }, ['attributes', 'origin', 'person']],
    ['hazard-source', {}, ['attributes', 'origin']],
  ] as const)('of kind %s says what it withholds', async (kind, person, withheld) => {
    const row = rowOf(kind, '990102');
    const hidden = { ...person, attributes: {}, origin: null, withheld };

    expect(await detail(viewer, row)).toMatchObject(hidden);

    const told = await detail(assessor, row);
    expect(told['withheld']).toEqual([]);
    const [, key = '', value, source, code] = row.restricted;
    expect(told).toMatchObject({ attributes: { [key]: value }, origin: { source, code } });
  });

  it('withholds by row from somebody who looks everywhere and works in one county', async () => {
    const both = await app.agentOf({ role: 'viewer' }, { role: 'assessor', regions: ['990101'] });
    const [here, elsewhere] = [rowOf('risk-point', '990101'), rowOf('risk-point', '990200')];

    expect(await detail(both, here)).toMatchObject({ person: here.restricted[0], withheld: [] });
    expect(await detail(both, elsewhere)).toMatchObject({
      person: null,
      withheld: ['attributes', 'origin', 'person'],
    });
  });

  it('has a tag of its own for each of two callers who are told different things', async () => {
    const { id } = rowOf('risk-point', '990101');
    const path = `/api/v1/risk-points/${id}`;
    const { headers } = await assessor.get(path).expect(200);

    const etag = headers['etag'] as string;
    await assessor.get(path).set('If-None-Match', etag).expect(304);
    await viewer.get(path).set('If-None-Match', etag).expect(200);
  });
});

describe('what is withheld cannot be found out', () => {
  const found = async (agent: Agent, q: string): Promise<readonly string[]> => {
    const { body } = await agent.get('/api/v1/search').query({ q }).expect(200);
    const { groups } = body as { groups: { items: { id?: string }[] }[] };
    return groups.flatMap(({ items }) => items.flatMap(({ id }) => id ?? []));
  };

  it('by searching for it', async () => {
    const row = rowOf('risk-point', '990101');
    const code = row.restricted[4] ?? '';

    expect(await found(assessor, code)).toEqual([row.id]);
    expect(await found(viewer, code)).toEqual([]);
    expect(await found(viewer, code.slice(0, -1))).toEqual([]);
    for (const mark of row.restricted) expect(await found(viewer, mark)).toEqual([]);
  });

  it.each(['enterprises', 'risk-points'])('by a filter or the count of %s', async (list) => {
    const kind = list === 'enterprises' ? 'enterprise' : 'risk-point';
    for (const q of rowOf(kind, '990101').restricted) {
      const { body } = await viewer.get(`/api/v1/${list}`).query({ q }).expect(200);
      expect(body).toMatchObject({ items: [], total: 0 });
    }
  });

  it('by a parameter that the contract does not have', async () => {
    for (const query of [
      'person=x',
      'principalName=x',
      'attributes=x',
      'origin=x',
      'sort=person',
    ]) {
      await viewer.get(`/api/v1/risk-points?${query}`).expect(400);
      await viewer.get(`/api/v1/enterprises?${query}`).expect(400);
    }
  });

  it('by sending a file that says something else of the row', async () => {
    const both = await app.agentOf({ role: 'viewer' }, { role: 'assessor', regions: ['990101'] });
    const { id: given, marks, restricted } = rowOf('risk-point', '990200');
    const [person = ''] = restricted;
    const csv = `系统编号,名称,责任人,经度,纬度\n${given},${marks[1]},甲,126.3,43.3\n`;
    const reportTo = async (agent: Agent): Promise<string> => {
      const { body } = await agent
        .post('/api/v1/imports?kind=risk-points&crs=wgs84')
        .set('Content-Type', 'text/csv')
        .send(csv)
        .expect(201);
      const { id } = body as { id: string };
      const rows = await agent.get(`/api/v1/imports/${id}/rows`).expect(200);
      return JSON.stringify([body, rows.body]);
    };

    expect(await reportTo(assessor)).toContain(person);
    const text = await reportTo(both);
    for (const mark of restricted) expect(text).not.toContain(mark);
  });
});
