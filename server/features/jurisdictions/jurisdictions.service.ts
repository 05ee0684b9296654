import type { Work } from '#server/db/transaction.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import type { Basis } from '#server/domain/level.ts';
import type { PointTally } from '#server/domain/point-tally.ts';
import { findJurisdiction, listJurisdictions, pointCountsOf } from './jurisdictions.store.ts';
import type { Jurisdiction, JurisdictionPlace } from './jurisdictions.store.ts';

export type JurisdictionSummary = Jurisdiction & {
  readonly basis: Basis;
  readonly counts: PointTally;
};

export type JurisdictionsService = ReturnType<typeof createJurisdictions>;

export function createJurisdictions(read: <T>(work: Work<T>) => Promise<T>) {
  return {
    list: (after: JurisdictionPlace | null, limit: number): Promise<readonly Jurisdiction[]> =>
      read((trx) => listJurisdictions(trx, after, limit)),

    /** Throws NotFoundError. */
    get: (id: string): Promise<Jurisdiction> => read((trx) => getJurisdiction(trx, id)),

    /** Throws NotFoundError. */
    summary: (id: string, basis: Basis): Promise<JurisdictionSummary> =>
      read(async (trx) => {
        const found = await getJurisdiction(trx, id);
        return { ...found, basis, counts: await pointCountsOf(trx, id, basis) };
      }),
  };
}

async function getJurisdiction(
  trx: Parameters<Work<unknown>>[0],
  id: string,
): Promise<Jurisdiction> {
  const found = await findJurisdiction(trx, id);
  if (found === null) throw new NotFoundError('jurisdiction', id);
  return found;
}
