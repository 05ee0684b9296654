import type { Knex } from 'knex';

import { OverloadedError, TimeoutError } from '../domain/errors.ts';
import type { Log } from '../log.ts';
import { connect } from './connect.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import type { Gate } from './gate.ts';
import { inTransaction } from './transaction.ts';
import type { Mode, Work } from './transaction.ts';
import { watchStatements } from './watchdog.ts';

/** PGlite's one and only user. */
export const EMBEDDED_LOGIN = 'postgres';

const ACQUIRE_MS = 30_000;

export type SessionSettings = {
  readonly engine: EmbeddedPostgres;
  readonly gate: Gate;
  readonly limitMs: number;
  readonly log: Log;
};

/** The one connection to the embedded engine, and its renewal when the engine had to be ended. */
export class EmbeddedSession {
  readonly #settings: SessionSettings;
  #knex: Knex;
  #reopening: Promise<void> | null = null;
  #interrupt: ((error: Error) => void) | null = null;

  constructor(settings: SessionSettings) {
    this.#settings = settings;
    this.#knex = openPool(settings.engine.socketFolder);
    settings.engine.onLost(() =>
      this.#renew(new OverloadedError('The database ended unexpectedly and restarts.')),
    );
  }

  /** To be called through the gate. The owner's and bulk work may take as long as it needs. */
  async run<T>(mode: Mode, begin: string, work: Work<T>): Promise<T> {
    await this.#ready();
    const { limitMs } = this.#settings;
    const isUnlimited = mode === 'owner' || mode === 'bulk';
    const watchdog = isUnlimited
      ? null
      : watchStatements(this.#knex, limitMs, () => this.#endOverrun());
    const interrupted = new Promise<never>((_resolve, reject) => {
      this.#interrupt = reject;
    });
    try {
      return await Promise.race([inTransaction(this.#knex, begin, work), interrupted]);
    } finally {
      this.#interrupt = null;
      watchdog?.stop();
    }
  }

  async close(): Promise<void> {
    await this.#reopening?.catch(() => undefined);
    await this.#knex.destroy();
  }

  /** The engine cannot interrupt a statement, so the whole engine goes. */
  #endOverrun(): void {
    const { limitMs, log } = this.#settings;
    log.warn({ limitMs }, 'statement ran too long; embedded database is ended and reopened');
    const seconds = limitMs / 1000;
    this.#renew(
      new TimeoutError(
        `The query ran longer than ${seconds} s and was stopped. Ask for a smaller area or fewer rows.`,
      ),
    );
  }

  #renew(error: Error): void {
    const { gate, log } = this.#settings;
    this.#interrupt?.(error);
    gate.rejectWaiting(new OverloadedError('The database restarts. Try again in a few seconds.'));
    this.#reopening = this.#reopen();
    this.#reopening.catch((failure: unknown) =>
      log.error({ err: failure }, 'embedded database did not reopen'),
    );
  }

  async #reopen(): Promise<void> {
    const { engine, log } = this.#settings;
    const old = this.#knex;
    await engine.restart();
    this.#knex = openPool(engine.socketFolder);
    log.warn('embedded database reopened');
    // The old pool waits for its broken connection; nobody has to wait for it.
    old.destroy().catch(() => undefined);
  }

  /** A reopening that failed is tried again by each caller that needs it. */
  async #ready(): Promise<void> {
    try {
      await this.#reopening;
    } catch {
      this.#reopening = this.#reopen();
      await this.#reopening.catch((error: unknown) => {
        throw Object.assign(new OverloadedError('The database cannot be opened at present.', 30), {
          cause: error,
        });
      });
    }
  }
}

/** Everything is given, so that no PG… variable of the shell can lead elsewhere. */
function openPool(socketFolder: string): Knex {
  return connect(
    {
      host: socketFolder,
      port: 5432,
      user: EMBEDDED_LOGIN,
      password: 'unused',
      database: 'postgres',
      ssl: false,
    },
    { max: 1, acquireTimeoutMs: ACQUIRE_MS },
  );
}
