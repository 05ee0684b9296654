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

describe('a list with enterprise, risk point, hazard source and measures in one row', () => {
  const list = csvText(
    '企业名称 | 统一社会信用代码 | 风险点名称 | 管控层级 | 责任部门 | 危险源名称 | 可能导致的事故类型 | 工程技术措施 | 个体防护措施 | 风险等级 | 经度 | 纬度',
    '示例甲化工有限公司 | 91220101MA0000007M | 液氨罐区 | 公司 | 生产部 | 液氨泄漏 | 中毒和窒息 | 1. 液位报警；2. 喷淋 | 防毒面具 | 重大 | 125.2 | 43.2',
    '示例甲化工有限公司 | 91220101MA0000007M | 液氨罐区 | 公司 | 生产部 | 罐体超压 | 容器爆炸 | 安全阀 | | 较大 | 125.2 | 43.2',
    '示例甲化工有限公司 | 91220101MA0000007M | 配电室 | 班组 | 设备部 | 漏电 | 触电 | 漏电保护 | 绝缘手套 | 一般 | 125.201 | 43.2',
  );

  it('becomes one enterprise, its points, their sources and the measures of these', async () => {
    const report = await sendImport(app, list, POINTS);

    expect(report.faults.map(({ column, problem }) => [column, problem.zh])).toEqual([]);
    expect(report).toMatchObject({
      state: 'ready',
      rows: 3,
      new: 3,
      effects: {
        enterprises: { new: 1 },
        riskPoints: { new: 2 },
        hazardSources: { new: 3 },
        measures: { new: 6 },
        assessments: { new: 0 },
      },
    });
    await commitImport(app, report);

    const [works] = await found('enterprises', { q: '示例甲化工' });
    const points = await found('risk-points', { enterprise: works?.id ?? '' });
    expect(points.map(({ names }) => names.zh).sort()).toEqual(['液氨罐区', '配电室'].sort());
    const tank = await detail(
      'risk-points',
      points.find(({ names }) => names.zh === '液氨罐区'),
    );
    expect(tank).toMatchObject({
      controlLevel: 'company',
      department: { zh: '生产部' },
      state: 'not_assessed',
      level: null,
      position: [125.2, 43.2],
    });
    expect(tank.hazardSources.map(({ names }: Item) => names.zh).sort()).toEqual(
      ['液氨泄漏', '罐体超压'].sort(),
    );
    expect(
      tank.measures.map((one: { kind: string; text: { zh: string } }) => [one.kind, one.text.zh]),
    ).toEqual(
      expect.arrayContaining([
        ['engineering', '液位报警'],
        ['engineering', '喷淋'],
        ['ppe', '防毒面具'],
        ['engineering', '安全阀'],
      ]),
    );
    expect(tank.measures).toHaveLength(4);
  });

  it('never takes a column of levels for a level, and says so', async () => {
    const report = await sendImport(app, list, POINTS);

    expect(report.columns.find(({ header }) => header === '风险等级')).toMatchObject({
      field: null,
      use: 'ignored',
      note: { zh: expect.stringContaining('等级') },
    });
    expect(report).toMatchObject({ new: 0, changed: 0, unchanged: 3 });
  });

  it('adds what a longer list says of the same point, and changes no place of its equals', async () => {
    const more = csvText(
      '企业名称 | 统一社会信用代码 | 风险点名称 | 危险源名称 | 工程技术措施 | 经度 | 纬度',
      '示例甲化工有限公司 | 91220101MA0000007M | 液氨罐区 | 管线腐蚀 | 壁厚检测 | 125.2 | 43.2',
      '示例甲化工有限公司 | 91220101MA0000007M | 液氨罐区 | 液氨泄漏 | 气体检测 | 125.2 | 43.2',
    );

    const report = await sendImport(app, more, POINTS);

    expect(report).toMatchObject({
      changed: 2,
      effects: {
        enterprises: { new: 0, changed: 0 },
        riskPoints: { new: 0, changed: 0, unchanged: 1 },
        hazardSources: { new: 1, unchanged: 1 },
        measures: { new: 2 },
      },
    });
  });
});

