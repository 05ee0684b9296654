import { addSearchRows } from '#tests/support/search-rows.ts';
import type { SearchRows } from '#tests/support/search-rows.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let rows: SearchRows;

beforeAll(async () => {
  app = await testApp();
  rows = await app.database.asOwner(addSearchRows);
});
afterAll(() => app?.close());

const search = (query: string, status = 200) =>
  app.agent.get(`/api/v1/search?${query}`).expect(status);
const q = (text: string): string => `q=${encodeURIComponent(text)}`;

describe('searching over HTTP', () => {
  it('answers with groups by kind in their order', async () => {
    const { body } = await search(q('示例'));

    expect(body.query).toBe('示例');
    expect(body.groups).toMatchObject([
      {
        kind: 'region',
        more: false,
        items: [
          { id: '990000', depth: 'province', parentPath: [] },
          { id: '990200', depth: 'city' },
          { id: '990100', depth: 'city' },
          { id: '990102', depth: 'county' },
          { id: '990101', depth: 'county' },
        ],
      },
    ]);
    expect(body.wider).toBeNull();
  });

  it('gives a row all that the list shows of it', async () => {
    const { body } = await search(q('yacg'));

    expect(body.groups).toMatchObject([
      {
        kind: 'risk-point',
        items: [
          {
            id: rows.tank.id,
            code: 'FX-0001',
            match: { on: 'initials', how: 'start' },
            belongsTo: { kind: 'enterprise', id: rows.works.id },
            state: 'assessed',
            level: 2,
            position: [125.5, 43.25],
          },
        ],
      },
    ]);
  });

  it.each([
    ['limit=1', 1, true],
    ['limit=20', 6, false],
  ])('takes %s', async (more, count, hasMore) => {
    const { body } = await search(`${q('尘间')}&${more}`);

    expect(body.groups[0].items).toHaveLength(count);
    expect(body.groups[0].more).toBe(hasMore);
  });

  it('takes a basis, a region and the system of a coordinate', async () => {
    const inherent = (await search(`${q('液氨')}&basis=inherent`)).body;
    const elsewhere = (await search(`${q('液氨')}&region=990200`)).body;
    const moved = (await search(`${q('125.5,43.25')}&crs=gcj02`)).body;

    expect(inherent.groups[0].items[0].level).toBe(1);
    expect(elsewhere).toMatchObject({
      groups: [],
      wider: [{ kind: 'risk-point', count: 1, more: false }],
    });
    expect(moved.groups[0].kind).toBe('coordinate');
    expect(moved.groups[0].items[0].position).not.toEqual([125.5, 43.25]);
  });

  // 125°30′ E is 125.5, 43°15′ N is 43.25.
  it.each([
    '125°30′00″E 43°15′00″N',
    '43°15′00″N, 125°30′00″E',
    '43°15\'00" 125°30\'00"',
    '东经125度30分0秒，北纬43度15分0秒',
    '北纬43度15分0秒 东经125度30分0秒',
    '１２５°３０′，４３°１５′',
  ])('reads the place %s', async (text) => {
    const { body } = await search(`${q(text)}&crs=wgs84`);

    expect(body.groups[0]).toMatchObject({
      kind: 'coordinate',
      items: [{ position: [125.5, 43.25], parentPath: [{}, {}, { code: '990101' }] }],
    });
  });

  it.each(['125°60′E 43°15′N', '南纬43度15分 北纬43度15分', '125°30′E 95°N'])(
    'takes %s for no coordinate',
    async (text) => {
      const { body } = await search(q(text));

      expect(body.groups).toEqual([]);
    },
  );

  it.each([
    '',
    'q=',
    'q=%20',
    'q=%E3%80%80',
    'q=%00',
    'q=a%00b',
    'q=%ED%A0%80',
    `q=${'x'.repeat(101)}`,
    'q=a&q=b',
    'q=a&limit=0',
    'q=a&limit=21',
    'q=a&limit=1.5',
    'q=a&basis=both',
    'q=a&region=99',
    'q=a&crs=EPSG:4547',
    'q=a&colour=dynamic',
  ])('refuses %j', async (query) => {
    await search(query, 400);
  });

  it.each([
    `'; DROP TABLE regions; --`,
    '%',
    '_',
    '\\',
    '"',
    '😀',
    '\u202e',
    '?',
    ':q',
    '$1',
    '无'.repeat(100),
  ])('stands %j', async (text) => {
    const { body } = await search(q(text), text === '\u202e' ? 400 : 200);

    expect(body.groups ?? []).toEqual([]);
  });
});
