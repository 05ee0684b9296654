import fc from 'fast-check';
import { bookEntries, makeBook, makeZip, textRow } from './make-zip.ts';
import { readBytes, TYPES } from './read-bytes.ts';
import { FileRefusedError } from '#server/features/imports/reading/table.ts';

const PARTS = bookEntries({
  rows: `${textRow(1, ['code', 'name_zh', 'lon'])}${textRow(2, ['1', '氨罐', '126.5'])}<row r="3"><c r="A3" s="1"><v>45292</v></c><c r="B3" t="s"><v>0</v></c></row>`,
  sharedStrings: '<si><t>共享</t></si>',
  styles:
    '<numFmts><numFmt numFmtId="180" formatCode="yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
  after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
});
const BOOK = makeZip(PARTS);
const PLAIN_BOOK = makeBook({ rows: textRow(1, ['code', 'lon']) });
const FILES: Readonly<Record<'csv' | 'xlsx' | 'geojson', readonly Buffer[]>> = {
  csv: [
    Buffer.from('code,name_zh,lon\r\n1,"氨,""罐",126.5\r\n2,b,\r\n'),
    Buffer.from('\uFEFFcode\tname_zh\n1\t氨罐\n', 'utf16le'),
  ],
  xlsx: [BOOK, PLAIN_BOOK],
  geojson: [
    Buffer.from(
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1,"b":"é"},"geometry":{"type":"Point","coordinates":[1,2]}}]}',
    ),
  ],
};

/** Whether reading ends as it must: with consistent rows, or with a refusal in two languages. */
async function endsWell(bytes: Buffer, type: string): Promise<boolean> {
  try {
    const { head, rows, count } = await readBytes(bytes, type);
    return count === rows.length && rows.every(({ cells }) => cells.length >= head.headers.length);
  } catch (error) {
    if (!(error instanceof FileRefusedError)) throw error;
    const { slug, detail } = error.refusal;
    return slug !== undefined && detail.zh.length > 5 && detail.en.length > 10;
  }
}

type Change = { readonly at: number; readonly bytes: Uint8Array; readonly cut: number };

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.uint8Array({ maxLength: 6 }),
  cut: fc.nat({ max: 12 }),
});

function changed(file: Buffer, changes: readonly Change[]): Buffer {
  return changes.reduce((bytes, { at, bytes: inserted, cut }) => {
    const from = Math.floor(at * bytes.length);
    return Buffer.concat([bytes.subarray(0, from), inserted, bytes.subarray(from + cut)]);
  }, file);
}

/** Overwritten bytes keep all offsets right, so that the damage is found deep inside. */
function overwritten(file: Buffer, changes: readonly Change[]): Buffer {
  const bytes = Buffer.from(file);
  for (const { at, bytes: other } of changes)
    bytes.set(other.subarray(0, 2), Math.floor(at * (bytes.length - 2)));
  return bytes;
}

describe('any file gives rows or a refusal', () => {
  const types = fc.constantFrom(TYPES.csv, TYPES.xlsx, TYPES.geojson, TYPES.any);
  const starts = fc.constantFrom(
    '',
    'PK\u0003\u0004',
    '{',
    '{"type":"FeatureCollection","features":[',
    'code,lon\n',
    '\uFEFF',
    '"',
  );

  it('whatever its bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(
        starts,
        fc.uint8Array({ maxLength: 400 }),
        types,
        async (start, bytes, type) => endsWell(Buffer.concat([Buffer.from(start), bytes]), type),
      ),
      { numRuns: 300 },
    );
  });

  it('whatever its text is', async () => {
    const pieces = fc.array(
      fc.constantFrom(
        '"',
        ',',
        ';',
        '\t',
        '\n',
        '\r',
        'code',
        'lon',
        '氨',
        '=',
        "'",
        '{',
        '}',
        '[',
        ']',
        ':',
        '\\',
        '"features"',
        '"type"',
        '"FeatureCollection"',
        '1',
        '\0',
        '<',
        'sep=;',
      ),
      { maxLength: 40 },
    );

    await fc.assert(
      fc.asyncProperty(pieces, types, async (text, type) =>
        endsWell(Buffer.from(text.join('')), type),
      ),
      { numRuns: 300 },
    );
  });

  it.each(['csv', 'xlsx', 'geojson'] as const)(
    'however a valid %s file is damaged',
    async (kind) => {
      const damage = fc.constantFrom(changed, overwritten);

      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...FILES[kind]),
          fc.array(change, { minLength: 1, maxLength: 4 }),
          damage,
          async (file, changes, apply) => endsWell(apply(file, changes), TYPES[kind]),
        ),
        { numRuns: 400 },
      );
    },
  );

  it('however the XML inside a workbook is damaged', async () => {
    const damaged = fc.tuple(
      fc.nat({ max: PARTS.length - 1 }),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(changed, overwritten),
    );

    await fc.assert(
      fc.asyncProperty(damaged, async ([at, changes, apply]) => {
        const parts = PARTS.map((part, index) =>
          index === at ? { ...part, data: apply(Buffer.from(part.data), changes) } : part,
        );
        return endsWell(makeZip(parts), TYPES.xlsx);
      }),
      { numRuns: 400 },
    );
  });
});
