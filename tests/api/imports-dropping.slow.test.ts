import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { csvText } from '#tests/support/csv-text.ts';
import { importApp } from '#tests/support/import-app.ts';
import { sendImport } from '#tests/support/import-file.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const POINTS = { kind: 'risk-points', crs: 'wgs84' };
const HEADERS = '数据来源 | 风险点编号 | 风险点名称 | 状态 | 经度 | 纬度';

let app: TestApp;

beforeAll(async () => {
  app = await importApp();
});
afterAll(() => app?.close());

const pointsOf = (source: string, ...rows: readonly string[]): string =>
  csvText(HEADERS, ...rows.map((row) => `${source} | ${row}`));

const send = (file: string) =>
  app.agent
    .post('/api/v1/imports')
    .query(POINTS)
    .set('Content-Type', 'text/csv')
    .send(file)
    .then((response) => response);

describe('an import that is dropped', () => {
  it('leaves nothing of its rows, and the register as it was', async () => {
    const report = await sendImport(
      app,
      pointsOf('辛源', '1 | 辛源点 | 在产 | 125.2 | 43.2'),
      POINTS,
    );

    const dropped = await app.agent.delete(`/api/v1/imports/${report.id}`).expect(200);

    expect(dropped.body).toMatchObject({ state: 'cancelled' });
    expect(await rowsLeft(report.id)).toBe(0);
    await app.agent.post(`/api/v1/imports/${report.id}/commit`).send({}).expect(409);
    const { body } = await app.agent.get('/api/v1/risk-points').query({ q: '辛源' }).expect(200);
    expect(body.items).toEqual([]);
  });

  it('while it is being read ends the reading', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, at) => `${at} | 壬源点${at} | 在产 | 125.2 | 43.2`,
    );
    const found = untilNewest(({ progress }) => (progress?.done ?? 0) > 0);
    const sent = send(pointsOf('壬源', ...rows));
    const id = await found;

    const dropped = await app.agent.delete(`/api/v1/imports/${id}`).expect(200);

    expect(dropped.body).toMatchObject({ state: 'cancelled' });
    expect(await rowsLeft(id)).toBe(0);
    expect((await sent).body).toMatchObject({ id, state: 'cancelled' });
  });

  it('while it is compared with the register ends the comparison', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, at) => `${at} | 亥源点${at} | 在产 | 125.2 | 43.2`,
    );
    const found = untilNewest(
      ({ progress }) => progress?.phase === 'comparing' && progress.total === null,
    );
    const sent = send(pointsOf('亥源', ...rows));
    const id = await found;

    await app.agent.delete(`/api/v1/imports/${id}`).expect(200);

    await sent;
    const { body } = await app.agent.get(`/api/v1/imports/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'cancelled' });
    expect(await rowsLeft(id)).toBe(0);
  });
});

async function rowsLeft(id: string): Promise<number> {
  return app.database.asOwner(async (trx) => {
    const { rows } = await trx.raw<{ rows: [{ n: number }] }>(
      `SELECT ((SELECT count(*) FROM import_rows WHERE import_id = :id) + (SELECT count(*) FROM import_results
         WHERE import_id = :id) + (SELECT count(*) FROM import_subjects WHERE import_id = :id))::int AS n`,
      { id },
    );
    return rows[0].n;
  });
}

/** The identifier of an import that is to come, once it is as far as that, or past it. */
async function untilNewest(is: (report: ImportReport) => boolean): Promise<string> {
  const newest = async (): Promise<ImportReport | undefined> => {
    const { body } = await app.agent.get('/api/v1/imports').query({ limit: 1 }).expect(200);
    return (body as { items: ImportReport[] }).items[0];
  };
  const before = (await newest())?.id;
  for (;;) {
    const report = await newest();
    if (report && report.id !== before && (report.state !== 'reading' || is(report))) {
      return report.id;
    }
  }
}
