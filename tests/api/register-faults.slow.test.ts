import { completeUscc } from '#server/domain/identifiers/uscc.ts';
import { REGISTER_FAULT_KINDS } from '#server/domain/register-faults.ts';
import type { RegisterFaultKind } from '#server/domain/register-faults.ts';
import type { RegisterFault } from '#server/features/register-faults/register-faults.contract.ts';
import {
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import { editing, judged } from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let edit: ReturnType<typeof editing>;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    const west = await anEnterprise(trx, { zh: '示例西厂' });
    for (const level of [1, 2, 3] as const) {
      const point = await aRiskPoint(trx, { zh: `示例西点${level}`, enterprise: west });
      await anAssessment(trx, point, level);
    }
    await aRiskPoint(trx, { zh: '示例未评', enterprise: west });
    await anEnterprise(trx, { zh: '示例东厂', at: [126.5, 43.5] });
    await anEnterprise(trx, { zh: '示例旧厂', lifecycle: 'closed' });
    await settle(trx, TEST_NOW);
  });
}, 180_000);
afterAll(() => app?.close());

type Page = { items: RegisterFault[]; next: string | null; counts?: { kind: string; n: number }[] };
const faults = async (query = ''): Promise<Page> =>
  (await edit.read(`/register-faults${query}`)).body as Page;
const found = ({ items }: Page): string[] =>
  items.map(({ kind, subject }) => `${kind} ${subject.names.zh}`);

/** An enterprise without a fault of its own. */
const sound = (code: string, more: object = {}) => ({
  names: { zh: '示例好厂' },
  uscc: completeUscc(`91990101MA0000${code}`),
  principalName: '示例某',
  position: [125.5, 43.25],
  ...more,
});
/** A risk point of it without a fault but for its measures. */
const soundPoint = (enterpriseId: string, more: object = {}) => ({
  names: { zh: '示例好点' },
  kind: 'facility',
  enterpriseId,
  controlLevel: 'company',
  department: { zh: '示例部' },
  post: { zh: '示例岗' },
  position: [125.5, 43.25],
  ...more,
});

describe('the list of register faults', () => {
  const KINDS = 'kind=major-held-low,no-responsible,no-control-level,no-principal,uscc-missing';
  /** Only level 1 and 2 need a responsible; every assessed one a control level; a closed enterprise nobody. */
  const EXPECTED = [
    'no-responsible 示例西点1',
    'no-responsible 示例西点2',
    'no-control-level 示例西点1',
    'no-control-level 示例西点2',
    'no-control-level 示例西点3',
    'no-principal 示例西厂',
    'no-principal 示例东厂',
    'uscc-missing 示例西厂',
    'uscc-missing 示例东厂',
  ];

  it('goes kind by kind, the gravest first, the worst first within a kind', async () => {
    const page = await faults(`?${KINDS}`);

    expect(found(page)).toEqual(EXPECTED);
    expect(page.next).toBeNull();
    expect(page.counts).toEqual([
      { kind: 'major-held-low', n: 0 },
      { kind: 'no-responsible', n: 2 },
      { kind: 'no-control-level', n: 3 },
      { kind: 'no-principal', n: 2 },
      { kind: 'uscc-missing', n: 2 },
    ]);
  });

  it('tells the counts of every kind', async () => {
    const { counts } = await faults();

    expect(counts?.map(({ kind }) => kind)).toEqual(REGISTER_FAULT_KINDS);
  });

  it.each([1, 2, 4])('comes page by page of %i without a gap', async (limit) => {
    const rows: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 20; pages += 1) {
      const page: Page = await faults(`?${KINDS}&limit=${limit}${cursor}`);
      rows.push(...found(page));
      expect(page.counts === undefined).toBe(cursor !== '');
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }

    expect(rows).toEqual(EXPECTED);
  });

  it('is of one region or one enterprise where asked', async () => {
    const east = await faults('?region=990200');

    expect(found(east)).toEqual(['no-principal 示例东厂', 'uscc-missing 示例东厂']);
    expect(found(await faults('?region=990102'))).toEqual([]);
    const { id } = (await faults('?kind=no-principal')).items[0]?.subject ?? { id: '' };
    expect(found(await faults(`?enterprise=${id}&kind=uscc-missing`))).toEqual([
      'uscc-missing 示例西厂',
    ]);
  });

  it.each(['kind=x', 'kind=', 'region=1', 'enterprise=1', 'basis=x', 'cursor=e30', 'q=x'])(
    'refuses %s',
    async (query) => {
      await edit.read(`/register-faults?${query}`, 400);
    },
  );
});

