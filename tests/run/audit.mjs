import { spawnSync } from 'node:child_process';

/**
 * Known faults of the packages that the program runs with, as the registry of npm lists them. Ends with 1 where one is
 * high or critical, and with 2 where the registry does not say: no answer is not the same as no fault.
 */
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const { stdout, error } = spawnSync(npm, ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
});

const report = read(stdout);
const counts = report?.metadata?.vulnerabilities;
if (counts === undefined) {
  const reason =
    error?.message ?? report?.message ?? report?.error?.summary ?? 'npm gave no report';
  process.stderr.write(
    `The packages were NOT audited: ${reason}\n` +
      'Not every registry answers this: set npm_config_registry to one that does.\n',
  );
  process.exit(2);
}

const severe = counts.high + counts.critical;
const packages = report.metadata.dependencies?.total ?? 'all';
process.stdout.write(
  `${packages} packages: ${counts.critical} critical, ${counts.high} high, ${counts.moderate} moderate, ${counts.low} low\n`,
);
for (const { name, severity, range, fixAvailable } of Object.values(report.vulnerabilities ?? {})) {
  const remedy = fixAvailable === false ? 'no newer version mends it' : 'npm audit fix';
  process.stdout.write(`${severity} ${name} ${range}: ${remedy}\n`);
}
process.exit(severe > 0 ? 1 : 0);

/** Null where it is no JSON. */
function read(text) {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
