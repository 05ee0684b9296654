import { v7 } from 'uuid';
import { csvText } from '#tests/support/csv-text.ts';
import { importApp } from '#tests/support/import-app.ts';
import { commitImport, sendImport } from '#tests/support/import-file.ts';
import { TEST_NOW } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const POINTS = { kind: 'risk-points', crs: 'wgs84' };
const HEADERS = '数据来源 | 风险点编号 | 风险点名称 | 状态 | 经度 | 纬度';

let app: TestApp;

beforeAll(async () => {
  app = await importApp();
});
afterAll(() => app?.close());

/** A file of points of a source of its own, so that the tests share a register but no records. */
const pointsOf = (source: string, ...rows: readonly string[]): string =>
  csvText(HEADERS, ...rows.map((row) => `${source} | ${row}`));

const named = async (q: string) => {
  const { body } = await app.agent.get('/api/v1/risk-points').query({ q, limit: 1000 }).expect(200);
  return body.items as { id: string; version: number; names: { zh: string }; cityCode: string }[];
};

const commit = (id: string, body = {}) => app.agent.post(`/api/v1/imports/${id}/commit`).send(body);

describe('an import with faults', () => {
  const file = (source: string): string =>
    pointsOf(
      source,
      `1 | ${source}好点 | 在产 | 125.2 | 43.2`,
      `2 | ${source}坏点 | 半停半开 | 125.3 | 43.3`,
      `3 | ${source}无坐标 | 在产 | |`,
    );

  it('is refused as a whole unless the faulty rows may be left out', async () => {
    const report = await sendImport(app, file('甲源'), POINTS);

    expect(report).toMatchObject({ state: 'ready', rows: 3, new: 1, faulty: 2 });
    expect(report.faults.map(({ row, column, value }) => [row, column, value])).toEqual([
      [3, '状态', '半停半开'],
      [4, '经度', null],
    ]);
    const refused = await commit(report.id).expect(422);
    expect(refused.body.errors).toHaveLength(2);
    expect(await named('甲源')).toEqual([]);

    expect(await commitImport(app, report, true)).toMatchObject({ state: 'committed', new: 1 });
    expect((await named('甲源')).map(({ names }) => names.zh)).toEqual(['甲源好点']);
  });

  it('is written whole once its cells were corrected', async () => {
    const report = await sendImport(app, file('乙源'), POINTS);

    const fixed = await app.agent
      .patch(`/api/v1/imports/${report.id}/rows/3`)
      .send({ cells: { 状态: '停产' } })
      .expect(200);
    expect(fixed.body).toMatchObject({
      row: 3,
      status: 'new',
      fixed: ['状态'],
      faults: [],
      position: [125.3, 43.3],
    });
    await app.agent
      .patch(`/api/v1/imports/${report.id}/rows/4`)
      .send({ cells: { 经度: '126°24′E', 纬度: '43.4' } })
      .expect(200);

    const again = await app.agent.get(`/api/v1/imports/${report.id}`).expect(200);
    expect(again.body).toMatchObject({ state: 'ready', new: 3, faulty: 0, faultCount: 0 });
    await commitImport(app, again.body);
    expect((await named('乙源')).map(({ cityCode }) => cityCode).sort()).toEqual([
      '990100',
      '990100',
      '990200',
    ]);
  });

  it('takes no correction of a row or column that it does not have', async () => {
    const report = await sendImport(app, file('丙源'), POINTS);
    const row = (n: number) => app.agent.patch(`/api/v1/imports/${report.id}/rows/${n}`);

    await row(99)
      .send({ cells: { 状态: '停产' } })
      .expect(404);
    await row(3)
      .send({ cells: { 级别: '重大' } })
      .expect(422);
    const nothing = await row(3)
      .set('Content-Type', 'application/json')
      .send('{"cells":{"__proto__":"x"}}')
      .expect(422);
    expect(nothing.body.errors).toEqual([
      { pointer: '/cells/__proto__', detail: '名称不能是 __proto__。' },
    ]);
    await row(3)
      .send({ cells: { 状态: 3 } })
      .expect(422);
  });
});

