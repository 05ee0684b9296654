import fc from 'fast-check';
import { XLSX_TYPE } from './import-file.ts';
import { testApp } from './test-app.ts';
import type { TestApp } from './test-app.ts';

const TYPES = [
  'text/csv',
  'text/plain',
  XLSX_TYPE,
  'application/geo+json',
  'application/octet-stream',
];

/** Beginnings that lead the bytes after them deep into a reader. */
const STARTS = [
  '',
  'PK\u0003\u0004',
  '{"type":"FeatureCollection","features":[',
  '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name_zh":"a"},"geometry":{"type":"Point","coordinates":[126.1,43.1]}}',
  'name_zh,lon,lat\n',
  'name_zh,lon,lat\n点,126.1,43.1\n',
  '\uFEFF风险点名称;经度;纬度;状态\n甲;126;43;在产\n',
  '"name_zh","lon","lat"\n"',
];

const WORDS = [
  '"',
  ',',
  ';',
  '\t',
  '\n',
  '\r\n',
  '126.1',
  '43',
  '-1e999',
  'NaN',
  '点',
  '=',
  '\0',
  '}',
  ']',
  '{}',
  '在产',
];

const file = fc.tuple(
  fc.constantFrom(...STARTS),
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc
      .array(fc.constantFrom(...WORDS), { maxLength: 40 })
      .map((words) => Buffer.from(words.join(''))),
  ),
);

/**
 * Sends so many files of any bytes as any kind of file: each must be answered by a report or by a problem that is the
 * sender's, must leave no row of a refused file, and write nothing to the register.
 */
export async function sendAnyFiles(count: number): Promise<void> {
  const app = await testApp();
  try {
    const kinds = fc.constantFrom('risk-points', 'enterprises', 'hazard-sources', 'assessments');
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.constantFrom(...TYPES),
        kinds,
        async ([start, rest], type, kind) => {
          const response = await app.agent
            .post('/api/v1/imports')
            .query({ kind, crs: 'wgs84' })
            .set('Content-Type', type)
            .send(Buffer.concat([Buffer.from(start), rest]));
          if (response.status !== 201) return response.status < 500 && (await rowsLeft(app)) === 0;
          const { id, state } = response.body as { id: string; state: string };
          await app.agent.delete(`/api/v1/imports/${id}`).expect(200);
          return ['ready', 'rejected'].includes(state) && (await rowsLeft(app)) === 0;
        },
      ),
      { numRuns: count },
    );
  } finally {
    await app.close();
  }
}

/** Rows of imports that are not cancelled, and of the register. */
async function rowsLeft({ database }: TestApp): Promise<number> {
  return database.read(async (trx) => {
    const { rows } = await trx.raw<{ rows: [{ n: number }] }>(
      `SELECT ((SELECT count(*) FROM imports WHERE state <> 'cancelled') + (SELECT count(*) FROM import_rows)
         + (SELECT count(*) FROM import_results) + (SELECT count(*) FROM import_subjects)
         + (SELECT count(*) FROM enterprises) + (SELECT count(*) FROM risk_points))::int AS n`,
    );
    return rows[0].n;
  });
}
