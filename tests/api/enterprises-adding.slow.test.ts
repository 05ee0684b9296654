import { completeUscc } from '#server/domain/identifiers/uscc.ts';
import { anEnterprise, aSmallProvince, settle } from '#tests/support/factories.ts';
import {
  editing,
  layerVersion,
  newEnterprise,
  pointersOf,
  tileText,
} from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

/** Made up: the region part is that of no region. */
const CODES = ['91990101MA00000A', '91990101MA00000B', '91990101MA00000C'].map(completeUscc);
const [FREE = '', TAKEN = '', OTHER = ''] = CODES;

let app: TestApp;
let edit: ReturnType<typeof editing>;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    await anEnterprise(trx, { zh: '示例已有', uscc: TAKEN, at: [126.5, 43.5] });
    await settle(trx, TEST_NOW);
  });
}, 180_000);
afterAll(() => app?.close());

const made = async (more: object = {}): Promise<{ id: string; path: string }> => {
  const { body } = await edit.post('/enterprises', newEnterprise(more));
  return { id: body.id, path: `/enterprises/${body.id}` };
};

describe('adding an enterprise', () => {
  it('answers with all of it, in the region that holds its place', async () => {
    const res = await edit.post('/enterprises', {
      names: { zh: '  示例机械厂 ', en: 'Example Machine Works' },
      uscc: FREE.toLowerCase(),
      lifecycle: 'building',
      fields: ['gas', 'gas', 'special-equipment'],
      category: '机械',
      industry: 'C34',
      address: '示例路1号',
      principalPost: { zh: '总经理' },
      principalName: '示例某',
      position: [125.5, 43.25],
      regionCode: '990102',
      attributes: { 班次: '三班' },
    });

    expect(res.body).toMatchObject({
      version: 1,
      names: { zh: '示例机械厂', en: 'Example Machine Works' },
      uscc: FREE,
      usccReason: null,
      lifecycle: 'building',
      fields: ['gas', 'special-equipment'],
      category: '机械',
      industry: 'C34',
      address: '示例路1号',
      principalPost: { zh: '总经理', en: null },
      principalName: '示例某',
      position: [125.5, 43.25],
      cityCode: '990100',
      regionCode: '990101',
      statedRegionCode: '990102',
      regionFlag: 'disagrees',
      attributes: { 班次: '三班' },
      origin: null,
      demo: false,
      state: 'not_assessed',
    });
    expect(res.headers['location']).toBe(`/api/v1/enterprises/${res.body.id}`);
    expect(res.headers['etag']).toMatch(/^"1\./);
    expect((await edit.read(`/enterprises/${res.body.id}`)).body).toEqual(res.body);
  });

  it('takes a name and a place alone', async () => {
    const { body } = await edit.post('/enterprises', newEnterprise());

    expect(body).toMatchObject({ lifecycle: 'running', fields: [], uscc: null, attributes: {} });
  });

  it('is in the list, the counts and the tiles at once', async () => {
    const before = await layerVersion(app, 'enterprises', '990100');

    const { id } = await made({ names: { zh: '示例即刻' } });

    expect(await layerVersion(app, 'enterprises', '990100')).toBeGreaterThan(before);
    const { body } = await edit.read('/enterprises?q=示例即刻');
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([id]);
    expect(await tileText(app, 'enterprises', [125.5, 43.25])).toContain(id);
  });

  it('is done once for one Idempotency-Key, and refuses the key for another request', async () => {
    const post = (body: object) =>
      app.agent.post('/api/v1/enterprises').set('Idempotency-Key', 'same').send(body);

    const first = await post(newEnterprise({ names: { zh: '示例一次' } })).expect(201);
    const again = await post(newEnterprise({ names: { zh: '示例一次' } })).expect(201);
    const other = await post(newEnterprise({ names: { zh: '示例二次' } })).expect(409);

    expect(again.body.id).toBe(first.body.id);
    expect(other.body.detail).toContain('Idempotency-Key');
    await edit.remove(`/enterprises/${first.body.id}`);
    const gone = await post(newEnterprise({ names: { zh: '示例一次' } })).expect(409);
    expect(gone.body.detail).toContain('已被删除');
  });

  it('tells every fault at once, of the schema and of the rules', async () => {
    const res = await edit.post(
      '/enterprises',
      {
        names: { en: 'No Chinese name' },
        uscc: FREE.slice(0, 17) + (FREE.endsWith('A') ? 'B' : 'A'),
        lifecycle: 'asleep',
        fields: ['gas', 'space-travel'],
        position: [125.5, 86],
        regionCode: '990199',
        attributes: { n: 7 },
        unknown: 1,
      },
      422,
    );

    expect(pointersOf(res)).toEqual([
      '/attributes/n',
      '/fields/1',
      '/lifecycle',
      '/names/zh',
      '/position/1',
      '/regionCode',
      '/unknown',
      '/uscc',
    ]);
  });

  it.each([
    ['a missing place', { names: { zh: '示例' } }, ['/position']],
    ['a blank name', newEnterprise({ names: { zh: '   ' } }), ['/names/zh']],
    ['a reason without a code', newEnterprise({ usccReason: '示例' }), ['/usccReason']],
    ['51 attributes', newEnterprise({ attributes: keys(51) }), ['/attributes']],
    ['a place beyond the map', newEnterprise({ position: [125, -85.1] }), ['/position/1']],
    [
      'a place that is none',
      newEnterprise({ position: [181, 91] }),
      ['/position/0', '/position/1'],
    ],
  ])('refuses %s', async (_, body, pointers) => {
    expect(pointersOf(await edit.post('/enterprises', body, 422))).toEqual(pointers);
  });

  it('takes 50 attributes', async () => {
    await edit.post('/enterprises', newEnterprise({ attributes: keys(50) }));
  });
});

describe('the credit code', () => {
  /** From GB 32100: 91350100M000100Y43 with another check character. */
  const wrong = '91350100M000100Y44';

  it('that fails its check is refused with the character that is expected', async () => {
    const res = await edit.post('/enterprises', newEnterprise({ uscc: wrong }), 422);

    expect(res.body.errors).toHaveLength(1);
    expect(res.body.errors[0].detail).toContain('第 18 位');
    expect(res.body.errors[0].detail).toContain('应为 3，现为 4');
  });

  it('that fails is kept with a reason, which goes when a valid one comes', async () => {
    const { path } = await made({ uscc: wrong, usccReason: '证照如此' });
    expect((await edit.read(path)).body).toMatchObject({ uscc: wrong, usccReason: '证照如此' });

    const cleared = await edit.patch(path, { usccReason: null }, 422);
    expect(pointersOf(cleared)).toEqual(['/usccReason']);
    const { body } = await edit.patch(path, { uscc: OTHER, usccReason: '不再需要' });

    expect(body).toMatchObject({ uscc: OTHER, usccReason: null });
    expect((await edit.patch(path, { uscc: null })).body.uscc).toBeNull();
  });

  it('of another enterprise is a conflict that names it, in whatever city that is', async () => {
    const { path } = await made();

    for (const res of [
      await edit.post('/enterprises', newEnterprise({ uscc: TAKEN }), 409),
      await edit.patch(path, { uscc: TAKEN }, 409),
    ]) {
      expect(res.body.detail).toContain('示例已有');
    }
  });

  it('goes to one of two that ask for it at the same time', async () => {
    const code = completeUscc('91990101MA00000D');
    const post = (at: readonly number[]) =>
      app.agent.post('/api/v1/enterprises').send(newEnterprise({ uscc: code, position: at }));

    const answers = await Promise.all([post([125.5, 43.25]), post([126.5, 43.5])]);

    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['201', '409']);
  });
});

function keys(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, '示例']));
}
