import { decodeTile } from '#tests/support/decode-tile.ts';
import {
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import { inScope, SYSTEM } from '#server/db/scope.ts';
import type { Level } from '#server/domain/level.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';
import { tilePath } from '#tests/support/tile-requests.ts';

const DAY_MS = 86_400_000;
const SOUTH = [125.5, 43.25] as const;
const NORTH = [125.5, 43.75] as const;
const EAST = [126.5, 43.5] as const;

let app: TestApp;
const points: Placed[] = [];

/**
 * County 990101: six moderate and eight low enterprises. County 990102: one major and two low ones, too few to be told
 * of. City 990200 without counties: six low ones, all alike.
 */
beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    const add = async (at: readonly [number, number], levels: readonly Level[]) => {
      for (const level of levels) {
        const enterprise = await anEnterprise(trx, { at });
        const point = await aRiskPoint(trx, { enterprise, at });
        await anAssessment(trx, point, level);
        points.push(point);
      }
    };
    await add(SOUTH, [3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4]);
    await add(NORTH, [1, 4, 4]);
    await add(EAST, [4, 4, 4, 4, 4, 4]);
    await settle(trx, TEST_NOW);
  });
});
afterAll(() => app?.close());

const NOTHING = { n1: null, n2: null, n3: null, n4: null, nNone: null };
const visit = (path: string, status = 200) =>
  app.visitor().get(`/api/v1/publication${path}`).expect(status);
const told = async (code: string, query = '') => (await visit(`/regions/${code}${query}`)).body;

async function tile(query: string, status: number) {
  const path = `/tiles/regions/${tilePath(125.5, 43.25, 7)}${query}`;
  const res = await app
    .visitor()
    .get(path)
    .buffer(true)
    .parse((stream, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => done(null, Buffer.concat(chunks)));
    })
    .expect(status);
  return { res, areas: status === 200 ? decodeTile(res.body as Buffer)['regions'] : undefined };
}

/** The day after: noon, and everything that is due has been published. */
async function nextDay(): Promise<number | null> {
  app.clock.now += DAY_MS;
  return app.services.publication.publish();
}

describe('before anything is released', () => {
  it('tells nobody anything', async () => {
    expect(await app.services.publication.publish()).toBeNull();

    expect((await visit('')).body).toEqual({ publication: null });
    await visit('/regions/990100', 404);
    await tile('?depth=county', 204);
  });
});