describe('an import that was written', () => {
  it('is not written again, changed, corrected or dropped', async () => {
    const report = await sendImport(
      app,
      pointsOf('丁源', '1 | 丁源点 | 在产 | 125.2 | 43.2'),
      POINTS,
    );
    await commitImport(app, report);
    const at = `/api/v1/imports/${report.id}`;

    await commit(report.id).expect(409);
    await app.agent.patch(at).send({ crs: 'gcj02' }).expect(409);
    await app.agent
      .patch(`${at}/rows/2`)
      .send({ cells: { 状态: '停产' } })
      .expect(409);
    await app.agent.delete(at).expect(409);
    expect(await named('丁源')).toHaveLength(1);
  });

  it('makes the map and its counts new in its own transaction', async () => {
    const versions = async () =>
      app.database.asOwner((trx) =>
        trx('data_versions').select('layer', 'version').where('city_code', '990200'),
      );
    const counted = async () =>
      (await app.agent.get('/api/v1/regions/990200/summary').expect(200)).body.nNotAssessed;
    const [before, countBefore] = [await versions(), await counted()];
    // Zoom 4, the tile of 126° E, 43° N.
    const tile = async () => (await app.agent.get('/tiles/risk-points/4/13/5.mvt')).headers['etag'];
    const tileBefore = await tile();

    const file = pointsOf(
      '戊源',
      '1 | 戊源一 | 在产 | 126.2 | 43.2',
      '2 | 戊源二 | 关闭 | 126.3 | 43.2',
    );
    await commitImport(app, await sendImport(app, file, POINTS));

    expect(await counted()).toBe(countBefore + 1);
    const layers = (await versions()).map(({ layer }) => layer as string);
    expect(layers).toEqual(expect.arrayContaining(['risk-points', 'regions', 'enterprises']));
    expect(await versions()).not.toEqual(before);
    expect(await tile()).not.toBe(tileBefore);
  });
});

describe('two writers', () => {
  it('that commit the same file at once write it once', async () => {
    const file = pointsOf(
      '己源',
      '1 | 己源一 | 在产 | 125.2 | 43.2',
      '2 | 己源二 | 在产 | 125.3 | 43.2',
    );
    const first = await sendImport(app, file, POINTS);
    const second = await sendImport(app, file, POINTS);
    expect([first.new, second.new]).toEqual([2, 2]);

    const answers = await Promise.all([commit(first.id), commit(second.id)]);

    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await named('己源')).toHaveLength(2);
    const late = answers[0]?.status === 409 ? first : second;
    const after = await app.agent.get(`/api/v1/imports/${late.id}`).expect(200);
    expect(after.body).toMatchObject({ state: 'ready', new: 0, unchanged: 2 });
  });

  it('who edit what an import would change make it compare anew', async () => {
    const file = (state: string) => pointsOf('庚源', `1 | 庚源点 | ${state} | 125.2 | 43.2`);
    await commitImport(app, await sendImport(app, file('在产'), POINTS));
    const report = await sendImport(app, file('停产'), POINTS);
    expect(report).toMatchObject({ changed: 1 });
    const [point] = await named('庚源');
    await app.agent
      .patch(`/api/v1/risk-points/${point?.id}`)
      .set('If-Match', `"${point?.version}"`)
      .send({ lifecycle: 'closed' })
      .expect(200);

    const refused = await commit(report.id).expect(409);

    expect(refused.body.detail).toMatch(/比对之后登记库有变动/);
    const { body } = await app.agent.get(`/api/v1/imports/${report.id}`).expect(200);
    expect(body).toMatchObject({ state: 'ready', changed: 1 });
    expect(body.problem.zh).toMatch(/已重新比对/);
    const shown = await app.agent.get(`/api/v1/imports/${report.id}/rows`).expect(200);
    expect(shown.body.items[0].changes).toEqual([
      expect.objectContaining({ field: 'lifecycle', before: 'closed', after: 'suspended' }),
    ]);
    app.clock.now += 60_000;
    expect(await commitImport(app, body)).toMatchObject({ state: 'committed' });
    app.clock.now = TEST_NOW;
  });
});

describe('a correction and a commit at once', () => {
  it('end in one order or the other, and what was written stays written', async () => {
    for (let round = 0; round < 5; round += 1) {
      const source = `癸源${round}`;
      const report = await sendImport(
        app,
        pointsOf(source, `1 | ${source}点 | 在产 | 125.2 | 43.2`),
        POINTS,
      );
      const header = report.columns.find(({ field }) => field === 'riskPointName')?.header ?? '';
      const [written, corrected] = await Promise.all([
        commit(report.id).then((response) => response),
        app.agent
          .patch(`/api/v1/imports/${report.id}/rows/2`)
          .send({ cells: { [header]: `${source}改` } })
          .then((response) => response),
      ]);

      const { body } = await app.agent.get(`/api/v1/imports/${report.id}`).expect(200);
      const isWritten = written.status === 200;
      expect([written.status, corrected.status].filter((status) => status !== 200)).toEqual([409]);
      expect(body.state).toBe(isWritten ? 'committed' : 'ready');
      expect((await named(source)).map(({ names }) => names.zh)).toEqual(
        isWritten ? [`${source}点`] : [],
      );
    }
  });
});

describe('an import that is not there', () => {
  it('is not found', async () => {
    const at = `/api/v1/imports/${v7()}`;

    await app.agent.get(at).expect(404);
    await app.agent.get(`${at}/rows`).expect(404);
    await app.agent.get(`${at}/places`).expect(404);
    await app.agent.get(`${at}/missing`).expect(404);
    await app.agent.patch(at).send({ crs: 'gcj02' }).expect(404);
    await app.agent.delete(at).expect(404);
    await commit(v7()).expect(404);
    await app.agent
      .patch(`${at}/rows/2`)
      .send({ cells: { 状态: '停产' } })
      .expect(404);
  });
});
