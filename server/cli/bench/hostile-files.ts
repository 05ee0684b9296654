import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { contentTypesXml, packageRelationsXml, workbookXml } from '../../files/xlsx-parts.ts';
import { FORMATS } from './import-file.ts';

export type HostileFile = {
  readonly what: string;
  readonly mediaType: string;
  readonly bytes: () => Promise<Buffer>;
};

const MEGABYTE = 1_000_000;
const { csv, xlsx } = FORMATS;
const GEOJSON = 'application/geo+json';

/** Files that a careless reader pays for; each must be refused, or its rows judged faulty, within a second. */
export const HOSTILE_FILES: readonly HostileFile[] = [
  {
    what: 'zip bomb, 200 MB in 0.2 MB',
    mediaType: xlsx,
    bytes: () => zipped(['a.xml', Buffer.alloc(200 * MEGABYTE)]),
  },
  {
    what: 'entities that expand',
    mediaType: xlsx,
    bytes: () =>
      zipped(
        ['[Content_Types].xml', contentTypesXml(1)],
        ['_rels/.rels', packageRelationsXml],
        ['xl/workbook.xml', `<!DOCTYPE w [${entities()}]>${workbookXml(['a'], [1, 1])}`],
      ),
  },
  { what: '10,000 columns', mediaType: csv, bytes: text(`${'c,'.repeat(10_000)}\n1,2`) },
  {
    what: 'unclosed quote, 20 MB',
    mediaType: csv,
    bytes: text(`a,b\n1,"${'x,y\n'.repeat(5 * MEGABYTE)}`),
  },
  { what: 'nothing but delimiters, 20 MB', mediaType: csv, bytes: text(','.repeat(20 * MEGABYTE)) },
  {
    what: 'geometry nested 1,000,000 deep',
    mediaType: GEOJSON,
    bytes: text(feature('['.repeat(MEGABYTE) + ']'.repeat(MEGABYTE))),
  },
  {
    what: 'geometry of 800,000 vertices',
    mediaType: GEOJSON,
    bytes: text(feature(`[[${'[126.123456,43.123456],'.repeat(800_000)}[1,2]]]`)),
  },
  { what: 'zip slip', mediaType: xlsx, bytes: () => zipSlip() },
  {
    what: 'zip inside a zip',
    mediaType: xlsx,
    bytes: async () => zipped(['inner.zip', await zipped(['a.csv', 'a,b\n1,2'])]),
  },
  {
    what: 'coordinates NaN, Infinity, 1e400, 0',
    mediaType: csv,
    bytes: text('name_zh,lon,lat\na,NaN,43\nb,Infinity,-Infinity\nc,1e400,43\nd,0,0\n'),
  },
  {
    what: 'geometry with NaN',
    mediaType: GEOJSON,
    bytes: text(feature('[[[NaN,43],[126,44],[127,44],[NaN,43]]]')),
  },
  {
    what: 'columns named like members of every object',
    mediaType: csv,
    bytes: text('name_zh,lon,lat,__proto__,constructor,hasOwnProperty\na,126.1,43.1,x,y,z\n'),
  },
];

/** A sound workbook with one more entry that climbs out of the folder it would be unpacked into. */
async function zipSlip(): Promise<Buffer> {
  const here = '__/__/__/etc/cron.d/x';
  const bytes = await zipped(
    ['[Content_Types].xml', contentTypesXml(1)],
    ['_rels/.rels', packageRelationsXml],
    ['xl/workbook.xml', workbookXml(['a'], [1, 1])],
    [here, 'x'],
  );
  // The writer refuses such a name: it is put in afterwards, of the same length.
  return Buffer.from(
    bytes.toString('latin1').replaceAll(here, here.replaceAll('__', '..')),
    'latin1',
  );
}

function entities(): string {
  return Array.from(
    { length: 9 },
    (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`,
  ).join('');
}

function text(content: string): () => Promise<Buffer> {
  return () => Promise.resolve(Buffer.from(content));
}

function feature(coordinates: string): string {
  return `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":${coordinates}}}]}`;
}

function zipped(...parts: readonly (readonly [string, Buffer | string])[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of parts) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream as Readable);
}
