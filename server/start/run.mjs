import { spawn } from 'node:child_process';

/** A failure that the person who starts the program can do something about. */
export class SetUpError extends Error {
  name = 'SetUpError';
}

/** Runs a program to its end; its output is shown only on failure. Ends it when this process is told to stop. */
export function run(command, args, { cwd, env = process.env, onFailure }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output = `${output}${chunk}`.slice(-8000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const stop = (signal) => {
      child.kill(signal);
      process.exit(1);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.once(signal, stop);
    const finish = (reason) => {
      for (const signal of signals) process.off(signal, stop);
      if (reason === null) resolve();
      else reject(new SetUpError(`${output.trim()}\n\n${onFailure} (${reason})`.trim()));
    };
    child.once('error', (error) => finish(error.message));
    child.once('close', (code, signal) => finish(code === 0 ? null : `exit ${code ?? signal}`));
  });
}
