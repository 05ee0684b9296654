import type { Work } from '#server/db/transaction.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import type { Basis } from '#server/domain/level.ts';
import { noPoints } from '#server/domain/point-tally.ts';
import type { PointTally } from '#server/domain/point-tally.ts';
import {
  countEnterprises,
  findEnterprise,
  listEnterprises,
  pointCountsOf,
} from './enterprises.store.ts';
import type { Enterprise, EnterpriseFilter, EnterprisePlace } from './enterprises.store.ts';

export type CountedEnterprise = Enterprise & { readonly counts: PointTally };

export type EnterprisePage = {
  readonly items: readonly CountedEnterprise[];
  /** On the first page only: counting costs as much as the list. */
  readonly total: number | null;
};

export type EnterprisesService = ReturnType<typeof createEnterprises>;

export function createEnterprises(read: <T>(work: Work<T>) => Promise<T>) {
  return {
    list: (
      filter: EnterpriseFilter,
      after: EnterprisePlace | null,
      limit: number,
    ): Promise<EnterprisePage> =>
      read(async (trx) => ({
        items: await withCounts(
          trx,
          await listEnterprises(trx, filter, after, limit),
          filter.basis,
        ),
        total: after === null ? await countEnterprises(trx, filter) : null,
      })),

    /** Throws NotFoundError. */
    get: (id: string, basis: Basis): Promise<CountedEnterprise> =>
      read(async (trx) => {
        const found = await findEnterprise(trx, id, basis);
        const [counted] = await withCounts(trx, found ? [found] : [], basis);
        if (counted === undefined) throw new NotFoundError('enterprise', id);
        return counted;
      }),
  };
}

async function withCounts(
  trx: Parameters<Work<unknown>>[0],
  enterprises: readonly Enterprise[],
  basis: Basis,
): Promise<readonly CountedEnterprise[]> {
  const ids = enterprises.map(({ id }) => id);
  const counts = await pointCountsOf(trx, ids, basis);
  return enterprises.map((item) => ({ ...item, counts: counts.get(item.id) ?? noPoints }));
}
