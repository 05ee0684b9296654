import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { openEmbedded } from './embedded-database.ts';
import { openPostgres } from './postgres-database.ts';
import type { Work } from './transaction.ts';

export type Capabilities = Readonly<{
  /** PostGIS was built with protobuf, so `ST_AsMVT` works. */
  mvt: boolean;
  /** `COPY … FROM STDIN` works. */
  copy: boolean;
  postgisVersion: string;
  serverVersion: string;
}>;

export type Database = {
  readonly engine: 'embedded' | 'postgres';
  /** Database user of all but `asOwner`: the migrations let it take the roles of the service. */
  readonly login: string;
  readonly capabilities: Capabilities;
  /** One read-only transaction in the current scope, on one snapshot. Tried once more after a serialization failure. */
  read<T>(work: Work<T>): Promise<T>;
  /** One transaction in the current scope. */
  write<T>(work: Work<T>): Promise<T>;
  /** One in the current scope without a time limit for its statements: for jobs, never for a plain request. */
  writeBulk<T>(work: Work<T>): Promise<T>;
  /** One transaction on accounts, grants, sessions and keys, and on nothing else. */
  accounts<T>(work: Work<T>): Promise<T>;
  /** One transaction as the owner, without a time limit: migrations, boundaries, demonstration data. */
  asOwner<T>(work: Work<T>): Promise<T>;
  /** After a bulk load: brings what was written to the disk, as far as the engine leaves that to us. */
  flush(): Promise<void>;
  /** Lets the running transactions end, then closes. May be called twice. */
  close(): Promise<void>;
};

/**
 * Opens PostgreSQL at DATABASE_URL, or the embedded engine when that is not set, and makes sure PostGIS is there.
 * Throws a StartupError in plain words when it cannot.
 */
export function openDatabase(config: Config, log: Log): Promise<Database> {
  const { databaseUrl } = config;
  return databaseUrl === null
    ? openEmbedded(config, log)
    : openPostgres({ ...config, databaseUrl }, log);
}
