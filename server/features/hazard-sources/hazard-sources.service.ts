import type { Work } from '#server/db/transaction.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import type { ControlMeasure, HazardSource } from '#server/domain/hazard-source.ts';
import type { Basis } from '#server/domain/level.ts';
import { findHazardSource, listHazardSources, listMeasures } from './hazard-sources.store.ts';
import type { SourcePlace } from './hazard-sources.store.ts';

export type HazardSourcesDeps = {
  readonly read: <T>(work: Work<T>) => Promise<T>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
};

export type MeasuredSource = HazardSource & { readonly measures: readonly ControlMeasure[] };

export type HazardSourcesService = ReturnType<typeof createHazardSources>;

export function createHazardSources({ read, clock }: HazardSourcesDeps) {
  return {
    list: (
      basis: Basis,
      page: { riskPoint?: string | undefined; after: SourcePlace | null; limit: number },
    ): Promise<readonly HazardSource[]> =>
      read((trx) => listHazardSources(trx, { basis, now: clock() }, page)),

    /** Throws NotFoundError. */
    get: (id: string, basis: Basis): Promise<MeasuredSource> =>
      read(async (trx) => {
        const found = await findHazardSource(trx, id, { basis, now: clock() });
        if (found === null) throw new NotFoundError('hazard source', id);
        return { ...found, measures: await listMeasures(trx, { hazardSource: id }) };
      }),
  };
}
