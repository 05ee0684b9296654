import type { Knex } from 'knex';
import type { Bilingual } from '#server/domain/bilingual.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { parseDefinition } from '#server/domain/methods/parse-definition.ts';

export type StoredMethod = {
  readonly id: string;
  readonly names: Bilingual;
  readonly description: Bilingual;
  /** The default variant first, then by variant; the newest revision of each first. */
  readonly versions: readonly MethodDefinition[];
};

type MethodRow = { id: string; names: Bilingual; description: Bilingual };
type VersionRow = { method_id: string; definition: unknown };

/** Every method with all its published versions, by id. */
export async function listMethods(trx: Knex.Transaction): Promise<StoredMethod[]> {
  const methods = await trx('methods as m')
    .select<MethodRow[]>('m.id', 'm.names', 'm.description')
    .orderBy('m.id');
  const versions = await trx('method_versions as v')
    .select<VersionRow[]>('v.method_id', 'v.definition')
    .orderBy([
      { column: 'v.is_default', order: 'desc' },
      { column: 'v.variant' },
      { column: 'v.revision', order: 'desc' },
    ]);
  return methods.map(({ id, names, description }) => ({
    id,
    names,
    description,
    versions: versions
      .filter((row) => row.method_id === id)
      .map((row) => parseDefinition(row.definition)),
  }));
}

export type NewMethod = Omit<StoredMethod, 'versions'>;

/** Adds the method or brings its name and description up to date. */
export async function saveMethod(trx: Knex.Transaction, method: NewMethod): Promise<void> {
  const { id, names, description } = method;
  await trx('methods')
    .insert({ id, names: JSON.stringify(names), description: JSON.stringify(description) })
    .onConflict('id')
    .merge();
}

/** Publishes a version. A revision that is there already is a conflict of the database's key. */
export async function insertVersion(
  trx: Knex.Transaction,
  definition: MethodDefinition,
): Promise<void> {
  await trx('method_versions').insert({
    method_id: definition.method,
    variant: definition.variant,
    revision: definition.revision,
    definition: JSON.stringify(definition),
    is_default: definition.isDefault,
    valid_from: definition.validFrom,
    valid_to: definition.validTo,
  });
}
