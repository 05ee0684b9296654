import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { findChromium } from '../support/chromium.mjs';
import { findPostgresBinaries } from '../support/postgres-cluster.mjs';

/** What a suite needs of the machine, and the Debian packages that bring it (a newer Debian has a newer PostgreSQL). */
const REQUIREMENTS = [
  {
    name: 'PostgreSQL 15 or newer with PostGIS',
    projects: ['store-postgres', 'api-postgres'],
    packages: [['postgresql-15-postgis-3'], ['postgresql-postgis']],
    isPresent: () => Boolean(process.env.TEST_PG_URL) || findPostgresBinaries() !== null,
  },
  {
    name: 'Chromium',
    projects: ['e2e'],
    packages: [['chromium', 'fonts-noto-cjk']],
    isPresent: () => findChromium() !== null,
  },
];

/**
 * Looks for what the suites need. With CI=true, as root on Debian, installs what is missing. Returns the projects to
 * leave out, and whether that is allowed: with CI=true nothing may be missing.
 */
export function checkRequirements() {
  const isCi = process.env.CI === 'true';
  if (isCi && canInstall()) {
    for (const missing of REQUIREMENTS.filter(({ isPresent }) => !isPresent())) install(missing);
  }
  const missing = REQUIREMENTS.filter(({ isPresent }) => !isPresent());
  for (const { name, projects, packages } of missing) {
    console.log(
      `${isCi ? 'MISSING' : 'Left out'}: ${projects.join(', ')} (needs ${name}; ` +
        `on Debian: sudo apt-get install -y ${packages[0].join(' ')})`,
    );
  }
  return {
    leftOut: missing.flatMap(({ projects }) => projects),
    isAllowed: !isCi || missing.length === 0,
  };
}

const canInstall = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

function install({ name, packages }) {
  console.log(`Installing ${name} …`);
  apt('update');
  packages.some((names) => apt('install', '-y', '--no-install-recommends', ...names));
}

function apt(...args) {
  const { status } = spawnSync('apt-get', ['-qq', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return status === 0;
}
