import { currentScope } from './scope.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The relation that counts are read from, for a FROM clause. The summary cube does not tell enterprises apart: for
 * callers who see single enterprises the cells of these are made of their points, as far as they are not in the cube's
 * rows that the caller sees anyway.
 */
export function cellsRelation(): string {
  const ids = currentScope().read.flatMap(({ enterprise }) => enterprise ?? []);
  if (ids.length === 0) return 'summary_cells';
  if (!ids.every((id) => UUID.test(id))) throw new Error('A scope has an enterprise without an id');
  return `(SELECT * FROM summary_cells UNION ALL
    SELECT cell.* FROM point_states owned CROSS JOIN LATERAL cells_of(owned, 1) AS cell
    WHERE owned.enterprise_id = ANY ('{${ids.join(',')}}'::uuid[])
      AND NOT in_cell_scope(owned.city_code, owned.region, owned.jurisdiction_id, owned.fields))`;
}
