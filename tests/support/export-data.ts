import type { Knex } from 'knex';
import type { Response } from 'supertest';
import type { TableHead, TableRow } from '#server/features/imports/reading/table.ts';
import { readBytes } from '#tests/unit/imports-reading/read-bytes.ts';
import {
  aHazardSource,
  aMeasure,
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from './factories.ts';
import { TEST_NOW } from './test-app.ts';
import type { TestApp } from './test-app.ts';

export const EXPORT_IDS = {
  works: '018f0000-0000-7000-8000-000000000001',
  quarry: '018f0000-0000-7000-8000-000000000002',
  tank: '018f0000-0000-7000-8000-000000000011',
  boiler: '018f0000-0000-7000-8000-000000000012',
  road: '018f0000-0000-7000-8000-000000000013',
  pit: '018f0000-0000-7000-8000-000000000014',
  shut: '018f0000-0000-7000-8000-000000000015',
  leak: '018f0000-0000-7000-8000-000000000021',
  fire: '018f0000-0000-7000-8000-000000000022',
  lifting: '018f0000-0000-7000-8000-000000000023',
} as const;

/** Names as a careless or a hostile hand would enter them. */
export const ODD_NAMES = {
  enterprise: '=示例"化工"有限公司',
  point: '+示例，锅炉;房',
  source: '\'=示例\t吊装, "起重"',
} as const;

const TANK_COLUMNS = {
  category: '储罐区',
  location: '厂区东侧，1 号门',
  person: '示例甲',
  control_level: 'workshop',
  department: JSON.stringify({ zh: '储运部', en: 'Storage and transport' }),
  post: JSON.stringify({ zh: '罐区班长', en: 'Tank farm foreman' }),
  attributes: JSON.stringify({ 容积: '007', 备注: '第一行\n第二行', 等级: '旧的' }),
  origin: JSON.stringify({ source: '示例台账', code: 'T-01' }),
};

/**
 * In county 990101: a works with a tank (its leak is a major risk, its fire a moderate one; measures of both and of the
 * tank itself) and a boiler house that was never assessed; a closed kiln. In city B: a road (a line, low) and a quarry
 * with a pit (an area, its assessment lapsed).
 */
export async function fillForExport(trx: Knex.Transaction): Promise<void> {
  await aSmallProvince(trx);
  const works = await anEnterprise(trx, {
    id: EXPORT_IDS.works,
    zh: ODD_NAMES.enterprise,
    en: 'Example Chemicals',
    uscc: '91350100M000100Y43',
    fields: ['hazardous-chemicals', 'fire-and-crowds'],
  });
  const tank = await aRiskPoint(trx, {
    id: EXPORT_IDS.tank,
    enterprise: works,
    zh: '示例储罐',
    en: 'Example tank',
    code: 'T-01',
    at: [125.5123456, 43.2512345],
    fields: ['fire-and-crowds', 'hazardous-chemicals'],
    givenRegion: '990101',
  });
  await trx('risk_points').where({ id: EXPORT_IDS.tank }).update(TANK_COLUMNS);
  const leak = await aHazardSource(trx, tank, { id: EXPORT_IDS.leak, zh: '示例泄漏', en: 'Leak' });
  const fire = await aHazardSource(trx, tank, { id: EXPORT_IDS.fire, zh: '示例火灾' });
  await anAssessment(trx, tank, 1, { source: leak });
  await anAssessment(trx, tank, 3, { source: fire, at: '2026-03-01T16:00:00Z' });
  await aMeasure(trx, tank, { kind: 'ppe', zh: '佩戴防毒面具' });
  await aMeasure(trx, tank, { kind: 'engineering', zh: '液位报警，联锁 2.5 m', source: leak });
  await aMeasure(trx, tank, { kind: 'engineering', zh: '=气体检测\n（两处）', source: leak });
  await aMeasure(trx, tank, { kind: 'management', zh: '每两小时巡检一次', source: leak });
  const boiler = await aRiskPoint(trx, {
    id: EXPORT_IDS.boiler,
    enterprise: works,
    zh: ODD_NAMES.point,
    at: [125.6, 43.3],
  });
  await aHazardSource(trx, boiler, { id: EXPORT_IDS.lifting, zh: ODD_NAMES.source });
  await aRiskPoint(trx, {
    id: EXPORT_IDS.shut,
    zh: '示例旧窑',
    at: [125.7, 43.3],
    lifecycle: 'closed',
  });
  await fillCityB(trx);
  await settle(trx, TEST_NOW);
}

async function fillCityB(trx: Knex.Transaction): Promise<void> {
  const road = await aRiskPoint(trx, {
    id: EXPORT_IDS.road,
    zh: '示例路段',
    shape: {
      type: 'LineString',
      coordinates: [
        [126.2, 43.5],
        [126.4, 43.5],
      ],
    },
  });
  await anAssessment(trx, road, 4);
  const quarry = await anEnterprise(trx, {
    id: EXPORT_IDS.quarry,
    zh: '示例采石场',
    at: [126.5, 43.5],
  });
  const pit = await aRiskPoint(trx, {
    id: EXPORT_IDS.pit,
    enterprise: quarry,
    zh: '示例采坑',
    shape: {
      type: 'Polygon',
      coordinates: [
        [
          [126.5, 43.5],
          [126.51, 43.5],
          [126.51, 43.51],
          [126.5, 43.5],
        ],
      ],
    },
  });
  await anAssessment(trx, pit, 2, { validUntil: '2026-05-01T00:00:00Z' });
}

type Query = Readonly<Record<string, string>>;
export type Downloaded = { readonly response: Response; readonly bytes: Buffer };

/** A file of the exports, as bytes. */
export async function download({ agent }: TestApp, query: Query): Promise<Downloaded> {
  const response = await agent
    .get('/api/v1/exports')
    .query(query)
    .buffer(true)
    .parse((res, done) => {
      const pieces: Buffer[] = [];
      res.on('data', (piece: Buffer) => pieces.push(piece));
      res.on('end', () => done(null, Buffer.concat(pieces)));
    });
  const bytes = response.body as Buffer;
  if (response.status !== 200) throw new Error(`${response.status} ${String(bytes)}`);
  return { response, bytes };
}

export type Table = {
  readonly head: TableHead;
  readonly rows: readonly TableRow[];
  /** The cell of a row (from 0) under a header. */
  readonly cell: (row: number, header: string) => string | null;
  /** All cells under a header. */
  readonly column: (header: string) => readonly (string | null)[];
};

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  geojson: 'application/geo+json',
};

const HEADERS = new Set([
  '序号',
  '企业系统编号',
  '风险点系统编号',
  'No.',
  'Enterprise ID',
  'Risk point ID',
]);

/** The same read back as a table. */
export async function downloadTable(app: TestApp, query: Query): Promise<Table> {
  const { bytes } = await download(app, query);
  const { head, rows } = await readBytes(bytes, MEDIA_TYPES[query['format'] ?? ''] ?? '', {
    isHeader: (cell) => HEADERS.has(cell),
  });
  const at = (header: string): number => {
    const index = head.headers.indexOf(header);
    if (index < 0) throw new Error(`No column ${header} among ${head.headers.join(' | ')}`);
    return index;
  };
  return {
    head,
    rows,
    cell: (row, header) => rows[row]?.cells[at(header)] ?? null,
    column: (header) => rows.map(({ cells }) => cells[at(header)] ?? null),
  };
}
