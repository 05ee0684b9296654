import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Runs jest in a process of its own and returns its counts. A signal reaches jest, whose tear-down ends the cluster. */
export async function runJest(root, { long, projects, args }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'risk-map-jest-'));
  const report = path.join(folder, 'report.json');
  const workers = Math.max(2, os.availableParallelism() - 1);
  const flags = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    path.join(root, 'node_modules/jest/bin/jest.js'),
    '--json',
    `--outputFile=${report}`,
    `--maxWorkers=${workers}`,
    '--passWithNoTests',
    '--selectProjects',
    ...projects,
    ...(args.length > 0 ? ['--testPathPatterns', ...args] : []),
  ];
  const child = spawn(process.execPath, flags, {
    cwd: root,
    env: { ...process.env, ...(long ? { TEST_LONG: '1' } : {}) },
    // jest writes its JSON to standard output too; what a person reads goes to standard error.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  const code = await new Promise((resolve) => child.once('close', resolve));
  const counts = readCounts(report);
  rmSync(folder, { recursive: true, force: true });
  return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: counts.failed + 1 };
}

/** A file that could not even be loaded counts as one failure. */
function readCounts(report) {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
