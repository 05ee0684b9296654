/** @type {import('jest').Config} */
const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
    },
    module: { type: 'es6' },
  },
];

const base = {
  testEnvironment: 'node',
  transform: { '^.+\\.tsx?$': swc },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transformIgnorePatterns: ['/node_modules/'],
};

/**
 * `npm run test:long` runs the files named `*.long.test.ts` and nothing else; every other run leaves them out. A file
 * named `*.slow.test.ts` takes long on the embedded engine only: there it runs with the long ones.
 */
const isLong = process.env.TEST_LONG === '1';
const suffix = isLong ? '.long.test' : '.test';
const leftOut = isLong ? [] : ['\\.long\\.test\\.tsx?$'];
const slow = {
  leftOut: isLong ? [] : ['\\.slow\\.test\\.tsx?$'],
  suffixes: isLong ? ['.slow.test'] : [],
};

/** Suites that need no database and no browser. */
const plain = ['domain', 'client', 'contract', 'architecture', 'data', 'unit'];

/** Suites that run once on each engine; a file whose name begins with an engine runs on that one only. */
const onEngines = ['store', 'api'];
const engines = [
  {
    engine: 'embedded',
    other: 'postgres',
    globalSetup: '<rootDir>/tests/support/setup-embedded.mjs',
    slow,
  },
  {
    engine: 'postgres',
    other: 'embedded',
    globalSetup: '<rootDir>/tests/support/setup-postgres.mjs',
    globalTeardown: '<rootDir>/tests/support/teardown-postgres.mjs',
    slow: { leftOut: [], suffixes: [] },
  },
];

const project = (displayName, folder, { suffixes = [], ...more } = {}) => ({
  ...base,
  displayName,
  testMatch: [suffix, ...suffixes].map((end) => `<rootDir>/tests/${folder}/**/*${end}.{ts,tsx}`),
  testPathIgnorePatterns: leftOut,
  ...more,
});

export default {
  // Hang guards, generous for a busy machine: figures belong to the bench.
  testTimeout: isLong ? 900_000 : 240_000,
  projects: [
    ...plain.map((name) => project(name, name)),
    ...engines.flatMap(({ engine, other, slow: { leftOut: tooSlow, suffixes }, ...hooks }) =>
      onEngines.map((name) =>
        project(`${name}-${engine}`, name, {
          ...hooks,
          suffixes,
          globals: { TEST_ENGINE: engine },
          testPathIgnorePatterns: [...leftOut, ...tooSlow, `/${other}-[^/]*$`],
        }),
      ),
    ),
    project('e2e', 'e2e'),
  ],
};
