import type { ImportRow } from '#server/features/imports/import-report.contract.ts';
import { download, fillForExport } from '#tests/support/export-data.ts';
import { commitImport, sendImport, XLSX_TYPE } from '#tests/support/import-file.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await fillForExport(trx);
    // What a form lets in and no cell of a table can say in one line.
    await trx.raw(
      `UPDATE risk_points SET location = E'一层\\n二层', attributes = attributes || '{"说明": "甲\\r\\n乙"}' WHERE code = 'T-01'`,
    );
    await trx.raw(
      `UPDATE control_measures SET text_zh = '每两小时巡检一次；' WHERE kind = 'management'`,
    );
  });
});
afterAll(() => app?.close());

const KIND: Readonly<Record<string, string>> = {
  'control-list': 'risk-points',
  'major-risks': 'risk-points',
};

const FORMS = [
  { format: 'xlsx', type: XLSX_TYPE },
  { format: 'csv', type: 'text/csv' },
  { format: 'csv', encoding: 'gb18030', delimiter: 'semicolon', type: 'text/csv' },
] as const;
const TABLES = [
  { list: 'control-list', rows: 7 },
  { list: 'major-risks', rows: 2 },
  { list: 'risk-points', rows: 7 },
  { list: 'enterprises', rows: 2 },
  { list: 'hazard-sources', rows: 3 },
  { list: 'assessments', rows: 4 },
] as const;

async function changesOf(id: string): Promise<readonly unknown[]> {
  const response = await app.agent.get(`/api/v1/imports/${id}/rows`).query({ limit: 1000 });
  return (response.body as { items: ImportRow[] }).items.flatMap(({ changes }) => changes);
}

async function expectNoChange(
  query: Readonly<Record<string, string>>,
  type: string,
  rows: number,
): Promise<void> {
  const { bytes } = await download(app, query);
  const kind = KIND[query['list'] ?? ''] ?? query['list'] ?? '';
  const file = type.includes('json') ? String(bytes) : bytes;
  const report = await sendImport(app, file, { kind }, type);

  expect(report.faults).toEqual([]);
  expect(await changesOf(report.id)).toEqual([]);
  expect(report).toMatchObject({ state: 'ready', rows, unchanged: rows, new: 0, changed: 0 });
  // What the register works out is left out, not taken for attributes.
  const attributes = report.columns.filter(({ use }) => use === 'attribute');
  expect(attributes.every(({ header }) => ['备注', '容积', '说明'].includes(header))).toBe(true);
  expect(await commitImport(app, report)).toMatchObject({ state: 'committed' });
}

/** Versions of every record: each edit of one counts it up. */
function versions(): Promise<unknown> {
  return app.database.read(async (trx) => {
    const result = await trx.raw<{ rows: unknown[] }>(
      `SELECT (SELECT array_agg(version ORDER BY id) FROM enterprises) AS e,
        (SELECT array_agg(version ORDER BY id) FROM risk_points) AS p,
        (SELECT array_agg(version ORDER BY id) FROM hazard_sources) AS s,
        (SELECT array_agg(version ORDER BY id) FROM control_measures) AS m,
        (SELECT count(*)::int FROM assessments) AS a`,
    );
    return result.rows;
  });
}

describe('an export that is imported again changes nothing', () => {
  const cases = TABLES.flatMap((table) => FORMS.map((form) => ({ ...table, ...form })));

  it.each(cases)('$list as $format $encoding', async ({ rows, type, ...query }) => {
    const before = await versions();

    await expectNoChange(query, type, rows);

    expect(await versions()).toEqual(before);
  });

  it.each(TABLES)('$list with English headers', async ({ list, rows }) => {
    const before = await versions();

    await expectNoChange({ list, format: 'xlsx', language: 'en' }, XLSX_TYPE, rows);

    expect(await versions()).toEqual(before);
  });

  it.each([
    { list: 'risk-points', rows: 5 },
    { list: 'enterprises', rows: 2 },
  ])('$list as GeoJSON, with lines and areas', async ({ list, rows }) => {
    const before = await versions();

    await expectNoChange({ list, format: 'geojson' }, 'application/geo+json', rows);

    expect(await versions()).toEqual(before);
  });
});

describe('an export that was edited', () => {
  it('changes the very record that the identifier names', async () => {
    const { bytes } = await download(app, { list: 'control-list', format: 'csv' });
    const edited = String(bytes).replaceAll('示例甲,', '示例乙,');

    const report = await sendImport(app, edited, { kind: 'risk-points' });

    expect(await changesOf(report.id)).toEqual([
      expect.objectContaining({ field: 'person', before: '示例甲', after: '示例乙' }),
    ]);
    expect(report).toMatchObject({ new: 0, changed: 1, unchanged: 6, faulty: 0 });
  });
});