describe('a file of hazard sources', () => {
  const points = csvText(
    '数据来源 | 风险点编号 | 风险点名称 | 经度 | 纬度',
    '源表乙 | P-1 | 乙广场 | 125.3 | 43.3',
    '源表乙 | P-2 | 乙同名点 | 125.4 | 43.3',
    '源表乙 | P-3 | 乙同名点 | 125.5 | 43.3',
  );

  it('finds its points by code or name, and faults what it cannot tell', async () => {
    await commitImport(app, await sendImport(app, points, POINTS));
    const report = await sendImport(
      app,
      csvText(
        '风险点编号 | 风险点名称 | 危险源名称 | 危险源类型 | 管理措施',
        '| 乙广场 | 人群拥挤 | 作业活动 | 限流',
        'P-2 | | 临时用电 | 设备设施 |',
        '| 乙同名点 | 不知哪一个 | |',
        '| 没有的点 | 无处可归 | |',
      ),
      { kind: 'hazard-sources' },
    );

    expect(report).toMatchObject({ rows: 4, new: 2, faulty: 2 });
    expect(report.faults.map(({ row, column }) => [row, column])).toEqual([
      [4, '风险点名称'],
      [5, '风险点名称'],
    ]);
    await commitImport(app, report, true);
    const [square] = await found('risk-points', { q: '乙广场' });
    expect(await detail('risk-points', square)).toMatchObject({
      hazardSources: [{ names: { zh: '人群拥挤' }, kind: 'activity' }],
      measures: [{ kind: 'management', text: { zh: '限流' } }],
    });
  });

  it('does not move a source to another point: the row says so', async () => {
    const [square] = await found('risk-points', { q: '乙广场' });
    const { hazardSources } = await detail('risk-points', square);
    const moved = csvText(
      '危险源系统编号 | 风险点编号 | 危险源名称',
      `${hazardSources[0].id} | P-2 | 人群拥挤`,
    );

    const report = await sendImport(app, moved, { kind: 'hazard-sources' });

    expect(report).toMatchObject({ faulty: 1, changed: 0 });
    expect(report.faults[0]?.problem.zh).toMatch(/属于另一风险点/);
  });

  it('that were deleted are registered anew, with a warning', async () => {
    const again = csvText(
      '数据来源 | 风险点编号 | 危险源编号 | 危险源名称',
      '源表乙 | P-2 | H-1 | 坠落',
    );
    await commitImport(app, await sendImport(app, again, { kind: 'hazard-sources' }));
    const [point] = await found('risk-points', { q: 'P-2' });
    const { hazardSources } = await detail('risk-points', point);
    const fall = hazardSources.find(({ names }: Item) => names.zh === '坠落');
    const { headers } = await app.agent.get(`/api/v1/hazard-sources/${fall.id}`).expect(200);
    await app.agent
      .delete(`/api/v1/hazard-sources/${fall.id}`)
      .query({ reason: '登记错误' })
      .set('If-Match', String(headers['etag']))
      .expect(200);

    const report = await sendImport(app, again, { kind: 'hazard-sources' });

    expect(report).toMatchObject({ new: 1, warned: 1 });
    expect(report.warnings[0]?.problem.zh).toMatch(/已从登记库删除/);
  });
});

describe('an enterprise whose code stands in its first row only', () => {
  it('is one enterprise', async () => {
    const list = csvText(
      '企业名称 | 统一社会信用代码 | 风险点名称 | 经度 | 纬度',
      '示例庚化工有限公司 | 91220101MA00000909 | 一号罐 | 125.2 | 43.2',
      '示例庚化工有限公司 | | 二号罐 | 125.201 | 43.2',
    );

    const report = await sendImport(app, list, POINTS);

    expect(report.faults).toEqual([]);
    expect(report).toMatchObject({
      warned: 0,
      effects: { enterprises: { new: 1 }, riskPoints: { new: 2 } },
    });
  });
});

