import type { Bilingual } from '#server/domain/bilingual.ts';
import { unsupported } from './refusal.ts';

/** What the first bytes of a file say; the readers check the rest. */
export type Content = 'csv' | 'xlsx' | 'geojson';

const OLD_EXCEL: Bilingual = {
  zh: '这是旧版 Excel 文件（.xls）或加密的工作簿，不能读取。请在 Excel 或 WPS 中打开（去掉密码），另存为 .xlsx 后再导入。',
  en: 'This is an old Excel file (.xls) or a workbook with a password, which is not read. Open it in Excel or WPS, remove the password, save it as .xlsx and import that.',
};
const WEB_PAGE: Bilingual = {
  zh: '这是网页（HTML），不是表格文件；有些系统导出的“.xls”其实是网页。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。',
  en: 'This is a web page (HTML), not a table; some systems export such pages as ".xls". Open it in Excel or WPS, save it as .xlsx and import that.',
};
const XML: Bilingual = {
  zh: '这是 XML 文件，不能读取。表格请另存为 .xlsx；KML、GML 等地图数据请转换为 GeoJSON。',
  en: 'This is an XML file, which is not read. Save a table as .xlsx; convert map data such as KML or GML to GeoJSON.',
};
const PDF: Bilingual = {
  zh: '这是 PDF 文件，不能读取。请取得原始表格，另存为 .xlsx 或 CSV 后再导入。',
  en: 'This is a PDF, which is not read. Get the table itself, save it as .xlsx or CSV and import that.',
};
const PICTURE: Bilingual = {
  zh: '这是图片，不能读取。请把内容录入表格，保存为 .xlsx 或 CSV 后再导入。',
  en: 'This is a picture, which is not read. Enter its content into a table, save it as .xlsx or CSV and import that.',
};
const ARCHIVE: Bilingual = {
  zh: '这是压缩文件，不能读取。请先解压，再导入其中的 .xlsx、CSV 或 GeoJSON 文件。',
  en: 'This is a compressed archive, which is not read. Unpack it and import the .xlsx, CSV or GeoJSON file in it.',
};
const DOCUMENT: Bilingual = {
  zh: '这是文档（RTF），不是表格。请把其中的表格另存为 .xlsx 或 CSV 后再导入。',
  en: 'This is a document (RTF), not a table. Save the table in it as .xlsx or CSV and import that.',
};

/** First bytes, in hexadecimal, of files that are not read. */
const SIGNATURES: readonly (readonly [string, Bilingual])[] = [
  ['d0cf11e0a1b11ae1', OLD_EXCEL],
  ['255044462d', PDF], // %PDF-
  ['89504e470d0a', PICTURE], // PNG
  ['474946383761', PICTURE], // GIF87a
  ['474946383961', PICTURE], // GIF89a
  ['ffd8ff', PICTURE], // JPEG
  ['49492a00', PICTURE], // TIFF
  ['4d4d002a', PICTURE],
  ['52494646', PICTURE], // RIFF, of WebP
  ['1f8b', ARCHIVE], // gzip
  ['425a68', ARCHIVE], // BZh
  ['fd377a585a00', ARCHIVE], // xz
  ['377abcaf271c', ARCHIVE], // 7z
  ['526172211a07', ARCHIVE], // Rar!
  ['28b52ffd', ARCHIVE], // Zstandard
  ['7b5c727466', DOCUMENT], // {\rtf
];

/** A zip archive: its first entry, or its end when it is empty. */
const ZIP = ['504b0304', '504b0506', '504b0708'];

