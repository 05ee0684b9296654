import { forbiddenImports, importsOf } from './import-rules.ts';
import { sourceFiles } from './source-files.ts';

const PRODUCT = ['server', 'client', 'migrations'];

describe('the dependency table', () => {
  it.each([
    ['server/domain/level.ts', "import { z } from 'zod';", 'zod'],
    ['server/domain/level.ts', "import fs from 'node:fs';", 'node:fs'],
    ['server/domain/a/b.ts', "import { x } from '../../http/mount.ts';", 'server/http/mount.ts'],
    ['server/domain/level.ts', "const x = await import('pg');", 'pg'],
    ['server/domain/level.ts', "export { x } from '#server/config.ts';", 'server/config.ts'],
    ['server/contract/params.contract.ts', "import knex from 'knex';", 'knex'],
    ['server/features/a/a.store.ts', "import { z } from 'zod';", 'zod'],
    [
      'server/features/a/a.store.ts',
      "import type { A } from './a.contract.ts';",
      'server/features/a/a.contract.ts',
    ],
    [
      'server/features/a/a.store.ts',
      "import { b } from '../b/b.store.ts';",
      'server/features/b/b.store.ts',
    ],
    ['server/features/a/a.service.ts', "import { knex } from 'knex';", 'knex'],
    ['server/features/a/a.service.ts', "import express from 'express';", 'express'],
    [
      'server/features/a/a.routes.ts',
      "import { b } from '#server/features/b/b.contract.ts';",
      'server/features/b/b.contract.ts',
    ],
    ['server/http/mount.ts', "import { open } from '../db/open.ts';", 'server/db/open.ts'],
    ['server/http/mount.ts', "import { l } from '../domain/level.ts';", 'server/domain/level.ts'],
    ['server/db/open.ts', "import express from 'express';", 'express'],
    ['client/api/client.ts', "import { x } from '#server/app.ts';", 'server/app.ts'],
    [
      'client/features/a/a.layer.ts',
      "import {\n  b,\n} from '../b/b.layer.ts';",
      'client/features/b/b.layer.ts',
    ],
    ['client/features/a/a.panel.tsx', "import '../../app/shell.tsx';", 'client/app/shell.tsx'],
  ])('in %s forbids %s', (file, source, target) => {
    expect(forbiddenImports(file, source)).toEqual([target]);
  });

  it.each([
    ['server/domain/timeline.ts', "import { isLive } from './lifecycle.ts';"],
    ['server/contract/params.contract.ts', "import { z } from 'zod';"],
    ['server/features/a/a.contract.ts', "import { p } from '#server/contract/params.contract.ts';"],
    ['server/features/a/a.store.ts', "import type { Knex } from 'knex';"],
    ['server/features/a/a.service.ts', "import type { Knex } from 'knex';"],
    ['server/features/a/a.contract.ts', "import { b } from '../b/b.contract.ts';"],
    ['server/features/a/a.service.ts', "import type { Store } from './a.store.ts';"],
    ['server/features/a/a.routes.ts', "import { mount } from '#server/http/mount.ts';"],
    ['server/http/problem.ts', "import { NotFoundError } from '#server/domain/errors.ts';"],
    ['server/db/open-database.ts', "import { PGlite } from '@electric-sql/pglite';"],
    ['server/composition.ts', "import { aStore } from './features/a/a.store.ts';"],
    ['client/features/a/a.panel.tsx', "import { a } from '#server/features/a/a.contract.ts';"],
    ['client/map/style.ts', "import { levelStyle } from '#server/domain/level.ts';"],
  ])('in %s allows %s', (file, source) => {
    expect(importsOf(file, source)).toHaveLength(1);
    expect(forbiddenImports(file, source)).toEqual([]);
  });

  it('reads imports and not words in comments or texts', () => {
    const source = "// import a from 'a';\n/* import b from 'b'; */\nconst c = \"x from 'c'\";\n";

    expect(importsOf('server/app.ts', source)).toEqual([]);
  });

  it('holds for every file', () => {
    const files = sourceFiles(PRODUCT);

    const broken = files.flatMap(({ path, text }) =>
      forbiddenImports(path, text).map((target) => `${path} imports ${target}`),
    );

    expect(files.length).toBeGreaterThan(20);
    expect(broken).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read in one place, and by the script that starts it all', () => {
    const readers = sourceFiles(PRODUCT)
      .filter(({ text }) =>
        /\bprocess\s*\.\s*env\b|\bprocess\[['"]env|\benv\b.*node:process/.test(text),
      )
      .map(({ path }) => path)
      .filter((path) => !/^server\/(?:config\.ts|start\.mjs|start\/[^/]+\.mjs)$/.test(path));

    expect(readers).toEqual([]);
  });
});

describe('the pure core', () => {
  it('has no clock, no chance and no ids of its own', () => {
    const impure = sourceFiles(['server/domain'])
      .filter(({ text }) =>
        /Date\.now|new Date\(\)|Math\.random|randomUUID|performance\./.test(text),
      )
      .map(({ path }) => path);

    expect(impure).toEqual([]);
  });
});

describe('source files', () => {
  it('stay within 300 lines', () => {
    const long = sourceFiles([...PRODUCT, 'tests'])
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 300);

    expect(long).toEqual([]);
  });
});
