import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
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

type Item = { readonly id: string; readonly version: number; readonly names: { zh: string } };

const found = async (path: string, query: Record<string, string>): Promise<readonly Item[]> => {
  const { body } = await app.agent.get(`/api/v1/${path}`).query(query).expect(200);
  return (body as { items: Item[] }).items;
};

const detail = async (path: string, item: Item | undefined) =>
  (await app.agent.get(`/api/v1/${path}/${item?.id}`).expect(200)).body;

describe('columns', () => {
  const file = csvText(
    'Bezeichnung | Laenge | Breite | Zustand | Tonnen',
    '庚一 | 125.2 | 43.2 | 在产 | 12',
  );
  const map = {
    Bezeichnung: 'riskPointName',
    Laenge: 'lon',
    Breite: 'lat',
    Zustand: 'riskPointLifecycle',
  };

  it('of unknown headers are read by a mapping, which is remembered for these headers', async () => {
    const unknown = await sendImport(app, file, POINTS);
    expect(unknown).toMatchObject({ state: 'rejected' });
    expect(unknown.problem?.zh).toMatch(/风险点名称/);

    const mapped = await sendImport(app, file, { ...POINTS, map: JSON.stringify(map) });
    expect(mapped).toMatchObject({ state: 'ready', new: 1, faulty: 0 });
    expect(mapped.columns.map(({ field, use }) => [field, use])).toEqual([
      ['riskPointName', 'field'],
      ['lon', 'field'],
      ['lat', 'field'],
      ['riskPointLifecycle', 'field'],
      [null, 'attribute'],
    ]);

    const again = await sendImport(app, file, POINTS);
    expect(again).toMatchObject({ state: 'ready', new: 1, mappingId: mapped.mappingId });
    const withReasons = csvText(
      'Bezeichnung | Laenge | Breite | Zustand | Tonnen | 问题说明',
      '庚二 | 125.3 | 43.2 | 在产 | 12 | 坐标为零',
    );
    expect(await sendImport(app, withReasons, POINTS)).toMatchObject({ state: 'ready', new: 1 });
    const byId = { ...POINTS, map: mapped.mappingId ?? '' };
    const otherHeader = file.replaceAll('Tonnen', 'Gewicht');
    expect(await sendImport(app, otherHeader, byId)).toMatchObject({ state: 'ready', new: 1 });
    const otherOrder = csvText(
      'Tonnen | Zustand | Breite | Laenge | Bezeichnung',
      '12 | 在产 | 43.2 | 125.2 | 庚一',
    );
    expect(await sendImport(app, otherOrder, POINTS)).toMatchObject({ state: 'ready', new: 1 });
  });

  it('that were remembered are used for a corrected row and another reading too', async () => {
    await sendImport(app, file, { ...POINTS, map: JSON.stringify(map) });
    const report = await sendImport(app, file, POINTS);

    const { body: row } = await app.agent
      .patch(`/api/v1/imports/${report.id}/rows/2`)
      .send({ cells: { Bezeichnung: '庚改' } })
      .expect(200);
    expect(row).toMatchObject({ status: 'new', faults: [] });
    const { body: read } = await app.agent
      .patch(`/api/v1/imports/${report.id}`)
      .send({ crs: 'gcj02' })
      .expect(200);
    expect(read).toMatchObject({ state: 'ready', new: 1, faulty: 0 });
    await commitImport(app, read as ImportReport);

    const { body } = await app.agent.get('/api/v1/risk-points').query({ q: '庚改' }).expect(200);
    expect(body.items).toHaveLength(1);
  });

  it('may be read another way after the file was sent', async () => {
    const report = await sendImport(app, file.replaceAll('Tonnen', 'Menge'), POINTS);
    expect(report).toMatchObject({ state: 'rejected' });

    const { body } = await app.agent
      .patch(`/api/v1/imports/${report.id}`)
      .send({ map })
      .expect(200);

    expect(body).toMatchObject({ state: 'ready', new: 1 });
  });

  it('are refused where the mapping names what is not there', async () => {
    const refused = await app.agent
      .post('/api/v1/imports')
      .query({ ...POINTS, map: 'nonsense' })
      .set('Content-Type', 'text/csv')
      .send(file);
    expect(refused.status).toBe(422);

    const report = await sendImport(app, file, {
      ...POINTS,
      map: JSON.stringify({ ...map, Fehlt: 'person', Tonnen: 'constructor' }),
    });
    expect(report).toMatchObject({ state: 'rejected' });
    expect(report.notes.map(({ en }) => en).join('\n')).toMatch(/Fehlt[^]*constructor/);
  });

  it('that are not known become attributes of the record, whatever they are called', async () => {
    const odd = csvText(
      '数据来源 | 风险点名称 | 经度 | 纬度 | valueOf | hasOwnProperty | toString',
      '源表辛 | 辛点 | 125.2 | 43.2 | 甲 | 乙 | 丙',
    );
    await commitImport(app, await sendImport(app, odd, POINTS));

    const [point] = await found('risk-points', { q: '辛点' });
    const { attributes } = await detail('risk-points', point);
    expect(Object.entries(attributes)).toEqual(
      expect.arrayContaining([
        ['valueOf', '甲'],
        ['hasOwnProperty', '乙'],
        ['toString', '丙'],
      ]),
    );
  });

  it('may hold both coordinates in one cell', async () => {
    const pair = csvText('数据来源 | 风险点名称 | 坐标', '源表壬 | 壬点 | 43°12′00″N 125°24′00″E');

    const report = await sendImport(app, pair, POINTS);

    expect(report).toMatchObject({ state: 'ready', new: 1, faulty: 0 });
    await commitImport(app, report);
    const [point] = await found('risk-points', { q: '壬点' });
    expect(await detail('risk-points', point)).toMatchObject({ position: [125.4, 43.2] });
  });
});
