import { dateKind, type DateKind } from './xlsx-dates.ts';
import type { Archive } from './zip-archive.ts';
import { parseXml } from './xml-part.ts';
import { broken, unsupported } from './refusal.ts';

/** A worksheet: its name, where its XML is, and whether users can make it visible. */
export type SheetPart = {
  readonly name: string;
  readonly part: string;
  readonly state: 'visible' | 'hidden' | 'veryHidden';
};

export type Workbook = {
  readonly sheets: readonly SheetPart[];
  readonly is1904: boolean;
  readonly sharedStrings: string | null;
  /** Per cell format (the `s` of a cell): how it shows dates, or null. */
  readonly dateKinds: readonly (DateKind | null)[];
};

type Relation = { readonly type: string; readonly target: string };

/** Reads the parts that say what is in a workbook. Throws for archives that are something else. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = await relations(archive, '');
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.target;
  if (main === undefined || !archive.has(main)) throw notAWorkbook(archive);
  if (!/\.xml$/i.test(main)) throw binaryWorkbook();
  const parts = await relations(archive, main);
  const { sheets, is1904 } = await listSheets(archive, main, parts);
  const partOf = (type: string): string | null =>
    [...parts.values()].find((relation) => relation.type === type)?.target ?? null;
  const styles = partOf('styles');
  return {
    sheets,
    is1904,
    sharedStrings: partOf('sharedStrings'),
    dateKinds: styles === null || !archive.has(styles) ? [] : await readDateKinds(archive, styles),
  };
}

/** The relations of a part (of the package for ''), by their ids; types are cut to their last word. */
async function relations(archive: Archive, part: string): Promise<ReadonlyMap<string, Relation>> {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const name = `${folder}_rels/${part.slice(slash)}.rels`;
  const found = new Map<string, Relation>();
  if (!archive.has(name)) return found;
  await parseXml(name, archive.read(name), {
    open: (element, { Id, Type, Target, TargetMode }) => {
      if (element !== 'Relationship' || TargetMode === 'External') return;
      const type = (Type ?? '').slice((Type ?? '').lastIndexOf('/') + 1);
      found.set(Id ?? '', { type, target: resolved(folder, Target ?? '') });
    },
  });
  return found;
}

function resolved(folder: string, target: string): string {
  const { pathname } = new URL(target.replaceAll(/[?#%\\]/g, '_'), `file:///${folder}`);
  return decodeURIComponent(pathname.slice(1));
}

async function listSheets(
  archive: Archive,
  main: string,
  parts: ReadonlyMap<string, Relation>,
): Promise<Pick<Workbook, 'sheets' | 'is1904'>> {
  const sheets: SheetPart[] = [];
  let is1904 = false;
  await parseXml(main, archive.read(main), {
    open: (element, attributes) => {
      const { date1904, name, state } = attributes;
      if (element === 'workbookPr') is1904 = date1904 === '1' || date1904 === 'true';
      if (element !== 'sheet') return;
      const id = Object.keys(attributes).find((key) => key.endsWith(':id'));
      const relation = parts.get(attributes[id ?? ''] ?? '');
      if (relation?.type !== 'worksheet') return;
      sheets.push({ name: name ?? '', part: relation.target, state: stateOf(state) });
    },
  });
  return { sheets, is1904 };
}

function stateOf(state: string | undefined): SheetPart['state'] {
  return state === 'hidden' || state === 'veryHidden' ? state : 'visible';
}

async function readDateKinds(
  archive: Archive,
  part: string,
): Promise<readonly (DateKind | null)[]> {
  const codes = new Map<number, string>();
  const kinds: (DateKind | null)[] = [];
  let isInFormats = false;
  await parseXml(part, archive.read(part), {
    open: (element, { numFmtId, formatCode }) => {
      if (element === 'cellXfs') isInFormats = true;
      if (element === 'numFmt') codes.set(Number(numFmtId), (formatCode ?? '').slice(0, 255));
      if (element !== 'xf' || !isInFormats) return;
      kinds.push(dateKind(Number(numFmtId ?? 0), codes.get(Number(numFmtId ?? 0))));
    },
    close: (element) => {
      if (element === 'cellXfs') isInFormats = false;
    },
  });
  return kinds;
}

function binaryWorkbook(): Error {
  return unsupported(
    '这是二进制工作簿（.xlsb），不能读取。请另存为 .xlsx 后再导入。',
    'This is a binary workbook (.xlsb), which is not read. Save it as .xlsx and import that.',
  );
}

function notAWorkbook({ names }: Archive): Error {
  if (names.includes('content.xml') && names.includes('meta-inf/manifest.xml')) {
    return unsupported(
      '这是 OpenDocument 文件（.ods 等），不能读取。请另存为 .xlsx 后再导入。',
      'This is an OpenDocument file (.ods or such), which is not read. Save it as .xlsx and import that.',
    );
  }
  if (names.includes('[content_types].xml')) {
    return broken(
      '文件已损坏：找不到工作簿。请用 Excel 或 WPS 打开并重新保存。',
      'The file is damaged: its workbook is missing. Open it in Excel or WPS and save it again.',
    );
  }
  return unsupported(
    '这是压缩文件，不是 Excel 工作簿。请先解压，再导入其中的 .xlsx、CSV 或 GeoJSON 文件。',
    'This is a zip archive, not a workbook. Unpack it and import the .xlsx, CSV or GeoJSON file in it.',
  );
}
