import type { RegisterDeps } from '#server/db/register-rows.ts';
import type { Work } from '#server/db/transaction.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import type { ControlMeasure, HazardSource } from '#server/domain/hazard-source.ts';
import type { Basis } from '#server/domain/level.ts';
import { createHazardSourceEdits } from './hazard-source-edits.service.ts';
import { findHazardSource, listHazardSources } from './hazard-sources.store.ts';
import type { HazardSourceDetail, SourcePlace } from './hazard-sources.store.ts';

type Transaction = Parameters<Work<unknown>>[0];

export type HazardSourcesDeps = RegisterDeps & {
  readonly measuresOf: (
    trx: Transaction,
    owner: { readonly hazardSource: string },
  ) => Promise<readonly ControlMeasure[]>;
};

export type MeasuredSource = HazardSourceDetail & { readonly measures: readonly ControlMeasure[] };

export type HazardSourcesService = ReturnType<typeof createHazardSources>;

export function createHazardSources(deps: HazardSourcesDeps) {
  const { read, clock } = deps;
  return {
    ...createHazardSourceEdits(deps, (trx, id, basis) => getSource(trx, deps, id, basis)),

    list: (
      basis: Basis,
      page: { riskPoint?: string | undefined; after: SourcePlace | null; limit: number },
    ): Promise<readonly HazardSource[]> =>
      read((trx) => listHazardSources(trx, { basis, now: clock() }, page)),

    /** Throws NotFoundError. */
    get: (id: string, basis: Basis): Promise<MeasuredSource> =>
      read((trx) => getSource(trx, deps, id, basis)),
  };
}

async function getSource(
  trx: Transaction,
  { clock, measuresOf }: HazardSourcesDeps,
  id: string,
  basis: Basis,
): Promise<MeasuredSource> {
  const found = await findHazardSource(trx, id, { basis, now: clock() });
  if (found === null) throw new NotFoundError('hazard source', id);
  return { ...found, measures: await measuresOf(trx, { hazardSource: id }) };
}
