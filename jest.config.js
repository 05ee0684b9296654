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

/** Suites that need no database and no browser. */
const plain = ['domain', 'client', 'contract', 'architecture', 'data', 'unit'];

/** Suites that run once on each engine. */
const onEngines = ['store', 'api'];

export default {
  projects: [
    ...plain.map((name) => ({
      ...base,
      displayName: name,
      testMatch: [`<rootDir>/tests/${name}/**/*.test.{ts,tsx}`],
    })),
    ...['embedded', 'postgres'].flatMap((engine) =>
      onEngines.map((name) => ({
        ...base,
        displayName: `${name}-${engine}`,
        globals: { TEST_ENGINE: engine },
        testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
      })),
    ),
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'] },
  ],
};
