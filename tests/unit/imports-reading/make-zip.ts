import { crc32, deflateRawSync } from 'node:zlib';

export type ZipEntry = {
  readonly name: string;
  readonly data: Buffer | string;
  /** What the directory says instead of the truth. */
  readonly declaredSize?: number;
  readonly flags?: number;
  readonly offset?: number;
  /** The name in the header before the data. */
  readonly localName?: string;
  readonly stored?: boolean;
};

/** A zip file byte by byte, so that every field can lie. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = entryBytes(entry, offset);
    locals.push(local);
    directory.push(central);
    offset += local.length;
  }
  const size = directory.reduce((sum, bytes) => sum + bytes.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

function entryBytes(entry: ZipEntry, offset: number): { local: Buffer; central: Buffer } {
  const raw = Buffer.from(entry.data);
  const data = entry.stored === true ? raw : deflateRawSync(raw);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(entry.flags ?? 0x800, 2);
  common.writeUInt16LE(entry.stored === true ? 0 : 8, 4);
  common.writeUInt32LE(crc32(raw), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(entry.declaredSize ?? raw.length, 18);
  const name = Buffer.from(entry.name);
  common.writeUInt16LE(name.length, 22);
  const localName = Buffer.from(entry.localName ?? entry.name);
  const localCommon = Buffer.from(common);
  localCommon.writeUInt16LE(localName.length, 22);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  common.copy(central, 6);
  central.writeUInt32LE(entry.offset ?? offset, 42);
  return {
    local: Buffer.concat([Buffer.from('PK\u0003\u0004'), localCommon, localName, data]),
    central: Buffer.concat([central, name]),
  };
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export type BookOptions = {
  /** XML inside `sheetData`. */
  readonly rows?: string;
  /** XML after `sheetData`. */
  readonly after?: string;
  readonly sharedStrings?: string;
  /** XML inside `styleSheet`. */
  readonly styles?: string;
  readonly date1904?: boolean;
  /** Attributes of each sheet besides its relation; all have the same rows. */
  readonly sheets?: readonly string[];
  readonly prologue?: string;
  readonly more?: readonly ZipEntry[];
};

/** The entries of a workbook as Excel packs it, from the XML that a test is about. */
export function bookEntries(options: BookOptions): readonly ZipEntry[] {
  const sheets = options.sheets ?? ['name="Sheet1" sheetId="1"'];
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (xml: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${xml}</Relationships>`;
  const parts: readonly (readonly [string, string])[] = [
    [
      '[Content_Types].xml',
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    ],
    ['_rels/.rels', relations(relation('rId1', 'officeDocument', 'xl/workbook.xml'))],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${options.date1904 === true ? ' date1904="1"' : ''}/><sheets>${sheets.map((attributes, at) => `<sheet ${attributes} r:id="s${at}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations(
        sheets
          .map((_, at) => relation(`s${at}`, 'worksheet', `worksheets/sheet${at}.xml`))
          .join('') +
          relation('x', 'sharedStrings', 'sharedStrings.xml') +
          relation('y', 'styles', '/xl/styles.xml'),
      ),
    ],
    ['xl/sharedStrings.xml', `<sst xmlns="${MAIN}">${options.sharedStrings ?? ''}</sst>`],
    ['xl/styles.xml', `<styleSheet xmlns="${MAIN}">${options.styles ?? ''}</styleSheet>`],
    ...sheets.map(
      (_, at) =>
        [
          `xl/worksheets/sheet${at}.xml`,
          `${options.prologue ?? ''}<worksheet xmlns="${MAIN}"><sheetData>${options.rows ?? ''}</sheetData>${options.after ?? ''}</worksheet>`,
        ] as const,
    ),
  ];
  return [...parts.map(([name, data]) => ({ name, data })), ...(options.more ?? [])];
}

export const makeBook = (options: BookOptions): Buffer => makeZip(bookEntries(options));

/** A row of inline strings; null leaves the cell out. */
export function textRow(row: number, texts: readonly (string | null)[]): string {
  const cells = texts.map((text, at) =>
    text === null
      ? ''
      : `<c r="${String.fromCharCode(65 + at)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${row}">${cells.join('')}</row>`;
}
