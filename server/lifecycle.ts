import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartupError } from './startup-error.ts';

type Where = { readonly host: string; readonly port: number };

/** Resolves with the port in use (port 0 lets the system choose). Throws a StartupError in plain words. */
export async function listen(server: Server, { host, port }: Where): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(explained(error, { host, port })),
    );
    server.listen({ host, port, exclusive: true }, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Tells of a taken port before the slow part of the start. Throws a StartupError in plain words. */
export async function checkPort(where: Where): Promise<void> {
  const probe = createServer();
  await listen(probe, where);
  await closeServer(probe, 0);
}

function explained(error: NodeJS.ErrnoException, { host, port }: Where): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartupError(
        `Port ${port} is taken by another program. Stop it, or set PORT to a free port (PORT=${port === 65_535 ? 8080 : port + 1} npm start).`,
      );
    case 'EACCES':
      return new StartupError(
        `This user may not use port ${port}. Set PORT to a number from 1024 to 65535.`,
      );
    case 'EADDRNOTAVAIL':
      return new StartupError(`This machine has no address ${host}. Set HOST to 127.0.0.1.`);
    default:
      return error;
  }
}

const IDLE_CHECK_MS = 50;

/** Stops accepting, lets running requests end within the time given, then cuts what is left. */
export async function closeServer(server: Server, withinMs: number): Promise<void> {
  if (!server.listening) return;
  // A connection kept alive after its last answer would hold the server open.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const cut = setTimeout(() => server.closeAllConnections(), withinMs);
  try {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
  }
}

/** What must be undone at the end, in the reverse order of its making. */
export class Closers {
  readonly #closers: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** Runs all, even when one fails; then throws the first failure. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
