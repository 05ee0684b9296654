import type { Knex } from 'knex';

import { regionPathOf, severityOf } from '#server/db/register-columns.ts';
import { inRegion } from '#server/db/search-filters.ts';
import type { ControlLevel } from '#server/domain/control.ts';
import type { Basis, Level } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';
import type { FaultCheck } from './fault-checks.sql.ts';

export type FaultFilter = {
  readonly basis: Basis;
  readonly region?: string | undefined;
  readonly enterprise?: string | undefined;
};

/** A row that a check found. */
export type FoundFault = {
  readonly subject: { readonly id: string; readonly names: Names };
  readonly enterprise: { readonly id: string; readonly names: Names } | null;
  readonly regionPath: readonly { readonly code: string; readonly names: Names }[];
  readonly level: Level | null;
  readonly controlLevel: ControlLevel | null;
  readonly uscc: string | null;
  readonly usccReason: string | null;
  readonly statedRegionCode: string | null;
  readonly severity: number;
};

/** Place within one check: the worst first, then by Chinese name in code point order, then by id. */
export type FaultPlace = readonly [severity: number, nameZh: string, id: string];

/** A count stops here: looking at more would cost more than it tells. */
const MOST_COUNTED = 10_000;

type Row = {
  id: string;
  name_zh: string;
  name_en: string | null;
  enterprise_id: string | null;
  enterprise_zh: string | null;
  enterprise_en: string | null;
  region_path: FoundFault['regionPath'];
  level: Level | null;
  control_level: ControlLevel | null;
  uscc: string | null;
  uscc_reason: string | null;
  given_region: string | null;
  severity: number;
};

const POINT_COLUMNS = `rp.id, rp.name_zh, rp.name_en, en.id AS enterprise_id, en.name_zh AS enterprise_zh,
  en.name_en AS enterprise_en, ${regionPathOf('rg')} AS region_path, ps.level, rp.control_level, NULL AS uscc,
  NULL AS uscc_reason, rp.given_region, ${severityOf('ps')} AS severity`;
const ENTERPRISE_COLUMNS = `en.id, en.name_zh, en.name_en, en.id AS enterprise_id, en.name_zh AS enterprise_zh,
  en.name_en AS enterprise_en, ${regionPathOf('rg')} AS region_path, ss.level, NULL AS control_level, en.uscc,
  en.uscc_reason, en.given_region, ${severityOf('ss')} AS severity`;

/** The very expressions of the indexes `point_states_order` and `subject_states_order`. */
const POINT_ORDER = `(${severityOf('ps')}), ps.name_zh COLLATE "C", ps.risk_point_id`;
const ENTERPRISE_ORDER = `(${severityOf('ss')}), ss.name_zh COLLATE "C", ss.subject_id`;

/** The rows that one check finds, the worst first. */
export async function listFaults(
  trx: Knex.Transaction,
  check: FaultCheck,
  filter: FaultFilter,
  after: FaultPlace | null,
  limit: number,
): Promise<readonly FoundFault[]> {
  const isPoint = check.subject === 'risk_point';
  const order = isPoint ? POINT_ORDER : ENTERPRISE_ORDER;
  const query = found(trx, check, filter)
    .leftJoin('regions as rg', 'rg.code', isPoint ? 'rp.region' : 'en.region')
    .select<Row[]>(trx.raw(isPoint ? POINT_COLUMNS : ENTERPRISE_COLUMNS))
    .orderByRaw(order)
    .limit(limit);
  if (after) void query.whereRaw(`(${order}) > (?::int, ?::text, ?::uuid)`, [...after]);
  return (await query).map(toFault);
}

/** How many rows each check finds, in the order of `checks`; 10,000 stands for as many or more. */
export async function countFaults(
  trx: Knex.Transaction,
  checks: readonly FaultCheck[],
  filter: FaultFilter,
): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const check of checks) {
    const some = found(trx, check, filter).select(trx.raw('1')).limit(MOST_COUNTED);
    const row = await trx.count<{ n: number }[]>({ n: '*' }).from(some.as('some')).first();
    counts.push(row?.n ?? 0);
  }
  return counts;
}

function found(trx: Knex.Transaction, check: FaultCheck, filter: FaultFilter) {
  const isPoint = check.subject === 'risk_point';
  const query = isPoint ? points(trx, filter) : enterprises(trx, filter);
  // Lets the index of the order end where nothing is bad enough for the check.
  const severity = severityOf(isPoint ? 'ps' : 'ss');
  return query.whereRaw(`(${severity}) <= ?`, [check.mildest]).whereRaw(check.where);
}

function points(trx: Knex.Transaction, { basis, region, enterprise }: FaultFilter) {
  const query = trx('point_states as ps')
    .join('risk_points as rp', (on) => {
      on.on('rp.city_code', 'ps.city_code').andOn('rp.id', 'ps.risk_point_id');
    })
    .leftJoin('enterprises as en', (on) => {
      on.on('en.city_code', 'rp.enterprise_city_code').andOn('en.id', 'rp.enterprise_id');
    })
    .where('ps.basis', basis);
  if (region !== undefined) void query.where(inRegion('ps.region', 'ps.city_code', region));
  if (enterprise !== undefined) void query.where('ps.enterprise_id', enterprise);
  return query;
}

function enterprises(trx: Knex.Transaction, { basis, region, enterprise }: FaultFilter) {
  const query = trx('subject_states as ss')
    .join('enterprises as en', (on) => {
      on.on('en.city_code', 'ss.city_code').andOn('en.id', 'ss.subject_id');
    })
    .where({ 'ss.kind': 'enterprise', 'ss.basis': basis });
  if (region !== undefined) void query.where(inRegion('ss.region', 'ss.city_code', region));
  if (enterprise !== undefined) void query.where('ss.subject_id', enterprise);
  return query;
}

function toFault(row: Row): FoundFault {
  const { enterprise_id: id, enterprise_zh: zh, enterprise_en: en } = row;
  return {
    subject: { id: row.id, names: { zh: row.name_zh, en: row.name_en } },
    enterprise: id === null || zh === null ? null : { id, names: { zh, en } },
    regionPath: row.region_path,
    level: row.level,
    controlLevel: row.control_level,
    uscc: row.uscc,
    usccReason: row.uscc_reason,
    statedRegionCode: row.given_region,
    severity: row.severity,
  };
}
