import type { RegisterDeps } from '#server/db/register-rows.ts';
import type { ControlMeasure } from '#server/domain/hazard-source.ts';
import { createMeasureEdits, getMeasure } from './measure-edits.service.ts';
import { listMeasures } from './measures.store.ts';
import type { MeasureFilter, MeasurePlace, RankedMeasure } from './measures.store.ts';

export type MeasuresService = ReturnType<typeof createMeasures>;

export function createMeasures(deps: RegisterDeps) {
  const { read } = deps;
  return {
    ...createMeasureEdits(deps),

    list: (
      filter: MeasureFilter,
      after: MeasurePlace | null,
      limit: number,
    ): Promise<readonly RankedMeasure[]> =>
      read((trx) => listMeasures(trx, filter, { after, limit })),

    /** Throws NotFoundError. */
    get: (id: string): Promise<ControlMeasure> => read((trx) => getMeasure(trx, id)),
  };
}
