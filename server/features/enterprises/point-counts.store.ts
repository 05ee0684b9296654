import type { Knex } from 'knex';

import type { Basis } from '#server/domain/level.ts';
import type { PointTally } from '#server/domain/point-tally.ts';

type CountRow = {
  enterprise_id: string;
  n1: number;
  n2: number;
  n3: number;
  n4: number;
  n_not_assessed: number;
  n_expired: number;
  n_not_applicable: number;
};

/** Risk points of some enterprises; one without points is left out. */
export async function pointCountsOf(
  trx: Knex.Transaction,
  ids: readonly string[],
  basis: Basis,
): Promise<ReadonlyMap<string, PointTally>> {
  const result = await trx.raw<{ rows: CountRow[] }>(
    `SELECT ps.enterprise_id,
      count(*) FILTER (WHERE ps.level = 1) AS n1, count(*) FILTER (WHERE ps.level = 2) AS n2,
      count(*) FILTER (WHERE ps.level = 3) AS n3, count(*) FILTER (WHERE ps.level = 4) AS n4,
      count(*) FILTER (WHERE ps.state = 'not_assessed') AS n_not_assessed,
      count(*) FILTER (WHERE ps.state = 'expired') AS n_expired,
      count(*) FILTER (WHERE ps.state = 'not_applicable') AS n_not_applicable
    FROM point_states ps WHERE ps.enterprise_id = ANY (?::uuid[]) AND ps.basis = ?
    GROUP BY ps.enterprise_id`,
    [[...ids], basis],
  );
  return new Map(result.rows.map((row) => [row.enterprise_id, toCounts(row)]));
}

function toCounts(row: CountRow): PointTally {
  const { n1, n2, n3, n4 } = row;
  const assessed = n1 + n2 + n3 + n4;
  return {
    n1,
    n2,
    n3,
    n4,
    nNotAssessed: row.n_not_assessed,
    nExpired: row.n_expired,
    nNotApplicable: row.n_not_applicable,
    assessed,
    total: assessed + row.n_not_assessed + row.n_expired,
  };
}
