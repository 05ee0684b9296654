/**
 * npm forgets the builds for other platforms when it writes package-lock.json on a machine that cannot fetch them, and
 * `npm ci` then refuses the file everywhere. `node tests/support/complete-lockfile.mjs` writes them back.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

const SYSTEMS = ['darwin', 'win32', 'linux', 'android', 'freebsd', 'openharmony'];
const PROCESSORS = [
  'x64',
  'arm64',
  'arm',
  'ia32',
  'ppc64',
  's390x',
  'riscv64',
  'loong64',
  'wasm32',
];

/** Names and versions of optional packages that some package asks for and the file does not hold. */
export function missingBuilds({ packages }) {
  const missing = new Map();
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!isHeld(packages, place, name)) missing.set(name, { version, dev: entry.dev === true });
    }
  }
  return missing;
}

/** As Node resolves: beside the package that asks, or in any node_modules above it. */
function isHeld(packages, place, name) {
  const parts = place === '' ? [] : place.split('/node_modules/');
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const folder = depth === 0 ? '' : `${parts.slice(0, depth).join('/node_modules/')}/`;
    if (`${folder}node_modules/${name}` in packages) return true;
  }
  return false;
}

/** The name ends in system, processor and, for some, C library or calling convention: `-linux-arm64-musl`. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) throw new Error(`No platform in the name ${name}`);
  const isMusl = words.some((word) => word.startsWith('musl'));
  const isGlibc = words.some((word) => word.startsWith('gnu'));
  const libc = isMusl ? 'musl' : 'glibc';
  return {
    os: [os],
    cpu: [cpu],
    ...(isMusl || (os === 'linux' && isGlibc) ? { libc: [libc] } : {}),
  };
}

function complete(lock) {
  const packages = { ...lock.packages };
  for (const [name, { version, dev }] of missingBuilds(lock)) {
    packages[`node_modules/${name}`] = {
      version,
      ...(dev ? { dev } : {}),
      optional: true,
      ...platformOf(name),
    };
  }
  const sorted = Object.fromEntries(
    Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  return { ...lock, packages: sorted };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify(complete(lock), null, 2)}\n`);
  console.log(`${missingBuilds(lock).size} builds written back`);
}
