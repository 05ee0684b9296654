import type { Knex } from 'knex';

import { MEASURE_KINDS } from '#server/domain/control.ts';
import type { MeasureKind } from '#server/domain/control.ts';
import type { ControlMeasure } from '#server/domain/hazard-source.ts';

/** Place in the list: strongest kind first (1…5), then in the order they were made. */
export type MeasurePlace = readonly [rank: number, id: string];

/** A measure with its place in the list. */
export type RankedMeasure = ControlMeasure & { readonly rank: number };

export type MeasureFilter = {
  readonly riskPoint?: string | undefined;
  readonly hazardSource?: string | undefined;
};

type Row = {
  id: string;
  version: number;
  risk_point_id: string;
  hazard_source_id: string | null;
  kind: MeasureKind;
  text_zh: string;
  text_en: string | null;
  rank: number;
};

const RANK = `array_position(ARRAY[${MEASURE_KINDS.map((kind) => `'${kind}'`).join(', ')}], cm.kind)`;

/** Measures of a risk point and of all its sources, of one source alone, or all; strongest kind first. */
export async function listMeasures(
  trx: Knex.Transaction,
  filter: MeasureFilter,
  page: { readonly after?: MeasurePlace | null; readonly limit?: number } = {},
): Promise<readonly RankedMeasure[]> {
  const query = measures(trx).orderByRaw(`${RANK}, cm.id`);
  if (filter.riskPoint !== undefined) void query.where(inPoint(filter.riskPoint));
  if (filter.hazardSource !== undefined) void query.where(inSource(filter.hazardSource));
  if (page.after) void query.whereRaw(`(${RANK}, cm.id) > (?::int, ?::uuid)`, [...page.after]);
  if (page.limit !== undefined) void query.limit(page.limit);
  return (await query).map((row) => ({ ...toMeasure(row), rank: row.rank }));
}

/** The same without places, for the page of what they belong to. */
export async function measuresOf(
  trx: Knex.Transaction,
  owner: MeasureFilter,
): Promise<readonly ControlMeasure[]> {
  return (await listMeasures(trx, owner)).map(({ rank: _rank, ...measure }) => measure);
}

/** One measure; null when there is none with the id. */
export async function findMeasure(
  trx: Knex.Transaction,
  id: string,
): Promise<ControlMeasure | null> {
  const [row] = await measures(trx).where('cm.id', id);
  return row ? toMeasure(row) : null;
}

function measures(trx: Knex.Transaction) {
  return trx('control_measures as cm')
    .select<Row[]>('cm.id', 'cm.version', 'cm.risk_point_id', 'cm.hazard_source_id', 'cm.kind')
    .select<Row[]>('cm.text_zh', 'cm.text_en', trx.raw(`${RANK} AS rank`))
    .whereNull('cm.deleted_at');
}

/** By the key of the point, where the index begins. */
function inPoint(id: string) {
  return (query: Knex.QueryBuilder): void => {
    void query.whereRaw(
      '(cm.city_code, cm.risk_point_id) IN (SELECT rp.city_code, rp.id FROM risk_points rp WHERE rp.id = ?)',
      [id],
    );
  };
}

function inSource(id: string) {
  return (query: Knex.QueryBuilder): void => {
    void query.whereRaw(
      `(cm.city_code, cm.risk_point_id, cm.hazard_source_id) IN (
        SELECT hs.city_code, hs.risk_point_id, hs.id FROM hazard_sources hs WHERE hs.id = ?)`,
      [id],
    );
  };
}

function toMeasure(row: Row): ControlMeasure {
  return {
    id: row.id,
    version: row.version,
    riskPointId: row.risk_point_id,
    kind: row.kind,
    text: { zh: row.text_zh, en: row.text_en },
    hazardSourceId: row.hazard_source_id,
  };
}