describe('what a record is known by', () => {
  it('is source and code where these are unique, else name and category, never its values', async () => {
    const headers = '数据来源 | 风险点编号 | 风险点名称 | 类别 | 责任人 | 经度 | 纬度';
    const first = csvText(
      headers,
      '源表丙 | A-1 | 丙一号 | 储罐 | 甲 | 125.2 | 43.2',
      '源表丙 | | 丙无码 | 锅炉 | 甲 | 125.3 | 43.2',
      '源表丙 | | 丙无码 | 锅炉 | 甲 | 125.31 | 43.2',
      '源表丙 | A-9 | 丙重码一 | 储罐 | 甲 | 125.4 | 43.2',
      '源表丙 | A-9 | 丙重码二 | 储罐 | 甲 | 125.5 | 43.2',
    );
    const report = await sendImport(app, first, POINTS);
    expect(report).toMatchObject({ new: 5, faulty: 0 });
    expect(report.warnings.map(({ row, value, problem }) => [row, value, problem.zh])).toEqual([
      [5, 'A-9', expect.stringContaining('编号在文件中重复')],
      [6, 'A-9', expect.stringContaining('编号在文件中重复')],
    ]);
    await commitImport(app, report);

    const later = csvText(
      headers,
      '源表丙 | A-9 | 丙重码二 | 储罐 | 乙 | 125.6 | 43.2',
      '源表丙 | A-9 | 丙重码一 | 储罐 | 甲 | 125.4 | 43.2',
      '源表丙 | | 丙无码 | 锅炉 | 甲 | 125.3 | 43.2',
      '源表丙 | | 丙无码 | 锅炉 | 乙 | 125.31 | 43.2',
      '源表丙 | A-1 | 丙改名 | 储罐 | 甲 | 125.2 | 43.2',
    );
    const compared = await sendImport(app, later, POINTS);

    expect(compared).toMatchObject({ new: 0, changed: 3, unchanged: 2, missing: 0 });
  });

  it('is its identifier where the file brings one from the register', async () => {
    const made = csvText('数据来源 | 风险点名称 | 经度 | 纬度', '源表丁 | 丁点 | 125.2 | 43.2');
    await commitImport(app, await sendImport(app, made, POINTS));
    const [point] = await found('risk-points', { q: '丁点' });
    const headers = '风险点系统编号 | 风险点名称 | 责任人';

    const named = await sendImport(app, csvText(headers, `${point?.id} | 丁点改 | 丁`), {
      ...POINTS,
      map: JSON.stringify({}),
    });
    expect(named).toMatchObject({ changed: 1, new: 0 });
    const unknown = csvText(headers, '018f0000-0000-7000-8000-0000000000ff | 无此点 | 丁');
    const report = await sendImport(app, unknown, POINTS);
    expect(report).toMatchObject({ faulty: 1 });
    expect(report.faults[0]).toMatchObject({ row: 2, column: '风险点系统编号' });
  });

  it('is not found in what was deleted: a commit registers it anew, with a warning', async () => {
    const file = csvText(
      '数据来源 | 风险点编号 | 风险点名称 | 经度 | 纬度',
      '源表戊 | 1 | 戊点 | 125.2 | 43.2',
    );
    await commitImport(app, await sendImport(app, file, POINTS));
    const [before] = await found('risk-points', { q: '戊点' });
    await app.agent
      .delete(`/api/v1/risk-points/${before?.id}`)
      .query({ reason: '登记错误' })
      .set('If-Match', `"${before?.version}"`)
      .expect(200);

    const report = await sendImport(app, file, POINTS);

    expect(report).toMatchObject({ new: 1, warned: 1 });
    expect(report.warnings[0]?.problem.zh).toMatch(/已从登记库删除/);
    await commitImport(app, report);
    const after = await found('risk-points', { q: '戊点' });
    expect(after).toHaveLength(1);
    expect(after[0]?.id).not.toBe(before?.id);
  });

  it('may be the same place as another: a warning, no fault', async () => {
    const file = csvText(
      '数据来源 | 风险点名称 | 经度 | 纬度',
      '源表己 | 己一 | 125.2 | 43.2',
      '源表己 | 己二 | 125.2 | 43.2',
      '源表己 | 己三 | 140.2 | 43.2',
    );

    const report = await sendImport(app, file, POINTS);

    expect(report).toMatchObject({ new: 3, faulty: 0, warned: 3 });
    expect(report.warnings.map(({ row, column }) => [row, column])).toEqual([
      [2, '经度'],
      [3, '经度'],
      [4, '经度'],
    ]);
  });
});
