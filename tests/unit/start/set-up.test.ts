import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { build, hasBuild } from '#server/start/build.mjs';
import { hasDependencies } from '#server/start/dependencies.mjs';
import { SetUpError, run } from '#server/start/run.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'risk-map-test-'));
});

afterEach(() => rmSync(root, { recursive: true }));

const write = (name: string, content: unknown) => {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
};

const writeSources = () => {
  write('package.json', '{}');
  write('server/main.ts', 'first');
};

describe('dependencies', () => {
  const lock = {
    packages: {
      '': { name: 'risk-map' },
      'node_modules/express': { version: '5.3.0' },
      'node_modules/jest': { version: '30.5.2', dev: true },
      'node_modules/fsevents': { version: '2.0.0', optional: true },
    },
  };

  it('are missing on a fresh clone', () => {
    write('package-lock.json', lock);

    expect(hasDependencies(root, { dev: false })).toBe(false);
  });

  it('are there when npm’s own list has every package that is needed', () => {
    write('package-lock.json', lock);
    write('node_modules/express/package.json', {});
    write('node_modules/.package-lock.json', {
      packages: { 'node_modules/express': { version: '5.3.0' } },
    });

    expect(hasDependencies(root, { dev: false })).toBe(true);
    expect(hasDependencies(root, { dev: true })).toBe(false);
  });

  it('are missing when a version differs or a folder was deleted', () => {
    write('package-lock.json', lock);
    write('node_modules/.package-lock.json', {
      packages: { 'node_modules/express': { version: '5.3.0' } },
    });
    expect(hasDependencies(root, { dev: false })).toBe(false);

    write('node_modules/express/package.json', {});
    write('node_modules/.package-lock.json', {
      packages: { 'node_modules/express': { version: '5.2.0' } },
    });
    expect(hasDependencies(root, { dev: false })).toBe(false);
  });
});

describe('build', () => {
  it('is there only while its sources are the ones that it was made from', async () => {
    writeSources();
    expect(hasBuild(root)).toBe(false);

    await build(root);
    expect(hasBuild(root)).toBe(false);
    write('dist/server/main.js', '');
    expect(hasBuild(root)).toBe(true);

    write('server/main.ts', 'second');
    expect(hasBuild(root)).toBe(false);
    write('server/main.ts', 'first');
    expect(hasBuild(root)).toBe(true);

    write('server/added.ts', '');
    expect(hasBuild(root)).toBe(false);
  });

  it('is not stamped when a bundle fails', async () => {
    writeSources();
    write('server/vite.config.ts', '');
    write('dist/server/main.js', '');

    await expect(build(root)).rejects.toThrow('The program could not be built');

    expect(hasBuild(root)).toBe(false);
  });
});

it('shows what a program said, and what to do, when it fails', async () => {
  const script = 'console.log("half done"); console.error("no route"); process.exit(3)';

  const failure = await run(process.execPath, ['-e', script], {
    cwd: root,
    onFailure: 'Check the network',
  }).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(SetUpError);
  expect((failure as Error).message).toMatch(/half done\nno route\n\nCheck the network \(exit 3\)/);
});
