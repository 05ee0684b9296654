import { readFileSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from '#server/project-root.ts';

import { missingBuilds } from '#tests/support/complete-lockfile.mjs';

it('holds the builds for every platform, or npm ci refuses it (remedy: node tests/support/complete-lockfile.mjs)', () => {
  const lock = JSON.parse(
    readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8'),
  ) as Parameters<typeof missingBuilds>[0];

  expect([...missingBuilds(lock).keys()]).toEqual([]);
});

it('names what a package asks for and neither its own folder nor one above it holds', () => {
  const missing = missingBuilds({
    packages: {
      '': {},
      'node_modules/tool': {
        dev: true,
        optionalDependencies: {
          '@tool/linux-x64': '1.0.0',
          '@tool/darwin-arm64': '1.0.0',
          own: '2.0.0',
        },
      },
      'node_modules/tool/node_modules/own': {},
      'node_modules/@tool/linux-x64': {},
    },
  });

  expect([...missing]).toEqual([['@tool/darwin-arm64', { version: '1.0.0', dev: true }]]);
});
