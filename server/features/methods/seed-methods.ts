import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { versionOf } from '#server/domain/methods/method.ts';
import { parseDefinition } from '#server/domain/methods/parse-definition.ts';
import { StartupError } from '#server/startup-error.ts';
import { insertVersion, listMethods, saveMethod } from './methods.store.ts';
import type { NewMethod } from './methods.store.ts';

type Shipped = {
  readonly methods: readonly NewMethod[];
  readonly versions: readonly MethodDefinition[];
};

const bilingual = z.strictObject({ zh: z.string(), en: z.string() });
const methodNames = z.array(
  z.strictObject({ id: z.string(), names: bilingual, description: bilingual }),
);

/** The methods that ship with the program: `methods/*.json` of the data folder, and `method-names.json` beside it. */
export async function readShippedMethods(dataFolder: string): Promise<Shipped> {
  const folder = path.join(dataFolder, 'methods');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const lists = await Promise.all(files.map((name) => readJson(path.join(folder, name))));
  const names = await readJson(path.join(dataFolder, 'method-names.json'));
  return {
    methods: methodNames.parse(names),
    versions: lists.flatMap((list) => z.array(z.unknown()).parse(list).map(parseDefinition)),
  };
}

/**
 * Publishes the shipped versions that the database does not have; tells how many. Throws a StartupError when a
 * published revision differs: levels were computed with it, so it may not change under them.
 */
export async function seedMethods(trx: Knex.Transaction, shipped: Shipped): Promise<number> {
  const stored = (await listMethods(trx)).flatMap((method) => method.versions);
  for (const method of shipped.methods) await saveMethod(trx, method);
  let added = 0;
  for (const version of shipped.versions) {
    const published = stored.find((other) => isSameRevision(other, version));
    if (published === undefined) {
      await insertVersion(trx, version);
      added += 1;
    } else if (!isDeepStrictEqual(published, version)) {
      throw changedRevision(version);
    }
  }
  return added;
}

function isSameRevision(a: MethodDefinition, b: MethodDefinition): boolean {
  return a.method === b.method && a.variant === b.variant && a.revision === b.revision;
}

function changedRevision(version: MethodDefinition): StartupError {
  return new StartupError(
    `The method ${version.method} ${versionOf(version)} in data/methods differs from the one that this database published. ` +
      'A published revision never changes: put the file back as it was, and add the new text as the next revision.',
  );
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
