import type { Knex } from 'knex';
import { NO_CITY_CODE } from '#server/domain/identifiers/region-code.ts';
import type { Basis } from '#server/domain/level.ts';
import { generateDemo } from './generate-demo.ts';
import type { DemoAssessment, DemoRows } from './demo-rows.ts';
import type { DemoSource } from './demo-source.ts';
import {
  deleteDemoRows,
  findDemoSet,
  insertDemoRegister,
  insertDemoSet,
  isRegisterEmpty,
} from './demo.store.ts';
import type { DemoSet } from './demo.store.ts';

/** An assessment to evaluate and store; instants are epoch milliseconds. */
type Draft = {
  readonly id: string;
  readonly cityCode: string;
  readonly subjectKind: DemoAssessment['subjectKind'];
  readonly subjectId: string;
  readonly riskPointId: string;
  readonly basis: Basis;
  readonly method: string;
  readonly version: string | null;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly assessedAt: number;
  readonly demo: boolean;
};

/** What the set needs from other features. */
export type DemoDeps = {
  readonly source: DemoSource;
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Loads the shipped boundaries and supervising units. */
  readonly loadBoundaries: (trx: Knex.Transaction) => Promise<void>;
  readonly storeAssessments: (trx: Knex.Transaction, drafts: readonly Draft[]) => Promise<void>;
  readonly recordLevels: (
    trx: Knex.Transaction,
    ids: readonly string[],
    now: number,
  ) => Promise<void>;
  readonly refreshEnterprises: (trx: Knex.Transaction, ids: readonly string[]) => Promise<void>;
};

/**
 * Puts the invented set into an empty register, all or nothing in the caller's transaction; returns it, or null
 * when the register already holds something. Every level comes from the engine.
 */
export async function ensureDemo(
  trx: Knex.Transaction,
  referenceDay: string,
  deps: DemoDeps,
): Promise<DemoRows | null> {
  if (!(await isRegisterEmpty(trx))) return null;
  await deps.loadBoundaries(trx);
  return insertSet(trx, referenceDay, deps);
}

/** Takes the invented set out, if there is one, and makes it for another day. Other rows and borders stay. */
export async function remakeDemo(
  trx: Knex.Transaction,
  referenceDay: string,
  deps: DemoDeps,
): Promise<DemoRows> {
  await deleteDemoRows(trx);
  return (await ensureDemo(trx, referenceDay, deps)) ?? insertSet(trx, referenceDay, deps);
}

/** Takes the invented set out; returns what there was. */
export async function removeDemo(trx: Knex.Transaction): Promise<DemoSet | null> {
  const set = await findDemoSet(trx);
  if (set) await deleteDemoRows(trx);
  return set;
}

async function insertSet(
  trx: Knex.Transaction,
  referenceDay: string,
  deps: DemoDeps,
): Promise<DemoRows> {
  const { cities, places } = deps.source;
  const rows = generateDemo({ cities, places, referenceDay, seed: deps.seed });
  const cityOf = await insertDemoRegister(trx, rows);
  await deps.storeAssessments(
    trx,
    rows.assessments.map((assessment) => ({
      ...assessment,
      cityCode: cityOf.get(assessment.riskPointId) ?? NO_CITY_CODE,
      assessedAt: Date.parse(assessment.assessedAt),
      demo: true,
    })),
  );
  await deps.recordLevels(trx, [...cityOf.keys()], deps.now);
  // Those without a risk point vote too: as not assessed.
  await deps.refreshEnterprises(
    trx,
    rows.enterprises.map((enterprise) => enterprise.id),
  );
  await insertDemoSet(trx, { referenceDay, seed: deps.seed });
  return rows;
}
