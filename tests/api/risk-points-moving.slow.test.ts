import { anEnterprise, aSmallProvince, settle } from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import {
  aRing,
  editing,
  judged,
  newSquare,
  newTank,
  pointersOf,
  summaryOf,
  tileText,
} from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const DAY = 86_400_000;

let app: TestApp;
let edit: ReturnType<typeof editing>;
let works: Placed;
let yard: Placed;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    works = await anEnterprise(trx, { zh: '示例化工' });
    yard = await anEnterprise(trx, { zh: '示例堆场', at: [126.5, 43.5] });
    await settle(trx, TEST_NOW);
  });
}, 180_000);
afterAll(() => app?.close());
afterEach(() => {
  app.clock.now = TEST_NOW;
});

const made = async (body: object): Promise<{ id: string; path: string }> => {
  const { id } = (await edit.post('/risk-points', body)).body;
  return { id, path: `/risk-points/${id}` };
};

describe('moving a risk point', () => {
  it('to another enterprise moves its vote from the one to the other', async () => {
    const { path } = await made(newTank(works.id));
    await edit.post(`${path}/assessments`, judged('serious'));
    const level = async (owner: Placed) =>
      (await edit.read(`/enterprises/${owner.id}`)).body.level as number | null;
    expect([await level(works), await level(yard)]).toEqual([2, null]);

    await edit.patch(path, { enterpriseId: yard.id });

    expect([await level(works), await level(yard)]).toEqual([null, 2]);
    await edit.patch(path, { enterpriseId: works.id });
    await edit.remove(path);
    expect([await level(works), await level(yard)]).toEqual([null, null]);
  });

  it('to another place in another city keeps assessments, periods, sources and measures', async () => {
    const { id, path } = await made(newTank(works.id, { existsFrom: '2026-01-01T00:00:00Z' }));
    const source = (
      await edit.post('/hazard-sources', {
        riskPointId: id,
        names: { zh: '示例泄漏' },
        kind: 'substance',
      })
    ).body.id as string;
    await edit.post('/measures', { riskPointId: id, kind: 'ppe', text: { zh: '示例面具' } });
    await edit.post(`/hazard-sources/${source}/assessments`, judged('low', '2026-02-01T00:00:00Z'));
    await edit.post(`${path}/assessments`, judged('serious', '2026-03-01T00:00:00Z'));
    const periods = () =>
      app.database.read((trx) =>
        trx('level_periods')
          .select('city_code', 'state', 'level', 'valid_from')
          .where({ risk_point_id: id, basis: 'current' })
          .whereRaw("recorded_to = 'infinity'")
          .orderBy('valid_from'),
      );
    const [before, counts] = [await periods(), await summaryOf(app, '990100')];
    const there = await summaryOf(app, '990200');

    const { body } = await edit.patch(path, { position: [126.25, 43.25] });

    expect(body).toMatchObject({
      cityCode: '990200',
      regionCode: '990200',
      level: 2,
      version: 2,
      enterprise: { id: works.id },
    });
    expect(body.hazardSources).toMatchObject([{ id: source, level: 4 }]);
    expect(body.measures).toHaveLength(1);
    expect((await edit.read(`${path}/assessments`)).body.items).toHaveLength(2);
    expect(await periods()).toEqual(before.map((row) => ({ ...row, city_code: '990200' })));
    expect((await summaryOf(app, '990100')).n2).toBe(counts.n2 - 1);
    expect((await summaryOf(app, '990200')).n2).toBe(there.n2 + 1);
    const tile = (lon: number) => tileText(app, 'risk-points', [lon, 43.25]);
    expect(await tile(126.25)).toContain(id);
    expect(await tile(125.5)).not.toContain(id);
    await edit.post(`${path}/assessments`, judged('low'));
    await edit.patch(path, { position: [10, 50] });
    expect((await edit.read(path)).body).toMatchObject({
      cityCode: '000000',
      regionFlag: 'outside',
    });
  });

  it('with another shape puts its anchor on it', async () => {
    const { path } = await made(newSquare());

    const { body } = await edit.patch(path, {
      geometry: { type: 'Polygon', coordinates: [aRing(125.1, 0.01)] },
    });

    expect(body.geometry.type).toBe('Polygon');
    expect(body.position[0]).toBeCloseTo(125.105, 3);
    expect(body.regionCode).toBe('990101');
  });

  it('to a stated region tells whether it disagrees with the place', async () => {
    const { path } = await made(newSquare());

    expect((await edit.patch(path, { regionCode: '990200' })).body.regionFlag).toBe('disagrees');
    expect((await edit.patch(path, { regionCode: '990000' })).body.regionFlag).toBeNull();
    expect((await edit.patch(path, { regionCode: null })).body.statedRegionCode).toBeNull();
  });
});

