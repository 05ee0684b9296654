import { completeUscc } from '#server/domain/identifiers/uscc.ts';
import { anEnterprise, aSmallProvince, settle } from '#tests/support/factories.ts';
import { editing, newEnterprise, newSquare, newTank } from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const TAKEN = completeUscc('91990101MA00000B');
const CHINESE = /[\u4e00-\u9fff]/;
/** What no Chinese sentence has in it: two English words in a row. */
const ENGLISH = /[a-z]{2,} [a-z]{2,}/i;

let app: TestApp;
let edit: ReturnType<typeof editing>;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    await anEnterprise(trx, { zh: '示例已有', en: 'Example Held', uscc: TAKEN, at: [126.5, 43.5] });
    await settle(trx, TEST_NOW);
  });
}, 180_000);
afterAll(() => app?.close());

type Refusal = {
  readonly detail: string;
  readonly errors?: readonly { readonly detail: string }[];
};

const asked = (language: string | null, path: string, body: object) => {
  const test = app.agent.post(`/api/v1${path}`).send(body);
  return language === null ? test : test.set('Accept-Language', language);
};

/** Every sentence of a refusal: of its faults where it names them, else its own. */
async function said(language: string | null, path: string, body: object): Promise<string[]> {
  const answer = await asked(language, path, body);
  expect(answer.status).toBeGreaterThanOrEqual(409);
  const { detail, errors } = answer.body as Refusal;
  return [detail, ...(errors ?? []).map((fault) => fault.detail)];
}

async function bothWays(path: string, body: object): Promise<readonly [string[], string[]]> {
  const [zh, en] = [await said('zh-CN', path, body), await said('en', path, body)];
  for (const text of zh) expect(text).toMatch(CHINESE);
  for (const text of zh) expect(text).not.toMatch(ENGLISH);
  for (const text of en) expect(text.replaceAll(/示例[\u4e00-\u9fff]*/g, '')).not.toMatch(CHINESE);
  return [zh, en];
}

const add = async (path: string, body: object): Promise<string> =>
  (await edit.post(path, body)).body.id as string;

const goneParents = async () => {
  const enterprise = await add('/enterprises', newEnterprise());
  const tank = await add('/risk-points', newTank(enterprise));
  const source = { riskPointId: tank, names: { zh: '示例源' }, kind: 'activity' };
  const measure = { riskPointId: tank, kind: 'ppe', text: { zh: '示例措施' } };
  const ids = {
    source: await add('/hazard-sources', source),
    measure: await add('/measures', measure),
  };
  await edit.remove(`/enterprises/${enterprise}`);
  return { enterprise, tank, source, measure, ids };
};

describe('a refusal is said in the language of the request', () => {
  it('where a credit code is taken', async () => {
    const [zh, en] = await bothWays('/enterprises', newEnterprise({ uscc: TAKEN }));

    expect(zh[0]).toContain(`统一社会信用代码 ${TAKEN} 已用于企业“示例已有”`);
    expect(en[0]).toContain(`The code ${TAKEN} belongs to the enterprise “Example Held”`);
  });

  it('where a credit code fails its check, each in its own sentence', async () => {
    // From GB 32100: 91350100M000100Y43 with another check character.
    const [zh, en] = await bothWays('/enterprises', newEnterprise({ uscc: '91350100M000100Y44' }));

    expect(zh[1]).toBe('第 18 位校验码不符：应为 3，现为 4；如须保留请填写原因。');
    expect(en[1]).toMatch(/^Character 18.*3 expected, not 4; give usccReason/);
  });

  it('where somebody else was faster', async () => {
    const id = await add('/enterprises', newEnterprise());
    const path = `/api/v1/enterprises/${id}`;
    const patch = (language: string) =>
      app.agent.patch(path).set('If-Match', '"7"').set('Accept-Language', language).send({});

    expect((await patch('zh-CN').expect(412)).body.detail).toBe(
      '这条记录已被他人修改，现为第 1 版。',
    );
    expect((await patch('en').expect(412)).body.detail).toBe(
      'The enterprise was changed meanwhile; it is at version 1 now.',
    );
  });

  it('where the parent was deleted meanwhile', async () => {
    const { enterprise, tank, source, measure, ids } = await goneParents();

    const [point] = await bothWays('/risk-points', newTank(enterprise));
    expect(point).toContain('没有这家企业，或它已被删除。');
    const [added] = await bothWays('/hazard-sources', source);
    expect(added).toContain('没有这个风险点，或它已被删除。');
    expect((await bothWays('/measures', measure))[0]).toEqual([
      '措施的内容不符合规则。',
      '没有这个风险点，或它已被删除。',
    ]);
    for (const path of [
      `/risk-points/${tank}`,
      `/hazard-sources/${ids.source}`,
      `/measures/${ids.measure}`,
    ]) {
      const [zh] = await bothWays(`${path}/restore`, {});
      expect(zh[0]).toMatch(/已被删除，请先恢复/);
    }
  });

  it('where nothing was deleted', async () => {
    const id = await add('/enterprises', newEnterprise());

    const [zh] = await bothWays(`/enterprises/${id}/restore`, {});
    expect(zh).toEqual(['这家企业没有被删除。']);
  });

  it.each([
    ['a region that is none', { regionCode: '999999' }, '没有代码为 999999 的行政区。'],
    ['a field that is none', { fields: ['nonsense'] }, '“nonsense”不是监管行业领域的代码。'],
    ['a place beyond the map', { position: [125.5, 86] }, '纬度应在 −85° 到 85° 之间，现为 86。'],
    ['a beginning in the future', { existsFrom: '2027-01-01T00:00:00Z' }, '不能晚于现在。'],
    ['no enterprise', { kind: 'facility' }, '只有公共场所可以不属于企业。'],
  ])('for %s', async (_, more, sentence) => {
    const [zh] = await bothWays('/risk-points', newSquare(more));

    expect(zh).toEqual(['风险点的内容不符合规则。', sentence]);
  });

  it('and in Chinese where it names none', async () => {
    expect(await said(null, '/enterprises', newEnterprise({ regionCode: '999999' }))).toEqual([
      '企业的内容不符合规则。',
      '没有代码为 999999 的行政区。',
    ]);
  });
});
