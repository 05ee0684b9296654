import { covers, makeWorld } from '#tests/support/leaks/world.ts';
import type { World } from '#tests/support/leaks/world.ts';
import type { TestGrant } from '#tests/support/callers.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await testApp();
  world = await makeWorld(app.database, TEST_NOW);
});
afterAll(() => app?.close());

const GRANTS: readonly (readonly [string, readonly TestGrant[], number])[] = [
  ['one county', [{ role: 'viewer', regions: ['990101'] }], 6],
  ['one city', [{ role: 'viewer', regions: ['990100'] }], 18],
  [
    'a county and another city',
    [
      { role: 'viewer', regions: ['990101'] },
      { role: 'grid', regions: ['990200'] },
    ],
    18,
  ],
  [
    'a county, and a field everywhere',
    [
      { role: 'viewer', regions: ['990101'] },
      { role: 'viewer', fields: ['coal-mine'] },
    ],
    18,
  ],
];

describe.each(GRANTS)('a caller of %s', (_what, grants, points) => {
  it.each([
    ['risk-points', 'risk-point'],
    ['enterprises', 'enterprise'],
  ] as const)('finds in the list of %s exactly what is in scope', async (list, kind) => {
    const agent = await app.agentOf(...grants);
    const { body } = await agent.get(`/api/v1/${list}?limit=1000`).expect(200);
    const { items, total } = body as { items: { id: string }[]; total: number };
    const own = world.rows.filter(
      (row) =>
        row.kind === kind && !row.isDeleted && grants.some((grant) => covers(grant, row.belongs)),
    );

    expect(items.map(({ id }) => id).toSorted()).toEqual(own.map(({ id }) => id).toSorted());
    expect(total).toBe(own.length);
    if (kind === 'risk-point') expect(total).toBe(points);
  });
});
