/**
 * `npm test` and `npm run test:long`, on a fresh clone too: installs and builds what is missing, looks for PostgreSQL and
 * Chromium, runs jest and ends with one line of counts. Further arguments are patterns of test files.
 */
import { fileURLToPath } from 'node:url';

import { build, hasBuild } from '../server/start/build.mjs';
import { hasDependencies, installDependencies } from '../server/start/dependencies.mjs';
import { runJest } from './run/jest.mjs';
import { checkRequirements } from './run/requirements.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const long = process.argv.includes('--long');
const args = process.argv.slice(2).filter((arg) => arg !== '--long');

let counts = { passed: 0, failed: 1, skipped: 0 };
try {
  counts = await main();
} catch (error) {
  console.log(error?.name === 'SetUpError' ? error.message : error);
}
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;

async function main() {
  await prepare();
  const { leftOut, isAllowed } = checkRequirements();
  const projects = (await projectNames()).filter((name) => !leftOut.includes(name));
  const result = await runJest(root, { long, projects, args });
  return isAllowed ? result : { ...result, failed: result.failed + leftOut.length };
}

async function prepare() {
  if (!hasDependencies(root, { dev: true })) {
    console.log('Installing dependencies …');
    await installDependencies(root, { dev: true });
  }
  if (!hasBuild(root)) {
    console.log('Building …');
    await build(root);
  }
}

async function projectNames() {
  const { default: config } = await import('../jest.config.js');
  return config.projects.map(({ displayName }) => displayName);
}
