import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '#server/project-root.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'risk-map-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What `npm run audit` makes of what npm tells. */
function audited(report: string): { readonly status: number | null; readonly text: string } {
  const npm = path.join(folder, 'npm');
  writeFileSync(npm, `#!/bin/sh\ncat <<'END'\n${report}\nEND\nexit 1\n`);
  chmodSync(npm, 0o755);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(projectRoot, 'tests/run/audit.mjs')],
    { encoding: 'utf8', env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` } },
  );
  return { status, text: stdout + stderr };
}

const report = (counts: Readonly<Record<string, number>>, vulnerabilities: object = {}): string =>
  JSON.stringify({
    vulnerabilities,
    metadata: {
      vulnerabilities: { low: 0, moderate: 0, high: 0, critical: 0, ...counts },
      dependencies: { total: 230 },
    },
  });

it('passes where nothing severe is known', () => {
  const { status, text } = audited(report({ moderate: 2 }));

  expect(status).toBe(0);
  expect(text).toBe('230 packages: 0 critical, 0 high, 2 moderate, 0 low\n');
});

it('fails where something severe is known, and names it', () => {
  const found = { name: 'leaky', severity: 'high', range: '<2.0.0', fixAvailable: true };

  const { status, text } = audited(report({ high: 1 }, { leaky: found }));

  expect(status).toBe(1);
  expect(text).toContain('high leaky <2.0.0: npm audit fix');
});

it.each([
  ['a registry that does not answer', '{"message":"405 Method Not Allowed","statusCode":405}'],
  ['no network', '{"error":{"code":"ENOTFOUND","summary":"request failed"}}'],
  ['no JSON', 'npm: something else'],
  ['nothing', ''],
])('does not take %s for a good word', (_, answer) => {
  const { status, text } = audited(answer);

  expect(status).toBe(2);
  expect(text).toContain('The packages were NOT audited');
});