describe('after a release', () => {
  beforeAll(async () => {
    await app.services.publication.release('保密审查记录 2026-7', '吉S(2026)001号');
    await app.services.publication.publish();
  });

  it('says what is told, by which rule, of which day', async () => {
    const { body, headers } = await visit('');

    expect(body.publication).toMatchObject({
      kind: 'register',
      day: '2026-06-15',
      rule: 'weighted',
      approvalNumber: '吉S(2026)001号',
      leastTold: 5,
    });
    expect(body.publication.ruleLabel.zh).toContain('非法定区域风险等级');
    // The record of the review is nobody's but the bureau's.
    expect(JSON.stringify([body, headers])).not.toContain('保密审查');
  });

  it('tells colours and counts of five and more, and withholds small counties', async () => {
    const { area, below } = await told('990100');

    expect(area).toMatchObject({ ...NOTHING, state: 'assessed', level: 4, n3: 6, n4: 8 });
    expect(below).toMatchObject([
      { code: '990101', state: 'assessed', level: 4, n3: 6, n4: 8 },
      { ...NOTHING, code: '990102', state: 'withheld', level: null },
    ]);
    const province = await told('990000');
    expect(province.area).toMatchObject({ ...NOTHING, level: null, n3: 6, n4: 8 });
    expect(province.below[1]).toMatchObject({ ...NOTHING, code: '990200', level: 4 });
  });

  it('paints the tiles of whoever is not signed in, without any count', async () => {
    const { res, areas } = await tile('?depth=county', 200);

    expect(areas?.map(({ properties }) => properties)).toEqual([
      expect.objectContaining({ code: '990101', state: 'assessed', level: 4 }),
      expect.objectContaining({ code: '990102', state: 'withheld' }),
    ]);
    for (const area of areas ?? []) {
      expect(Object.keys(area.properties).toSorted()).toEqual(
        ['code', 'depth', 'level', 'name', 'name_en', 'name_zh', 'state'].filter(
          (key) => key in area.properties,
        ),
      );
    }
    expect(res.headers['cache-control']).toBe('public, no-cache');
  });

  it('has one view: a filter, rule or basis of one’s own is a fault', async () => {
    for (const query of ['field=gas', 'rule=highest', 'basis=inherent', 'colour=dynamic']) {
      const { res } = await tile(`?depth=county&${query}`, 400);
      expect(JSON.parse(String(res.body)).errors).toMatchObject([
        { parameter: query.split('=')[0] },
      ]);
    }
    await tile('?depth=county&rule=weighted&basis=current', 200);
    await visit('/regions/990100?field=gas', 400);
  });

  it('shows whoever is signed in the register, as before', async () => {
    const { body } = await app.agent.get('/api/v1/regions/990102/summary').expect(200);

    expect(body).toMatchObject({ state: 'assessed', s1: 1, s4: 2 });
    await app.visitor().get('/api/v1/regions/990102/summary').expect(401);
  });

  it('is made once a day, and keeps its figures until five enterprises have changed', async () => {
    expect(await app.services.publication.publish()).toBeNull();
    await worsen(points.slice(6, 10));
    expect(await nextDay()).toBe(0);
    expect((await told('990101')).area).toMatchObject({ n3: 6, n4: 8 });

    await worsen(points.slice(10, 11));
    // The county, the city and the province.
    expect(await nextDay()).toBe(3);
    // Six moderate, five serious, three low: 14 − 6 − 5 = 3 would be left, so the smaller one is not told.
    expect((await told('990101')).area).toMatchObject({ ...NOTHING, n3: 6 });
  });

  it('answers for a day with what was told on it', async () => {
    const first = await told('990101', '?asOf=2026-06-16');
    expect(first.publication.day).toBe('2026-06-16');
    expect(first.area).toMatchObject({ n3: 6, n4: 8 });
    expect((await visit('?asOf=2026-06-14')).body).toEqual({ publication: null });
    await visit('/regions/990101?asOf=2026-06-14', 404);
    const { body } = await visit('?asOf=2031-01-01', 400);
    expect(body.errors).toMatchObject([{ parameter: 'asOf' }]);
    await visit('?asOf=0000-01-01', 400);
  });

  it('tells nothing of when or how often the register was written to', async () => {
    const before = (await app.visitor().get('/api/v1/about').expect(200)).body.dataTime;
    await worsen(points.slice(11, 12));

    expect((await app.visitor().get('/api/v1/about').expect(200)).body.dataTime).toBe(before);
  });

  it('keeps what it was made of from every request', async () => {
    for (const role of ['risk_app', 'risk_public']) {
      for (const table of ['publication_members', 'publication_leaves']) {
        const work = app.database.asOwner(async (trx) => {
          await trx.raw(`SET LOCAL ROLE ${role}`);
          await trx.raw(`SELECT 1 FROM public.${table}`);
        });
        await expect(work).rejects.toThrow(/permission denied/);
      }
    }
  });

  it('is over when it is withdrawn, and a later one changes figures no sooner', async () => {
    expect(await app.services.publication.withdraw()).toBe(true);
    expect((await visit('')).body).toEqual({ publication: null });
    await tile('?depth=county', 204);
    expect(await app.services.publication.withdraw()).toBe(false);

    await app.services.publication.release('保密审查记录 2026-8', null);
    await app.services.publication.publish();
    // One more became serious meanwhile; told now, the difference would be that one.
    expect((await told('990101')).area).toMatchObject({ ...NOTHING, n3: 6 });
  });

  it('stands in the audit', async () => {
    await inScope(SYSTEM, () => app.services.audit.audit.seal());
    const { body } = await app.agent.get('/api/v1/audit?action=publish').expect(200);

    expect(body.items).toHaveLength(2);
    expect(body.items[1].after).toMatchObject({ document: '保密审查记录 2026-7' });
  });
});

async function worsen(some: readonly Placed[]): Promise<void> {
  await app.database.asOwner(async (trx) => {
    for (const point of some) await anAssessment(trx, point, 2, { at: '2026-06-14T00:00:00Z' });
    await settle(trx, app.clock.now);
  });
}
