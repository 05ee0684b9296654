import type { RegisterDeps } from '#server/db/register-rows.ts';
import type { Work } from '#server/db/transaction.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import type { Basis } from '#server/domain/level.ts';
import { noPoints } from '#server/domain/point-tally.ts';
import type { PointTally } from '#server/domain/point-tally.ts';
import { createEnterpriseEdits } from './enterprise-edits.service.ts';
import { countEnterprises, findEnterprise, listEnterprises } from './enterprises.store.ts';
import type {
  Enterprise,
  EnterpriseDetail,
  EnterpriseFilter,
  EnterprisePlace,
} from './enterprises.store.ts';
import { pointCountsOf } from './point-counts.store.ts';

type Transaction = Parameters<Work<unknown>>[0];

export type Counted<E> = E & { readonly counts: PointTally };
export type CountedEnterprise = Counted<Enterprise>;

export type EnterprisePage = {
  readonly items: readonly CountedEnterprise[];
  /** On the first page only: counting costs as much as the list. */
  readonly total: number | null;
};

export type EnterprisesService = ReturnType<typeof createEnterprises>;

export function createEnterprises(deps: RegisterDeps) {
  const { read } = deps;
  return {
    ...createEnterpriseEdits(deps, getEnterprise),

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
    get: (id: string, basis: Basis): Promise<Counted<EnterpriseDetail>> =>
      read((trx) => getEnterprise(trx, id, basis)),
  };
}

async function getEnterprise(
  trx: Transaction,
  id: string,
  basis: Basis,
): Promise<Counted<EnterpriseDetail>> {
  const found = await findEnterprise(trx, id, basis);
  const [counted] = await withCounts(trx, found ? [found] : [], basis);
  if (counted === undefined) throw new NotFoundError('enterprise', id);
  return counted;
}

async function withCounts<E extends Enterprise>(
  trx: Transaction,
  enterprises: readonly E[],
  basis: Basis,
): Promise<readonly Counted<E>[]> {
  const ids = enterprises.map(({ id }) => id);
  const counts = await pointCountsOf(trx, ids, basis);
  return enterprises.map((item) => ({ ...item, counts: counts.get(item.id) ?? noPoints }));
}
