import type { Knex } from 'knex';
import type { Level } from '#server/domain/level.ts';
import { findHazardSource } from '#server/features/hazard-sources/hazard-sources.store.ts';
import { regionSummaries } from '#server/features/regions/regions.service.ts';
import type { SearchAnswer, SearchItem } from '#server/features/search/search-answer.ts';
import { createSearch } from '#server/features/search/search.service.ts';
import type { SearchAsked, SearchService } from '#server/features/search/search.service.ts';
import {
  aBox,
  aHazardSource,
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from './factories.ts';
import type { Placed } from './factories.ts';
import { TEST_NOW } from './test-app.ts';
import type { TestDatabase } from './test-database.ts';

export const PARK = '018f0000-0000-7000-8000-000000000002';
/** Inside 990200. */
export const EAST = [126.5, 43.5] as const;

export type SearchRows = { readonly works: Placed; readonly tank: Placed };

export function testSearch(database: TestDatabase): SearchService {
  return createSearch({
    read: (work) => database.read(work),
    summariseRegions: regionSummaries,
    stateOfSource: (trx, id, basis) => findHazardSource(trx, id, { basis, now: TEST_NOW }),
  });
}

/** What is asked where a test does not say otherwise. */
export const ASKED: Omit<SearchAsked, 'q'> = { limit: 8, basis: 'current', crs: 'wgs84' };

export function namesFound({ groups }: SearchAnswer): readonly string[] {
  return groups.flatMap(({ kind, items }) => items.map(({ names }) => `${kind} ${names.zh}`));
}

export function itemsFound({ groups }: SearchAnswer, kind: string): readonly SearchItem[] {
  return groups.find((group) => group.kind === kind)?.items ?? [];
}

/** Of what lies in 990101. */
export const PATH = [
  { code: '990000', names: { zh: '示例省', en: 'Example Province' } },
  { code: '990100', names: { zh: '示例甲市', en: 'City A' } },
  { code: '990101', names: { zh: '示例南县', en: null } },
];

/** A row of each kind that can be searched for, in the small province. */
export async function addSearchRows(trx: Knex.Transaction): Promise<SearchRows> {
  await aSmallProvince(trx);
  await trx.raw(
    `INSERT INTO jurisdictions (id, code, kind, names, geom, label, source) VALUES
      (?, 'YQ-1', 'park', '{"zh": "长江路园区"}', ST_Multi(ST_GeomFromGeoJSON(?)),
        ST_SetSRID(ST_MakePoint(125.5, 43.25), 4326), 'test')`,
    [PARK, JSON.stringify(aBox(125.4, 43.2, 125.6, 43.3))],
  );
  const works = await anEnterprise(trx, {
    zh: '吉林石化（试验）有限公司',
    en: 'Jilin Petrochemical Trial Co',
    uscc: '91220101MA00000001',
  });
  await anEnterprise(trx, { zh: '重庆长行车厂', at: EAST });
  const tank = await aRiskPoint(trx, {
    zh: '液氨储罐Ａ区',
    en: 'Ammonia tank area A1',
    code: 'FX-0001',
    enterprise: works,
  });
  await anAssessment(trx, tank, 2);
  await anAssessment(trx, tank, 1, { basis: 'inherent' });
  const source = await aHazardSource(trx, tank, { zh: '阀门渗漏' });
  await anAssessment(trx, tank, 3, { source });
  await addDustRooms(trx, works);
  await trx.raw(
    `UPDATE risk_points SET origin = '{"source": "台账", "code": "G100000123"}' WHERE id = ?`,
    [tank.id],
  );
  await settle(trx, TEST_NOW);
  return { works, tank };
}

/** Names by which the order can be told; 丁 and the short name are not assessed. */
async function addDustRooms(trx: Knex.Transaction, works: Placed): Promise<void> {
  const make = async (zh: string, level: Level | null, code: string, inherent?: Level) => {
    const point = await aRiskPoint(trx, { zh, code, enterprise: works });
    if (level !== null) await anAssessment(trx, point, level);
    if (inherent) await anAssessment(trx, point, inherent, { basis: 'inherent' });
  };
  await make('粉尘间丁', null, 'C4');
  await make('粉尘间乙', 3, 'C3', 1);
  await make('粉尘间丙', 1, 'C2', 4);
  await make('粉尘间甲', 1, 'C1');
  await make('一号粉尘间', 1, 'B2');
  await make('粉尘间', null, 'B1');
  await make('煤气柜', null, '粉尘间');
  await make('氧气罐', null, '粉尘间-2');
}
