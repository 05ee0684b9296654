import type { Test } from 'supertest';
import { aSmallProvince } from '#tests/support/factories.ts';
import { editing, judged, newEnterprise, newTank } from '#tests/support/editing.ts';
import { seededRandom } from '#tests/support/seeded-random.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const ROUNDS = 12;
const WRITERS = 8;

let app: TestApp;
let edit: ReturnType<typeof editing>;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(aSmallProvince);
}, 180_000);
afterAll(() => app?.close());

type Ids = readonly [string, ...string[]];
type Act = (owner: string, point: string) => Test;

const anOwner = async (lon: number): Promise<string> =>
  (await edit.post('/enterprises', newEnterprise({ position: [lon, 43.25] }))).body.id;
const aPoint = async (owner: string): Promise<string> =>
  (await edit.post('/risk-points', newTank(owner))).body.id;

async function aTree(): Promise<{ readonly owners: Ids; readonly points: Ids }> {
  const [west, east] = [await anOwner(125.5), await anOwner(126.5)];
  const points: Ids = [
    await aPoint(west),
    await aPoint(west),
    await aPoint(east),
    await aPoint(east),
  ];
  return { owners: [west, east], points };
}

/** What is refused is refused with its reason; a deadlock would be a 503. */
const FAIR = [200, 201, 404, 409, 412, 422];

it('many writers of one tree at once are served one after the other, and the map agrees with the register', async () => {
  const { owners, points } = await aTree();
  const random = seededRandom(20_260_615);
  const place = () => [125.1 + 1.8 * random.next(), 43.25];
  const patch = (path: string, body: object) =>
    app.agent.patch(`/api/v1${path}`).set('If-Match', '*').send(body);
  const acts: readonly [Act, ...Act[]] = [
    (_owner, point) =>
      app.agent.post(`/api/v1/risk-points/${point}/assessments`).send(judged('serious')),
    (_owner, point) => patch(`/risk-points/${point}`, { position: place() }),
    (owner, point) => patch(`/risk-points/${point}`, { enterpriseId: owner, position: place() }),
    (owner) => patch(`/enterprises/${owner}`, { position: place() }),
    (owner) =>
      patch(`/enterprises/${owner}`, { lifecycle: random.pick(['running', 'closed'] as const) }),
    (owner) => app.agent.delete(`/api/v1/enterprises/${owner}?reason=x`).set('If-Match', '*'),
    (owner) => app.agent.post(`/api/v1/enterprises/${owner}/restore`),
    (_owner, point) =>
      app.agent.delete(`/api/v1/risk-points/${point}?reason=x`).set('If-Match', '*'),
    (_owner, point) => app.agent.post(`/api/v1/risk-points/${point}/restore`),
    (_owner, point) =>
      app.agent
        .post('/api/v1/hazard-sources')
        .send({ riskPointId: point, names: { zh: '示例源' }, kind: 'activity' }),
  ];

  const unfair: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: WRITERS }, () =>
        random.pick(acts)(random.pick(owners), random.pick(points)),
      ),
    );
    for (const { status, body } of answers) {
      if (!FAIR.includes(status)) unfair.push(`${status} ${JSON.stringify(body)}`);
    }
  }

  expect(unfair).toEqual([]);
  expect(await shown()).toEqual(await recorded());
});

/** What the map tables hold, by the key of each row. */
async function shown(): Promise<readonly string[]> {
  return lines(
    `SELECT 'point ' || ps.risk_point_id || ' ' || ps.city_code || ' ' || ps.region || ' '
        || COALESCE(ps.enterprise_id::text, '-') AS line FROM point_states ps
     UNION SELECT 'subject ' || ss.subject_id || ' ' || ss.city_code || ' ' || ss.region || ' ' || ss.points
       FROM subject_states ss
     UNION SELECT 'cells ' || sc.city_code || ' ' || sc.basis || ' ' || sum(sc.n) FROM summary_cells sc
       WHERE sc.z = 0 GROUP BY sc.city_code, sc.basis`,
  );
}

/** The same, worked out from the register alone. */
async function recorded(): Promise<readonly string[]> {
  return lines(
    `WITH present AS (SELECT rp.* FROM risk_points rp WHERE rp.deleted_at IS NULL)
     SELECT 'point ' || rp.id || ' ' || spot.city_code || ' ' || COALESCE(spot.region, '000000') || ' '
        || COALESCE(rp.enterprise_id::text, '-') AS line
       FROM present rp CROSS JOIN LATERAL locate_row(rp.anchor, rp.given_region) AS spot
     UNION SELECT 'subject ' || en.id || ' ' || spot.city_code || ' ' || COALESCE(spot.region, '000000') || ' '
        || (SELECT count(*) FROM present rp WHERE rp.enterprise_id = en.id)
       FROM enterprises en CROSS JOIN LATERAL locate_row(en.geom, en.given_region) AS spot
       WHERE en.deleted_at IS NULL
     UNION SELECT 'cells ' || rp.city_code || ' ' || basis || ' ' || count(*)
       FROM present rp CROSS JOIN (VALUES ('current'), ('inherent')) AS b(basis) GROUP BY rp.city_code, basis`,
  );
}

function lines(sql: string): Promise<readonly string[]> {
  return app.database.asOwner(async (trx) => {
    const { rows } = await trx.raw<{ rows: { line: string }[] }>(`${sql} ORDER BY 1`);
    return rows.map(({ line }) => line);
  });
}