describe('the life of a risk point', () => {
  it('to closed and back is written in its history, and its level follows', async () => {
    const { id, path } = await made(newSquare({ existsFrom: '2026-06-01T00:00:00Z' }));
    await edit.post(`${path}/assessments`, judged('serious', '2026-06-02T00:00:00Z'));

    const closed = (await edit.patch(path, { lifecycle: 'closed' })).body;
    // At the same instant of a clock that stands still.
    const again = (await edit.patch(path, { lifecycle: 'suspended' })).body;
    app.clock.now = TEST_NOW + DAY;
    const running = (await edit.patch(path, { lifecycle: 'running' })).body;

    expect(closed).toMatchObject({ state: 'not_applicable', level: null, lifecycle: 'closed' });
    expect(again).toMatchObject({ state: 'assessed', level: 2, lifecycle: 'suspended' });
    expect(running).toMatchObject({ level: 2, since: new Date(TEST_NOW + DAY).toISOString() });
    const changes = await app.database.read((trx) =>
      trx('lifecycle_changes').select('at', 'lifecycle').where('risk_point_id', id).orderBy('at'),
    );
    expect(changes.map((row) => row.lifecycle)).toEqual([
      'running',
      'closed',
      'suspended',
      'running',
    ]);
  });

  it('to planned is refused once it was assessed', async () => {
    const { path } = await made(newSquare());
    expect((await edit.patch(path, { lifecycle: 'planned' })).body.state).toBe('not_applicable');
    await edit.patch(path, { lifecycle: 'running' });
    await edit.post(`${path}/assessments`, judged('low'));

    expect(pointersOf(await edit.patch(path, { lifecycle: 'planned' }, 422))).toEqual([
      '/lifecycle',
    ]);
  });

  it('of its beginning keeps the history whole, but not past its first assessment', async () => {
    const { path } = await made(
      newSquare({ existsFrom: '2026-03-01T00:00:00Z', lifecycle: 'suspended' }),
    );
    await edit.post(`${path}/assessments`, judged('low', '2026-04-01T00:00:00Z'));

    const late = await edit.patch(path, { existsFrom: '2026-04-02T00:00:00Z' }, 422);
    const future = await edit.patch(path, { existsFrom: '2027-04-02T00:00:00Z' }, 422);
    await edit.patch(path, { existsFrom: '2026-01-01T00:00:00Z' });
    await edit.post(`${path}/assessments`, judged('serious', '2026-02-01T00:00:00Z'));

    expect([pointersOf(late), pointersOf(future)]).toEqual([['/existsFrom'], ['/existsFrom']]);
    const periods = await app.database.read((trx) =>
      trx('level_periods as lp')
        .join('risk_points as rp', 'rp.id', 'lp.risk_point_id')
        .select('lp.state', 'lp.level', 'lp.lifecycle', 'lp.valid_from')
        .where({ 'rp.id': path.split('/').at(-1), 'lp.basis': 'current' })
        .whereRaw("lp.recorded_to = 'infinity'")
        .orderBy('lp.valid_from'),
    );
    expect(
      periods.map((row) => [
        row.state,
        row.level,
        row.lifecycle,
        row.valid_from.toISOString().slice(0, 10),
      ]),
    ).toEqual([
      ['not_assessed', null, 'suspended', '2026-01-01'],
      ['assessed', 2, 'suspended', '2026-02-01'],
      ['assessed', 4, 'suspended', '2026-04-01'],
    ]);
  });
});