const HTML = /^\s*(?:<!--[^]{0,500}?-->\s*)?<(?:!doctype html|html|head|meta|table|style)\b/i;
const MARKUP = /^\s*<(?:\?xml|!--|kml|gml|[a-z]+:)/i;
const JSON_OBJECT = /^\s*\{\s*(?:["}]|$)/;
const JSON_ARRAY = /^\s*\[\s*[{[\]]/;

/** What the beginning of a file is. Throws for what is recognised and not read, with the remedy. */
function contentOf(head: Buffer): Content {
  const bytes = head.toString('hex');
  if (ZIP.some((signature) => bytes.startsWith(signature))) return 'xlsx';
  const foreign = SIGNATURES.find(([signature]) => bytes.startsWith(signature))?.[1];
  if (foreign !== undefined) throw unsupported(foreign.zh, foreign.en);
  const text = beginningText(head);
  if (HTML.test(text)) throw unsupported(WEB_PAGE.zh, WEB_PAGE.en);
  if (MARKUP.test(text)) throw unsupported(XML.zh, XML.en);
  return JSON_OBJECT.test(text) || JSON_ARRAY.test(text) ? 'geojson' : 'csv';
}

/** Enough of the text to see what it begins with; the ASCII characters are what matters. */
function beginningText(head: Buffer): string {
  const mark = head.toString('hex', 0, 2);
  if (mark === 'fffe') return head.toString('utf16le', 2);
  if (mark === 'feff')
    return Buffer.from(head.subarray(0, head.length & ~1))
      .swap16()
      .toString('utf16le', 2);
  return head.toString('utf8').replace(/^\uFEFF/, '');
}

/** Media types that name a format, and those that leave it to the content. */
const DECLARED: ReadonlyMap<string, Content | 'any'> = new Map<string, Content | 'any'>([
  ['text/csv', 'csv'],
  ['application/csv', 'csv'],
  ['text/tab-separated-values', 'csv'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['application/vnd.ms-excel.sheet.macroenabled.12', 'xlsx'],
  ['application/geo+json', 'geojson'],
  ['application/vnd.geo+json', 'geojson'],
  ['application/json', 'geojson'],
  // Windows calls CSV files this once Excel is installed.
  ['application/vnd.ms-excel', 'any'],
  ['application/octet-stream', 'any'],
  ['text/plain', 'any'],
  ['', 'any'],
]);

const NAMES: Readonly<Record<Content, string>> = { csv: 'CSV', xlsx: 'XLSX', geojson: 'GeoJSON' };

/** Endings of file names that mean a format; asked where the media type leaves it to the content. */
const ENDINGS: ReadonlyMap<string, Content> = new Map<string, Content>([
  ['xlsx', 'xlsx'],
  ['xlsm', 'xlsx'],
  ['geojson', 'geojson'],
  ['json', 'geojson'],
]);

/** How a file of each format begins. */
const BEGINNINGS: Readonly<Record<Content, Bilingual>> = {
  csv: { zh: '内容不是用分隔符分列的行', en: 'it is not rows parted by delimiters' },
  xlsx: { zh: '开头不是 ZIP 容器（PK）', en: 'it does not begin as a ZIP container (PK)' },
  geojson: { zh: '开头不是 JSON 对象（{）', en: 'it does not begin as a JSON object ({)' },
};

const LOOKS: Readonly<Record<Content, Bilingual>> = {
  csv: { zh: '文本，如 CSV', en: 'text such as CSV' },
  xlsx: { zh: ' XLSX', en: 'XLSX' },
  geojson: { zh: ' GeoJSON', en: 'GeoJSON' },
};

type Declared = { readonly mediaType: string; readonly fileName: string | undefined };

/**
 * Throws when the declared media type (parameters are ignored) is unknown or contradicts the content, and when the
 * file's name means a format and the content is none that is known.
 */
export function checkDeclared({ mediaType, fileName }: Declared, head: Buffer): Content {
  const content = contentOf(head);
  const [essence = ''] = mediaType.split(';');
  const declared = DECLARED.get(essence.trim().toLowerCase());
  if (declared === undefined) {
    throw unsupported(
      '只接受 CSV（text/csv）、XLSX 和 GeoJSON（application/geo+json）文件。',
      'Only CSV (text/csv), XLSX and GeoJSON (application/geo+json) files are accepted.',
    );
  }
  if (declared === content) return content;
  const isKnown = content !== 'csv' || looksLikeText(head);
  if (declared !== 'any') throw otherContent(declared, isKnown ? content : null);
  const ending = /\.(\w+)$/.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '';
  const meant = ENDINGS.get(ending);
  if (!isKnown && meant !== undefined) throw otherContent(meant, null);
  return content;
}

function otherContent(declared: Content, content: Content | null): Error {
  const { zh, en } = BEGINNINGS[declared];
  const name = NAMES[declared];
  if (content === null) {
    return unsupported(
      `文件不是 ${name}：${zh}；内容也不是其他能读取的格式。请取得完好的原文件，重新保存后再上传。`,
      `The file is not ${name}: ${en}, and its content is of no other format that is read. Get an undamaged copy, save it again and upload that.`,
    );
  }
  const looks = LOOKS[content];
  return unsupported(
    `文件不是 ${name}：${zh}，内容看来是${looks.zh}。请用与内容一致的类型和扩展名重新上传。`,
    `The file is not ${name}: ${en}. It looks like ${looks.en}; upload it with the type and file name that match the content.`,
  );
}

/** Bytes that no text has, in any of these encodings: control characters other than tabs and line ends. */
const isControl = (byte: number): boolean => byte < 0x20 && (byte < 0x09 || byte > 0x0d);

/** Whether the beginning of a file decodes as one of the encodings of a CSV. */
function looksLikeText(head: Buffer): boolean {
  const mark = head.toString('hex', 0, 2);
  if (mark === 'fffe' || mark === 'feff') return true;
  if (head.some(isControl)) return false;
  return ['utf-8', 'gb18030'].some((label) => {
    try {
      new TextDecoder(label, { fatal: true }).decode(head, { stream: true });
      return true;
    } catch {
      return false;
    }
  });
}
