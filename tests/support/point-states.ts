import type { Knex } from 'knex';
import { v7 } from 'uuid';
import type { Basis, Level, State } from '#server/domain/level.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type { Random } from './seeded-random.ts';

export type StateRow = {
  city_code: string;
  risk_point_id: string;
  basis: Basis;
  region: string;
  jurisdiction_id: string | null;
  enterprise_id: string | null;
  fields: string[];
  lifecycle: Lifecycle;
  state: State;
  level: Level | null;
  last_level: Level | null;
  dynamic_level: Level | null;
  lon: number;
  lat: number;
};

const BASES: readonly [Basis, Basis] = ['current', 'inherent'];
/** Leaves of the small province of the factories. */
export const STATE_REGIONS = ['990101', '990102', '990200'] as const;
const PARK = '018f0000-0000-7000-8000-00000000000a';

/** Whatever the columns allow; unlike real points, these have no history. */
export function aRandomState(random: Random, more: Partial<StateRow> = {}): StateRow {
  const region = random.pick(STATE_REGIONS);
  const states: readonly [State, ...State[]] = [
    'assessed',
    'assessed',
    'expired',
    'not_assessed',
    'not_applicable',
  ];
  const state = more.state ?? random.pick(states);
  const level = (): Level => random.pick([1, 2, 3, 4]);
  const maybe = (): Level | null => (random.next() < 0.3 ? level() : null);
  const assessed = state === 'assessed' ? level() : null;
  return {
    city_code: region === '990200' ? '990200' : '990100',
    risk_point_id: v7(),
    basis: random.pick(BASES),
    region,
    jurisdiction_id: random.next() < 0.2 ? PARK : null,
    enterprise_id: null,
    fields: random.pick([[], ['gas'], ['gas', 'schools'], ['smelting']]),
    lifecycle: random.pick(['running', 'running', 'suspended', 'closed']),
    state,
    level: assessed,
    last_level: state === 'expired' ? level() : maybe(),
    dynamic_level: assessed ?? (state === 'not_applicable' ? null : maybe()),
    lon: 125 + random.next() * 2,
    lat: 43 + random.next(),
    ...more,
  };
}

/** Puts rows where the triggers that keep the cube see them; they have no risk points behind them. */
export async function insertStates(
  trx: Knex.Transaction,
  rows: readonly StateRow[],
): Promise<void> {
  await trx.raw(
    `INSERT INTO point_states (city_code, risk_point_id, basis, region, jurisdiction_id, enterprise_id, name_zh, fields,
       lifecycle, state, level, last_level, dynamic_level, since, place)
     SELECT r.city_code, r.risk_point_id, r.basis, r.region, r.jurisdiction_id, r.enterprise_id, '示例', r.fields,
       r.lifecycle, r.state, r.level, r.last_level, r.dynamic_level, now(),
       ST_Transform(ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326), 3857)
     FROM jsonb_to_recordset(?::jsonb) AS r(city_code text, risk_point_id uuid, basis text, region text,
       jurisdiction_id uuid, enterprise_id uuid, fields text[], lifecycle text, state text, level smallint,
       last_level smallint, dynamic_level smallint, lon float8, lat float8)`,
    [JSON.stringify(rows)],
  );
}
