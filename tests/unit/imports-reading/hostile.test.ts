import { bookEntries, makeBook, makeZip, textRow } from './make-zip.ts';
import { refusalOf, TYPES } from './read-bytes.ts';
import { GUARD_MS, refusedSoon } from './refused-soon.ts';

const MEGABYTE = 1_000_000;
const HEADER = textRow(1, ['code', 'name_zh']);
const book = (
  options: Parameters<typeof makeBook>[0] = {},
): readonly ReturnType<typeof bookEntries>[number][] =>
  bookEntries({ rows: HEADER + textRow(2, ['1', 'a']), ...options });

describe('a hostile archive is refused', () => {
  const zeros = Buffer.alloc(200 * MEGABYTE);

  it('when it unpacks to far more than its size', async () => {
    const bytes = makeZip([...book(), { name: 'xl/media/image1.png', data: zeros }]);

    expect(bytes.length).toBeLessThan(MEGABYTE);
    expect(await refusedSoon(bytes, 'xlsx')).toMatchObject({
      slug: 'payload-too-large',
      detail: { en: expect.stringContaining('100:1') },
    });
  });

  it('when a part is larger than it says', async () => {
    const entries = book().map((entry) =>
      entry.name === 'xl/styles.xml' ? { ...entry, data: zeros, declaredSize: 1000 } : entry,
    );

    expect(await refusedSoon(makeZip(entries), 'xlsx')).toMatchObject({
      slug: 'invalid-body',
      detail: { en: expect.stringContaining('damaged') },
    });
  });

  it('when all parts together are too much', async () => {
    const bytes = makeZip([...book(), { name: 'a.xml', data: 'x', declaredSize: 1_000_000_001 }]);

    expect(await refusedSoon(bytes, 'xlsx')).toMatchObject({
      slug: 'payload-too-large',
      detail: { en: expect.stringContaining('1000 MB') },
    });
  });

  it.each(['../evil.xml', '/etc/evil.xml', 'C:/evil.xml', 'xl\\evil.xml', 'xl/../../evil.xml'])(
    'when it names %s',
    async (name) => {
      expect(await refusedSoon(makeZip([...book(), { name, data: 'x' }]), 'xlsx')).toMatchObject({
        slug: 'invalid-body',
        detail: { en: expect.stringContaining('unsafe file name') },
      });
    },
  );

  it('when an archive is embedded', async () => {
    const inner = makeZip([{ name: 'a', data: 'x' }]);
    const bytes = makeZip([
      ...book(),
      { name: 'xl/embeddings/inner.zip', data: inner, stored: true },
    ]);
    const instead = makeZip(
      book().map((entry) =>
        entry.name.endsWith('sheet0.xml') ? { ...entry, data: inner } : entry,
      ),
    );

    expect(await refusedSoon(bytes, 'xlsx')).toMatchObject({
      detail: { en: expect.stringContaining('inner.zip') },
    });
    expect(await refusedSoon(instead, 'xlsx')).toMatchObject({ slug: 'invalid-body' });
  });

  it.each([
    ['two files of one name', [...book(), { name: 'XL/Workbook.xml', data: 'x' }], 'two files'],
    ['encrypted files', book().map((entry) => ({ ...entry, flags: 0x801 })), 'encrypted'],
    [
      'files that lie over each other',
      [...book(), { name: 'a.xml', data: 'x', offset: 0 }],
      'damaged',
    ],
    [
      'an offset beyond its end',
      [...book(), { name: 'a.xml', data: 'x', offset: 0xfffffff0 }],
      'damaged',
    ],
    [
      'a name that differs where the data is',
      book().map((entry) => ({ ...entry, localName: entry.name.replace('x', 'y') })),
      'damaged',
    ],
    [
      'more files than the limit',
      [
        ...book(),
        ...Array.from({ length: 2000 }, (_, at) => ({ name: `f${at}`, data: '', stored: true })),
      ],
      '2000 files',
    ],
  ])('when it has %s', async (_, entries, reason) => {
    expect((await refusedSoon(makeZip(entries), 'xlsx')).detail.en).toContain(reason);
  });

  it('when it is cut off anywhere, or its directory lies about sizes of 64 bits', async () => {
    const bytes = makeZip(book());
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * share));
      expect(await refusedSoon(cut, 'xlsx')).toMatchObject({ slug: 'invalid-body' });
    }
    // A zip64 locator that points beyond any file, before the end record.
    const locator = Buffer.concat([
      Buffer.from('PK\u0006\u0007'),
      Buffer.alloc(4),
      Buffer.alloc(8, 0xff),
      Buffer.alloc(4),
    ]);
    const lying = Buffer.concat([bytes.subarray(0, -22), locator, bytes.subarray(-22)]);

    expect(await refusedSoon(lying, 'xlsx')).toMatchObject({ slug: 'invalid-body' });
  });
});

