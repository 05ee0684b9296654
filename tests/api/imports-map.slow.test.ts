import { csvText } from '#tests/support/csv-text.ts';
import { importApp } from '#tests/support/import-app.ts';
import { commitImport, sendImport } from '#tests/support/import-file.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const POINTS = { kind: 'risk-points', crs: 'wgs84' };

let app: TestApp;

beforeAll(async () => {
  app = await importApp();
});
afterAll(() => app?.close());

type Places = {
  readonly items: readonly {
    readonly row: number;
    readonly status: string;
    readonly position: readonly number[];
    readonly other: readonly number[] | null;
  }[];
  readonly region: string | null;
};

const placesOf = async (id: string, query: Record<string, string> = {}): Promise<Places> =>
  (await app.agent.get(`/api/v1/imports/${id}/places`).query(query).expect(200)).body as Places;

const fix = (id: string, row: number, cells: Record<string, string | null>) =>
  app.agent.patch(`/api/v1/imports/${id}/rows/${row}`).send({ cells }).expect(200);

const HEADERS = '风险点名称 | 经度 | 纬度';

describe('the small map of an import', () => {
  it('shows rows whose coordinates were corrected, where they are now', async () => {
    const { id } = await sendImport(
      app,
      csvText(HEADERS, '甲 | 125.2 | 43.2', '乙 | 不详 | 43.3', '丙 | 125.4 | 43.4'),
      POINTS,
    );
    expect((await placesOf(id)).items.map(({ row }) => row)).toEqual([2, 4]);

    await fix(id, 3, { 经度: '125.3' });
    await fix(id, 4, { 经度: '125.45' });

    const { items } = await placesOf(id, { crs: 'gcj02' });
    expect(items.map(({ row, status, position }) => [row, status, ...position])).toEqual([
      [2, 'new', 125.2, 43.2],
      [3, 'new', 125.3, 43.3],
      [4, 'new', 125.45, 43.4],
    ]);
    // The other reading goes by the corrected number too: GCJ-02 lies a few hundred metres off.
    expect(items[2]?.other?.[0]).toBeCloseTo(125.445, 2);

    await fix(id, 4, { 经度: null });
    expect((await placesOf(id)).items.map(({ row }) => row)).toEqual([2, 3]);
  });
});

describe('the region of an import', () => {
  // Counties of 990100: 990101 south of 43.5, 990102 north of it; 990200 is the city east of 126.
  it.each([
    ['a county', '990101', ['125.2 | 43.2', '125.8 | 43.4']],
    ['the city of two counties', '990100', ['125.2 | 43.2', '125.2 | 43.8']],
    ['the province of two cities', '990000', ['125.2 | 43.2', '125.2 | 43.8', '126.5 | 43.2']],
    ['what is left beside a place outside every region', '990102', ['125.2 | 43.8', '120 | 40']],
    ['none for places outside every region', null, ['120 | 40']],
  ])('is %s', async (_, region, places) => {
    const rows = places.map((place, index) => `示例点${index} | ${place}`);
    const { id } = await sendImport(app, csvText(HEADERS, ...rows), POINTS);

    expect((await placesOf(id)).region).toBe(region);
  });

  it('leaves faulty rows out, and stays when the good ones were written', async () => {
    const report = await sendImport(
      app,
      csvText(HEADERS, '戊 | 125.2 | 43.2', ' | 126.5 | 43.2'),
      POINTS,
    );
    expect(report.faulty).toBe(1);
    expect((await placesOf(report.id)).region).toBe('990101');

    await commitImport(app, report, true);
    expect((await placesOf(report.id)).region).toBe('990101');
  });
});

describe('a file that came before', () => {
  const list = csvText(HEADERS, '己广场 | 125.6 | 43.2');

  it('is named with the import that it was written by, once as the same kind', async () => {
    const first = await sendImport(app, list, { ...POINTS, fileName: '广场.csv' });
    expect(first.sameFileAs).toBeNull();

    const open = await sendImport(app, list, POINTS);
    expect(open.sameFileAs).toEqual({
      id: first.id,
      fileName: '广场.csv',
      createdAt: first.createdAt,
      committedAt: null,
    });

    const { committedAt } = await commitImport(app, first);
    expect(committedAt).not.toBeNull();
    // What was open is written by now; another one that is still open stands behind it.
    const third = await sendImport(app, list, POINTS);
    expect(third).toMatchObject({ unchanged: 1, sameFileAs: { id: first.id, committedAt } });

    const other = await sendImport(app, list, { kind: 'enterprises', crs: 'wgs84' });
    expect(other.sameFileAs).toBeNull();
    const changed = await sendImport(app, `${list}\n`, POINTS);
    expect(changed.sameFileAs).toBeNull();
  });

  it('is not named when that import was given up or is over a month old', async () => {
    const file = csvText(HEADERS, '庚广场 | 125.7 | 43.2');
    const first = await sendImport(app, file, POINTS);
    const second = await sendImport(app, file, POINTS);
    expect(second.sameFileAs?.id).toBe(first.id);

    await app.agent.delete(`/api/v1/imports/${first.id}`).expect(200);
    const { body } = await app.agent.get(`/api/v1/imports/${second.id}`).expect(200);
    expect(body.sameFileAs).toBeNull();

    await app.database.asOwner((trx) =>
      trx.raw("UPDATE imports SET created_at = now() - interval '40 days' WHERE id = ?", [
        second.id,
      ]),
    );
    expect((await sendImport(app, file, POINTS)).sameFileAs).toBeNull();
  });

  it('is named in the list of imports too, and still when the rows are read another way', async () => {
    const { body } = await app.agent.get('/api/v1/imports').query({ limit: 100 }).expect(200);
    const named = (body.items as { sameFileAs: { id: string } | null }[]).filter(
      ({ sameFileAs }) => sameFileAs !== null,
    );
    expect(named).toHaveLength(2);

    const again = await sendImport(app, list, POINTS);
    const { body: changed } = await app.agent
      .patch(`/api/v1/imports/${again.id}`)
      .send({ crs: 'gcj02' })
      .expect(200);
    expect(changed.sameFileAs).toEqual(again.sameFileAs);
    expect(again.sameFileAs).not.toBeNull();
  });
});
