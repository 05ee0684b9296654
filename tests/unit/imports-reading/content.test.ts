import { bookEntries, makeBook, makeZip, textRow } from './make-zip.ts';
import { refusalOf, TYPES } from './read-bytes.ts';
import { refusedSoon } from './refused-soon.ts';

const HEADER = textRow(1, ['code', 'name_zh']);

describe('what is no table is refused with the remedy', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const cases: readonly (readonly [string, Buffer | string, string])[] = [
    [
      'an old Excel file',
      Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(600)}`, 'hex'),
      'save it as .xlsx',
    ],
    [
      'a web page called .xls',
      '\uFEFF<html xmlns:o="x"><table><tr><td>1</td></tr></table>',
      'save it as .xlsx',
    ],
    ['a web page in UTF-16', Buffer.from('\uFEFF<!DOCTYPE html><html>', 'utf16le'), 'web page'],
    ['KML', '<?xml version="1.0"?><kml/>', 'GeoJSON'],
    ['a PDF', '%PDF-1.7\n', 'PDF'],
    ['a picture', png, 'picture'],
    ['a gzip file', Buffer.from('1f8b0800', 'hex'), 'Unpack'],
    ['an RTF document', '{\\rtf1 x}', 'document'],
    ['a zip of something', makeZip([{ name: 'a.csv', data: 'code,lon\n1,2' }]), 'Unpack'],
    [
      'an OpenDocument sheet',
      makeZip([
        { name: 'mimetype', data: 'x' },
        { name: 'content.xml', data: 'x' },
        { name: 'META-INF/manifest.xml', data: 'x' },
      ]),
      '.ods',
    ],
    [
      'a binary workbook',
      makeZip(
        bookEntries({ more: [{ name: 'xl/workbook.bin', data: 'x' }] }).map((entry) => ({
          ...entry,
          data: String(entry.data).replace('xl/workbook.xml', 'xl/workbook.bin'),
        })),
      ),
      '.xlsb',
    ],
  ];

  it.each(cases)('%s', async (_, bytes, remedy) => {
    const refusal = await refusedSoon(bytes, 'any');

    expect(refusal.slug).toBe('unsupported-media-type');
    expect(refusal.detail.en).toContain(remedy);
  });

  it.each([
    [
      'csv',
      makeBook({ rows: HEADER }),
      'The file is not CSV: it is not rows parted by delimiters. It looks like XLSX;',
    ],
    [
      'xlsx',
      'code,lon\n1,2',
      'The file is not XLSX: it does not begin as a ZIP container (PK). It looks like text such as CSV;',
    ],
    [
      'geojson',
      '编号,经度\n1,2',
      'The file is not GeoJSON: it does not begin as a JSON object ({). It looks like text such as CSV;',
    ],
    [
      'csv',
      '{"type":"FeatureCollection","features":[]}',
      'The file is not CSV: it is not rows parted by delimiters. It looks like GeoJSON;',
    ],
  ] as const)('a file declared as %s with other content', async (type, bytes, said) => {
    const refusal = await refusedSoon(bytes, type);

    expect(refusal.slug).toBe('unsupported-media-type');
    expect(refusal.detail.en).toContain(said);
  });

  it('bytes that are no format, declared as one by type or by name', async () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919 + 131) % 256));
    const xlsx =
      '文件不是 XLSX：开头不是 ZIP 容器（PK）；内容也不是其他能读取的格式。请取得完好的原文件，重新保存后再上传。';
    const geojson =
      '文件不是 GeoJSON：开头不是 JSON 对象（{）；内容也不是其他能读取的格式。请取得完好的原文件，重新保存后再上传。';
    const cases = [
      ['xlsx', {}, xlsx],
      ['geojson', {}, geojson],
      ['any', { fileName: '台账.XLSX' }, xlsx],
      ['any', { fileName: 'a.b.geojson' }, geojson],
    ] as const;
    for (const [type, options, zh] of cases) {
      const refusal = await refusedSoon(noise, type, options);

      expect([refusal.slug, refusal.detail.zh]).toEqual(['unsupported-media-type', zh]);
    }
    // A name alone does not matter where the content is known.
    await expect(refusalOf('code,lon\n1,2', TYPES.any, { fileName: 'list.xlsx' })).rejects.toThrow(
      'The file was read',
    );
  });

  it('a media type that is not one of ours; some leave it to the content', async () => {
    const refusal = await refusalOf('code,lon\n1,2', 'image/png');
    expect(refusal.slug).toBe('unsupported-media-type');

    for (const type of [
      'text/plain; charset=gbk',
      'application/vnd.ms-excel',
      '',
      'Text/CSV;header=present',
    ]) {
      await expect(refusalOf('code,lon\n1,2', type)).rejects.toThrow('The file was read');
    }
  });
});