describe('hostile XML in a workbook is refused', () => {
  const bomb =
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>';

  it.each([
    ['a document type with entities', { prologue: bomb }, 'DOCTYPE'],
    [
      'an external document type',
      { prologue: '<!DOCTYPE w SYSTEM "file:///etc/passwd">' },
      'DOCTYPE',
    ],
    ['an entity that is not declared', { rows: textRow(1, ['&xxe;', 'b']) }, 'not valid XML'],
    ['elements that are not closed', { rows: '<row>' }, 'not valid XML'],
    ['deep nesting', { rows: `${'<a>'.repeat(200)}${'</a>'.repeat(200)}` }, 'nested'],
    [
      'a shared text that is not there',
      { rows: '<row r="1"><c r="A1" t="s"><v>5</v></c></row>' },
      'shared text',
    ],
    [
      'rows that go backwards',
      { rows: textRow(5, ['a', 'b']) + textRow(4, ['c', 'd']) },
      'row number',
    ],
    ['a row beyond the last', { rows: textRow(1_048_577, ['a', 'b']) }, 'row number'],
  ])('for %s', async (_, options, reason) => {
    expect((await refusedSoon(makeBook(options), 'xlsx')).detail.en).toContain(reason);
  });

  it('for content that never ends, before it is all kept', async () => {
    const noise = Array.from({ length: 100_000 }, (_, at) => (at * 7919).toString(36))
      .join(' ')
      .repeat(8);
    const endless = [
      { rows: textRow(1, [noise, 'b']) },
      { sharedStrings: `<si><t>${noise}</t></si>` },
      { rows: `<row r="1" ${noise.replaceAll(/ ?(\w+)/g, 'a$1="" ').slice(0, 3_000_000)}/>` },
    ];
    for (const options of endless) {
      expect(await refusedSoon(makeBook(options), 'xlsx')).toMatchObject({
        slug: 'payload-too-large',
      });
    }
  });

  it('for 10,000 columns, and not for empty ones', async () => {
    const far = (xml: string): string => `${HEADER}<row r="2">${xml}</row>`;

    expect(
      await refusedSoon(makeBook({ rows: far('<c r="NTP2"><v>1</v></c>') }), 'xlsx'),
    ).toMatchObject({
      slug: 'payload-too-large',
      row: 2,
    });
    await expect(
      refusalOf(makeBook({ rows: far('<c r="NTP2" s="1"/><c r="A3"><v>1</v></c>') }), TYPES.xlsx),
    ).rejects.toThrow('The file was read');
  });

  it('for more merged ranges than a list has; overlapping ones cost no time', async () => {
    const merges = (count: number): string => '<mergeCell ref="A1:XFD1048576"/>'.repeat(count);
    const rows =
      HEADER + Array.from({ length: 1000 }, (_, at) => textRow(at + 2, ['1', 'a'])).join('');
    const start = performance.now();

    expect(
      await refusedSoon(makeBook({ rows, after: merges(500_001) }), 'xlsx', {
        budgets: { ratio: 1000 },
      }),
    ).toMatchObject({ slug: 'payload-too-large' });
    await expect(
      refusalOf(makeBook({ rows, after: merges(100_000) }), TYPES.xlsx, {
        budgets: { ratio: 1000 },
      }),
    ).rejects.toThrow('The file was read');
    expect(performance.now() - start).toBeLessThan(GUARD_MS);
  });
});

describe('a hostile text is refused', () => {
  it('when a line is nothing but delimiters, or cells without end', async () => {
    expect(await refusedSoon(','.repeat(20 * MEGABYTE), 'csv')).toMatchObject({
      slug: 'payload-too-large',
      row: 1,
    });
    expect(await refusedSoon('a,'.repeat(10 * MEGABYTE), 'csv')).toMatchObject({
      slug: 'payload-too-large',
      row: 1,
    });
  });

  it('when a quote never ends in a large file', async () => {
    const text = `code,name_zh\n1,a\n2,"${'b,c\n'.repeat(5 * MEGABYTE)}`;

    expect(await refusedSoon(text, 'csv')).toMatchObject({ slug: 'payload-too-large', row: 3 });
  });

  it('when lines are broken inside quotes without an end of the row', async () => {
    expect(await refusedSoon(`code,name_zh\n${'"\n",'.repeat(2 * MEGABYTE)}`, 'csv')).toMatchObject(
      {
        slug: 'payload-too-large',
        row: 2,
      },
    );
  });

  it('when it is nothing but line ends', async () => {
    const text = `code,name_zh\n${'\n'.repeat(5 * MEGABYTE)}`;

    expect(await refusedSoon(text, 'csv', { budgets: { rows: 1000 } })).toMatchObject({
      slug: 'payload-too-large',
      row: 101_001,
    });
  });

  it.each([
    ['name_zh,lon,lat,__proto__\na,1,2,x', 1, '__proto__'],
    ['"a title",\ncode,name_zh," constructor "\n1,a,x', 2, 'constructor'],
    ['prototype,code,name_zh\n1,a,x', 1, 'prototype'],
  ])('when %j names a column as a member of every object', async (text, row, name) => {
    const refusal = await refusedSoon(text, 'csv');

    expect(refusal).toMatchObject({ slug: 'invalid-body', row, column: name });
    expect(refusal.detail.zh).toBe(
      `文件被拒绝：第 ${row} 行的列名“${name}”是保留名称，不能用作列名。请改名或删去这一列。`,
    );
  });

  it('when a workbook does', async () => {
    const bytes = makeBook({ rows: textRow(1, ['code', 'name_zh', '__proto__']) });

    expect(await refusedSoon(bytes, 'xlsx')).toMatchObject({ row: 1, column: '__proto__' });
  });

  it('when one feature is enormous', async () => {
    const ring = '[126.123456,43.123456],'.repeat(800_000).slice(0, -1);
    const text = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[${ring}]]}}]}`;

    expect(await refusedSoon(text, 'geojson')).toMatchObject({ slug: 'payload-too-large', row: 1 });
    expect(
      await refusedSoon(text.replace(ring, ring.slice(0, 23 * 500_000 - 1)), 'geojson'),
    ).toMatchObject({ slug: 'payload-too-large', row: 1, column: 'geometry' });
  });
});
