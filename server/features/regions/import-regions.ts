import type { Knex } from 'knex';
import { RuleViolationError } from '#server/domain/errors.ts';
import type { RegionDepth } from '#server/domain/identifiers/region-code.ts';
import { readBoundaryFile, UNUSABLE_FILE } from './boundary-file.ts';
import type { RegionDraft } from './boundary-file.ts';
import { geometryFaults, knownCodes, relocateRows, upsertRegion } from './regions-import.store.ts';
import type { Relocation } from './regions-import.store.ts';

export type RegionImport = {
  /** GeoJSON FeatureCollection, WGS 84. */
  readonly file: unknown;
  readonly depth: RegionDepth;
  readonly source: string;
  /** 审图号 of the map the boundaries were drawn from; null when it has none. */
  readonly approvalNumber: string | null;
  /** Day from which the boundaries hold, YYYY-MM-DD. */
  readonly validFrom: string;
};

export type RegionImportReport = {
  readonly read: number;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  /** Rows looked at again because borders changed; empty when none did. */
  readonly relocations: readonly Relocation[];
};

/**
 * Loads the boundaries of one depth and finds region and city of every located row anew, all in the caller's
 * transaction. Loading the same file again changes nothing. Throws RuleViolationError with every fault.
 */
export async function importRegions(
  trx: Knex.Transaction,
  { file, depth, source, approvalNumber, validFrom }: RegionImport,
): Promise<RegionImportReport> {
  const drafts = readBoundaryFile(file, depth);
  await checkGeometries(trx, drafts);
  const parents = await resolveParents(trx, drafts);
  const outcomes = { added: [] as string[], changed: [] as string[], unchanged: [] as string[] };
  for (const draft of drafts) {
    const parentCode = parents.get(draft.code) ?? null;
    const row = { ...draft, parentCode, source, approvalNumber, validFrom };
    outcomes[await upsertRegion(trx, row)].push(draft.code);
  }
  const touched = outcomes.added.length + outcomes.changed.length > 0;
  const relocations = touched ? await relocateRows(trx) : [];
  return { read: drafts.length, ...outcomes, relocations };
}

async function checkGeometries(
  trx: Knex.Transaction,
  drafts: readonly RegionDraft[],
): Promise<void> {
  const faults = await geometryFaults(
    trx,
    drafts.map((draft) => draft.geometry),
  );
  if (faults.length === 0) return;
  throw new RuleViolationError(
    UNUSABLE_FILE,
    faults.map(({ index, reason }) => ({
      pointer: `/features/${index}/geometry`,
      detail: {
        zh: `${drafts[index]?.nameZh ?? ''}：图形无效（${reason}）。`,
        en: `${drafts[index]?.nameZh ?? ''}: ${reason}`,
      },
    })),
  );
}

async function resolveParents(
  trx: Knex.Transaction,
  drafts: readonly RegionDraft[],
): Promise<ReadonlyMap<string, string>> {
  const known = await knownCodes(
    trx,
    drafts.flatMap((draft) => draft.parents),
  );
  const parents = new Map<string, string>();
  for (const draft of drafts) {
    const parent = draft.parents.find((code) => known.has(code));
    if (parent) parents.set(draft.code, parent);
  }
  const orphans = drafts.filter(({ code, depth }) => depth !== 'province' && !parents.has(code));
  if (orphans.length === 0) return parents;
  throw new RuleViolationError(
    { zh: '请先载入上级行政区。', en: 'Load the regions above first.' },
    orphans.map(({ code, nameZh, parents: tried }) => ({
      pointer: `/features/${drafts.findIndex((draft) => draft.code === code)}`,
      detail: {
        zh: `${nameZh}（${code}）：没有登记其上级（${tried.join('、') || '无上级代码'}）。`,
        en: `${nameZh} (${code}): none of ${tried.join(', ') || 'no parent code'} is in the register.`,
      },
    })),
  );
}