describe('each fault appears and goes with what puts it right', () => {
  let serial = 10;
  const next = (): string => String((serial += 1));

  const kindsOf = async (enterprise: string): Promise<readonly RegisterFaultKind[]> =>
    (await faults(`?enterprise=${enterprise}`)).items.map(({ kind }) => kind);
  const anOwner = async (more: object = {}): Promise<string> =>
    (await edit.post('/enterprises', sound(next(), more))).body.id;
  /** A serious point of a sound enterprise, with a measure unless told otherwise. */
  const aJudgedPoint = async (more: object = {}, hasMeasure = true) => {
    const owner = await anOwner();
    const { id } = (await edit.post('/risk-points', soundPoint(owner, more))).body;
    await edit.post(`/risk-points/${id}/assessments`, judged('serious'));
    if (hasMeasure) {
      await edit.post('/measures', { riskPointId: id, kind: 'ppe', text: { zh: '示例' } });
    }
    return { owner, id: id as string, path: `/risk-points/${id}` };
  };

  it('major-held-low', async () => {
    const { owner, path } = await aJudgedPoint({ controlLevel: 'team' });
    expect(await kindsOf(owner)).toEqual([]);
    await edit.post(`${path}/assessments`, {
      method: 'lec',
      basis: 'current',
      inputs: { L: 6, E: 6, C: 15 },
    });

    const { items } = await faults(`?enterprise=${owner}`);

    expect(items).toMatchObject([
      {
        kind: 'major-held-low',
        subject: { kind: 'risk_point', names: { zh: '示例好点' } },
        enterprise: { id: owner, names: { zh: '示例好厂' } },
        level: 1,
        text: { zh: '重大风险应由公司级管控，现为班组级' },
      },
    ]);
    expect(items[0]?.regionPath.map(({ code }) => code)).toEqual(['990000', '990100', '990101']);
    expect((await faults(`?enterprise=${owner}&basis=inherent`)).items).toEqual([]);
    await edit.patch(path, { controlLevel: 'company' });
    expect(await kindsOf(owner)).toEqual([]);
  });

  it('no-responsible', async () => {
    const { owner, path } = await aJudgedPoint({ department: null });

    expect(await kindsOf(owner)).toEqual(['no-responsible']);

    await edit.patch(path, { department: { zh: '示例部' } });
    expect(await kindsOf(owner)).toEqual([]);
    await edit.patch(path, { post: null });
    expect(await kindsOf(owner)).toEqual(['no-responsible']);
    await edit.post(`${path}/assessments`, judged('low'));
    expect(await kindsOf(owner)).toEqual([]);
  });

  it('no-measures', async () => {
    const { owner, id } = await aJudgedPoint({}, false);

    expect(await kindsOf(owner)).toEqual(['no-measures']);

    const measure = (
      await edit.post('/measures', { riskPointId: id, kind: 'ppe', text: { zh: '示例' } })
    ).body.id as string;
    expect(await kindsOf(owner)).toEqual([]);
    await edit.remove(`/measures/${measure}`);
    expect(await kindsOf(owner)).toEqual(['no-measures']);
  });

  it('no-control-level', async () => {
    const { owner, path } = await aJudgedPoint({ controlLevel: null });

    expect(await kindsOf(owner)).toEqual(['no-control-level']);

    await edit.patch(path, { controlLevel: 'workshop' });
    expect(await kindsOf(owner)).toEqual([]);
  });

  it('no-principal, which a post or a name puts right', async () => {
    const owner = await anOwner({ principalName: null });
    const path = `/enterprises/${owner}`;

    expect(await kindsOf(owner)).toEqual(['no-principal']);

    await edit.patch(path, { principalPost: { zh: '总经理' } });
    expect(await kindsOf(owner)).toEqual([]);
    await edit.patch(path, { principalPost: null, principalName: '示例某' });
    expect(await kindsOf(owner)).toEqual([]);
    await edit.patch(path, { principalName: null });
    await edit.patch(path, { lifecycle: 'closed' });
    expect(await kindsOf(owner)).toEqual([]);
  });

  it('points-of-closed-enterprise', async () => {
    const { owner, path } = await aJudgedPoint();
    await edit.patch(`/enterprises/${owner}`, { lifecycle: 'closed' });

    expect(await kindsOf(owner)).toEqual(['points-of-closed-enterprise']);

    await edit.patch(path, { lifecycle: 'closed' });
    expect(await kindsOf(owner)).toEqual([]);
  });

  it('outside-regions and region-disagrees, of enterprises and of risk points', async () => {
    const { owner, path } = await aJudgedPoint();
    await edit.patch(`/enterprises/${owner}`, { position: [10, 50] });
    await edit.patch(path, { position: [10, 50] });
    const outside = await faults(`?enterprise=${owner}`);
    await edit.patch(`/enterprises/${owner}`, { position: [125.5, 43.25], regionCode: '990200' });
    await edit.patch(path, { position: [125.5, 43.25], regionCode: '990102' });
    const disagreeing = await faults(`?enterprise=${owner}`);
    await edit.patch(`/enterprises/${owner}`, { regionCode: '990100' });
    await edit.patch(path, { regionCode: null });

    expect(outside.items.map(({ kind, subject }) => [kind, subject.kind])).toEqual([
      ['outside-regions', 'enterprise'],
      ['outside-regions', 'risk_point'],
    ]);
    expect(outside.counts).toContainEqual({ kind: 'outside-regions', n: 2 });
    expect(disagreeing.items.map(({ kind, subject }) => [kind, subject.kind])).toEqual([
      ['region-disagrees', 'enterprise'],
      ['region-disagrees', 'risk_point'],
    ]);
    expect(disagreeing.items[0]?.text.zh).toContain('990200');
    expect(await kindsOf(owner)).toEqual([]);
  });

  it('uscc-missing and uscc-unverified', async () => {
    const owner = await anOwner({ uscc: null });
    const path = `/enterprises/${owner}`;

    expect(await kindsOf(owner)).toEqual(['uscc-missing']);
    await edit.patch(path, { uscc: '91350100M000100Y44', usccReason: '证照如此' });
    const { items } = await faults(`?enterprise=${owner}`);
    expect(items).toMatchObject([{ kind: 'uscc-unverified' }]);
    expect(items[0]?.text.zh).toContain('证照如此');
    await edit.patch(path, { uscc: '91350100M000100Y43' });
    expect(await kindsOf(owner)).toEqual([]);
  });

  it('goes with a row that is deleted and comes back with it', async () => {
    const owner = await anOwner({ uscc: null });
    await edit.remove(`/enterprises/${owner}`);
    expect(await kindsOf(owner)).toEqual([]);

    await edit.restore(`/enterprises/${owner}`);

    expect(await kindsOf(owner)).toEqual(['uscc-missing']);
  });
});
