import type { DeletedRecord } from '#server/features/deletions/deletions.contract.ts';
import {
  aHazardSource,
  aMeasure,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import { editing } from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let edit: ReturnType<typeof editing>;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(aSmallProvince);
}, 180_000);
afterAll(() => app?.close());
afterEach(async () => {
  app.clock.now = TEST_NOW;
  await app.database.asOwner((trx) => trx('deletions').delete());
});

type Page = { items: DeletedRecord[]; next: string | null };
const deletions = async (query = ''): Promise<Page> =>
  (await edit.read(`/deletions${query}`)).body as Page;
const found = ({ items }: Page): string[] => items.map(({ kind, names }) => `${kind} ${names.zh}`);

/** An enterprise in county 990101 with one point, a source of it and a measure of that. */
const aRegister = () =>
  app.database.asOwner(async (trx) => {
    const works = await anEnterprise(trx, { zh: '示例化工', en: 'Example Works' });
    const tank = await aRiskPoint(trx, { zh: '示例储罐', enterprise: works });
    const leak = await aHazardSource(trx, tank, { zh: '示例泄漏' });
    const alarm = await aMeasure(trx, tank, { source: leak, zh: '示例报警' });
    await settle(trx, TEST_NOW);
    return {
      works: `/enterprises/${works.id}`,
      tank: `/risk-points/${tank.id}`,
      leak: `/hazard-sources/${leak.id}`,
      alarm: `/measures/${alarm}`,
    };
  });

/** Public places, deleted one after the other, one a second; the first name is deleted first. */
const deletedPlaces = async (...places: readonly (readonly [zh: string, lon: number])[]) => {
  const made = await app.database.asOwner(async (trx) => {
    const points: Placed[] = [];
    for (const [zh, lon] of places) points.push(await aRiskPoint(trx, { zh, at: [lon, 43.25] }));
    await settle(trx, TEST_NOW);
    return points;
  });
  for (const { id } of made) {
    app.clock.now += 1000;
    await edit.remove(`/risk-points/${id}`);
  }
  return made.map(({ id }) => `/risk-points/${id}`);
};

describe('the list of deleted records', () => {
  it('says of each what it was, where, when and why', async () => {
    const { works, tank, alarm } = await aRegister();
    await edit.remove(alarm, '示例重复');
    app.clock.now += 1000;
    await edit.remove(tank, '示例拆除');
    app.clock.now += 1000;
    await edit.remove(works, '示例误录');

    const { items, next } = await deletions();

    const idOf = (path: string): string => path.split('/').at(-1) ?? '';
    const enterprise = { id: idOf(works), names: { zh: '示例化工', en: 'Example Works' } };
    expect(next).toBeNull();
    expect(items).toMatchObject([
      {
        kind: 'enterprise',
        rowId: idOf(works),
        names: enterprise.names,
        riskPoint: null,
        enterprise: null,
        reason: '示例误录',
        at: new Date(TEST_NOW + 2000).toISOString(),
        restoreFirst: null,
      },
      {
        kind: 'risk_point',
        rowId: idOf(tank),
        names: { zh: '示例储罐', en: null },
        riskPoint: null,
        enterprise,
        reason: '示例拆除',
        at: new Date(TEST_NOW + 1000).toISOString(),
        restoreFirst: { kind: 'enterprise', names: enterprise.names },
      },
      {
        kind: 'control_measure',
        rowId: idOf(alarm),
        names: { zh: '示例报警', en: null },
        riskPoint: { id: idOf(tank), names: { zh: '示例储罐', en: null } },
        enterprise,
        reason: '示例重复',
        at: new Date(TEST_NOW).toISOString(),
        restoreFirst: { kind: 'enterprise', names: enterprise.names },
      },
    ]);
    for (const { regionPath } of items) {
      expect(regionPath.map(({ code }) => code)).toEqual(['990000', '990100', '990101']);
    }
  });

  it('names neither what went along nor what was restored', async () => {
    const { works, tank, leak } = await aRegister();
    await edit.remove(works);
    expect(found(await deletions())).toEqual(['enterprise 示例化工']);

    await edit.restore(works);
    expect(found(await deletions())).toEqual([]);

    await edit.remove(tank);
    await edit.restore(tank);
    await edit.remove(leak);
    expect(found(await deletions())).toEqual(['hazard_source 示例泄漏']);
  });

  it('says what has to come back first, as restoring does', async () => {
    const { tank, leak, alarm } = await aRegister();
    const firstOf = async (zh: string) =>
      (await deletions()).items.find(({ names }) => names.zh === zh)?.restoreFirst;
    await edit.remove(alarm);
    expect(await firstOf('示例报警')).toBeNull();
    await edit.remove(leak);
    expect(await firstOf('示例报警')).toMatchObject({ kind: 'hazard_source' });
    await edit.restore(alarm, 409);
    await edit.remove(tank);
    expect(await firstOf('示例报警')).toMatchObject({
      kind: 'risk_point',
      names: { zh: '示例储罐' },
    });
    expect(await firstOf('示例泄漏')).toMatchObject({ kind: 'risk_point' });
    await edit.restore(leak, 409);

    for (const path of [tank, leak, alarm]) await edit.restore(path);

    expect((await deletions()).items).toEqual([]);
  });

  it('leaves out what was taken out of the register for good', async () => {
    const { alarm, leak } = await aRegister();
    await edit.remove(alarm);
    await edit.remove(leak);
    await app.database.asOwner((trx) => trx('control_measures').delete());

    expect(found(await deletions())).toEqual(['hazard_source 示例泄漏']);
  });

  it('is of one region where asked', async () => {
    await deletedPlaces(['示例西场', 125.5], ['示例东场', 126.5], ['示例外场', 10]);

    expect(found(await deletions('?region=990200'))).toEqual(['risk_point 示例东场']);
    expect(found(await deletions('?region=990101'))).toEqual(['risk_point 示例西场']);
    expect(found(await deletions('?region=990102'))).toEqual([]);
    expect(found(await deletions('?region=990000'))).toEqual([
      'risk_point 示例东场',
      'risk_point 示例西场',
    ]);
    expect(found(await deletions('?region=000000'))).toEqual(['risk_point 示例外场']);
  });

  it.each([1, 2, 5])('comes page by page of %i without a gap', async (limit) => {
    const paths = await deletedPlaces(['示例一', 125.1], ['示例二', 125.2], ['示例三', 125.3]);
    // Two of one instant: the identifier decides.
    app.clock.now -= 1000;
    await edit.restore(paths[2] ?? '');
    await edit.remove(paths[2] ?? '');
    const rows: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 9; pages += 1) {
      const page = await deletions(`?limit=${limit}${cursor}`);
      rows.push(...found(page));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }

    expect(rows).toEqual(['risk_point 示例三', 'risk_point 示例二', 'risk_point 示例一']);
  });

  it.each(['region=1', 'limit=0', 'limit=1001', 'cursor=e30', 'cursor=x', 'q=x'])(
    'refuses %s',
    async (query) => {
      await edit.read(`/deletions?${query}`, 400);
    },
  );
});
