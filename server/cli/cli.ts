import { benchCommand } from './bench/bench.ts';
import { auditVerifyCommand } from './audit-command.ts';
import { importCommand } from './import-command.ts';
import { importRegionsCommand } from './import-regions-command.ts';
import { demoCommand } from './demo-command.ts';
import { publicationStartCommand, publicationStopCommand } from './publication-command.ts';
import { reconcileCommand } from './reconcile-command.ts';
import { loadConfig } from '../config.ts';
import { inScope, SYSTEM } from '../db/scope.ts';
import { RuleViolationError } from '../domain/errors.ts';
import { createLog } from '../log.ts';
import { StartupError } from '../startup-error.ts';
import type { Command } from './command.ts';
import { UsageError } from './command.ts';

const COMMANDS: readonly Command[] = [
  importRegionsCommand,
  // After the command of two words that begins like it.
  importCommand,
  demoCommand,
  reconcileCommand,
  auditVerifyCommand,
  publicationStartCommand,
  publicationStopCommand,
  benchCommand,
];

const MOST_FAULTS = 50;

async function main(args: readonly string[]): Promise<void> {
  const command = COMMANDS.find(({ words }) => words.every((word, index) => args[index] === word));
  if (!command) throw new UsageError(`Unknown command. ${usage()}`);
  const config = loadConfig();
  const log = createLog(config.logLevel);
  // Whoever can start a command has the database anyway.
  await inScope(SYSTEM, () =>
    command.run({ args: args.slice(command.words.length), config, log, say }),
  );
}

function usage(): string {
  return `Commands:\n${COMMANDS.map(({ usage: line, what }) => `  ${line}\n      ${what}`).join('\n')}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function describe(error: unknown): string {
  if (error instanceof RuleViolationError) {
    const lines = error.faults
      .slice(0, MOST_FAULTS)
      .map(({ pointer, detail }) => `  ${pointer || '(file)'}: ${detail.en}`);
    const rest = error.faults.length - lines.length;
    return [error.message, ...lines, ...(rest > 0 ? [`  … and ${rest} more`] : [])].join('\n');
  }
  if (error instanceof StartupError || error instanceof UsageError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${describe(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
