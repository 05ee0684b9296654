/**
 * `npm start`, `npm run dev` and `npm run cli`: does the set-up that is missing, then runs the built program in this
 * process. Imports nothing that is not part of Node, since nothing may be installed yet.
 */
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(
    `Node ${process.versions.node} is too old: version ${OLDEST_NODE.join('.')} or newer is needed.`,
  );
  process.exit(1);
}

const { build, hasBuild } = await import('./start/build.mjs');
const { hasDependencies, installDependencies } = await import('./start/dependencies.mjs');
const { step } = await import('./start/progress.mjs');

const root = fileURLToPath(new URL('..', import.meta.url));
const [mode, ...rest] = process.argv.slice(2);

try {
  if (mode === 'cli') await runCli();
  else await startServer();
} catch (error) {
  console.error(error?.name === 'SetUpError' ? `\n${error.message}` : error);
  process.exit(1);
}

async function startServer() {
  const dev = mode === '--dev';
  await step('dependencies', async () => {
    if (!hasDependencies(root, { dev })) await installDependencies(root, { dev });
  });
  await step('build', async () => {
    if (!hasBuild(root)) await build(root);
  });
  if (dev) {
    const { develop } = await import('./start/develop.mjs');
    develop(root);
    return;
  }
  stopWithNpm();
  await import('../dist/server/main.js');
}

/** npm passes SIGTERM to a shell that dies of it and leaves this process behind: then it stops by itself. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}

/** The command line's own output must stay clean, so set-up is only mentioned, on standard error, when there is some. */
async function runCli() {
  if (!hasDependencies(root, { dev: false })) {
    console.error('Installing dependencies …');
    await installDependencies(root, { dev: false });
  }
  if (!hasBuild(root)) {
    console.error('Building …');
    await build(root);
  }
  const program = new URL('../dist/server/cli.js', import.meta.url);
  process.argv = [process.execPath, fileURLToPath(program), ...rest];
  await import(program.href);
}
