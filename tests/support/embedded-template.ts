import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { Environment } from '#server/config.ts';
import { projectRoot } from '#server/project-root.ts';

import { sourceHash } from './source-hash.ts';
import type { Seed } from './test-database.ts';

export type MakeTemplate = (environment: Environment, seed: Seed | undefined) => Promise<void>;
export type Clone = {
  readonly environment: Environment;
  readonly remove: () => Promise<void>;
};

const CACHE = path.join(projectRoot, 'node_modules/.cache/risk-map-tests');
const SCHEMA_SOURCES = ['migrations', 'server/db', 'data/methods', 'package-lock.json'];

/** A copy of a data folder that was migrated (and seeded) once. */
export async function cloneEmbedded(seed: Seed | undefined, make: MakeTemplate): Promise<Clone> {
  const folder = await copyTemplate({
    name: seed?.name ?? 'empty',
    sources:
      seed === undefined ? SCHEMA_SOURCES : [...SCHEMA_SOURCES, 'server', 'data', 'tests/support'],
    make: (dataDir) => make({ DATA_DIR: dataDir }, seed),
  });
  return {
    environment: { DATA_DIR: folder },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export type Template = {
  readonly name: string;
  /** Files and folders that it is made from: it is kept until one of them changes. */
  readonly sources: readonly string[];
  readonly make: (dataDir: string) => Promise<void>;
};

/** A new folder with what the template holds, which is made once. */
export async function copyTemplate(template: Template): Promise<string> {
  const source = await findTemplate(template);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'risk-map-test-'));
  await cp(source, folder, { recursive: true });
  return folder;
}

async function findTemplate({ name, sources, make }: Template): Promise<string> {
  const template = path.join(CACHE, `${name}-${sourceHash(sources)}`);
  if (existsSync(template)) return template;
  await mkdir(CACHE, { recursive: true });
  await removeOutdated(name);
  const making = `${template}.making-${process.pid}`;
  await make(making);
  // Two workers may make it at the same time: the first to finish wins, and both are alike.
  await rename(making, template).catch(async (error: unknown) => {
    await rm(making, { recursive: true, force: true });
    if (!existsSync(template)) throw error;
  });
  return template;
}

async function removeOutdated(name: string): Promise<void> {
  for (const entry of await readdir(CACHE)) {
    if (entry.startsWith(`${name}-`) && !entry.includes('.making-')) {
      await rm(path.join(CACHE, entry), { recursive: true, force: true });
    }
  }
}
