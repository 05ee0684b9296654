import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';

import { projectRoot } from './project-root.ts';
import { StartupError } from './startup-error.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

const wholeNumber = (least: number, most: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

const isUrl = (value: string, protocols: readonly string[]): boolean =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol);

const databaseUrl = z.string().refine((value) => isUrl(value, ['postgres:', 'postgresql:']));

type Variable = { readonly schema: z.ZodType; readonly fallback: string; readonly rule: string };

/** Every variable of the program. An empty fallback means: not set. `.env.example` is held to this table by a test. */
export const variables = {
  PORT: { schema: wholeNumber(0, 65_535), fallback: '8080', rule: 'a port from 0 to 65535' },
  HOST: {
    schema: z.string().refine((value) => isIP(value) !== 0 || value === 'localhost'),
    fallback: '127.0.0.1',
    rule: 'an address of this machine, such as 127.0.0.1 (itself only) or 0.0.0.0 (every network it is in)',
  },
  DATA_DIR: { schema: z.string(), fallback: '.data', rule: 'a folder' },
  DATABASE_URL: {
    schema: databaseUrl,
    fallback: '',
    rule: 'an address such as postgres://user:password@host:5432/database',
  },
  DATABASE_OWNER_URL: {
    schema: databaseUrl,
    fallback: '',
    rule: 'an address such as postgres://owner:password@host:5432/database',
  },
  DATABASE_POOL_SIZE: {
    schema: wholeNumber(1, 200),
    fallback: '10',
    rule: 'a number of connections from 1 to 200',
  },
  STATEMENT_TIMEOUT_MS: {
    schema: wholeNumber(100, 600_000),
    fallback: '15000',
    rule: 'a number of milliseconds from 100 to 600000',
  },
  PUBLIC_URL: {
    schema: z.string().refine((value) => isUrl(value, ['http:', 'https:'])),
    fallback: '',
    rule: 'an address such as https://risk.example.org',
  },
  NODE_ENV: {
    schema: z.string(),
    fallback: '',
    rule: 'production, where there are no demonstration accounts',
  },
  TIME_ZONE: {
    schema: z.string().refine(isTimeZone),
    fallback: 'Asia/Shanghai',
    rule: 'a time zone name such as Asia/Shanghai',
  },
  DEMO: { schema: z.enum(['on', 'off']), fallback: 'on', rule: 'on or off' },
  RATE_LIMITS: { schema: z.enum(['on', 'off']), fallback: 'on', rule: 'on or off' },
  TRUSTED_PROXIES: {
    schema: z
      .string()
      .transform(listed)
      .refine((value) => value.every(isNetwork)),
    fallback: '',
    rule: 'addresses or networks, comma separated, such as 127.0.0.1,10.1.0.0/16',
  },
  TEMP_FILE_LIMIT_MB: {
    schema: wholeNumber(1, 1_000_000),
    fallback: '1024',
    rule: 'a number of megabytes from 1 to 1000000',
  },
  LOG_LEVEL: {
    schema: z.enum(['error', 'warn', 'info', 'debug', 'silent']),
    fallback: 'info',
    rule: 'error, warn, info, debug or silent',
  },
} as const satisfies Record<string, Variable>;

export type LogLevel = z.output<(typeof variables)['LOG_LEVEL']['schema']>;

export type Config = Readonly<{
  port: number;
  host: string;
  /** Absolute path of the embedded database's folder. */
  dataDir: string;
  /** Null: the embedded database. */
  databaseUrl: string | null;
  /** Null: the owner's work runs on `databaseUrl`. */
  databaseOwnerUrl: string | null;
  databasePoolSize: number;
  statementTimeoutMs: number;
  /** Without a slash at the end. */
  publicUrl: string;
  timeZone: string;
  demo: boolean;
  /** Nothing is offered that is for trying out only. */
  isProduction: boolean;
  /** Callers get so much of the database's time and no more. */
  rateLimits: boolean;
  /** Addresses and networks whose X-Forwarded-… headers are believed. */
  trustedProxies: readonly string[];
  /** What one request may put into temporary files on PostgreSQL. */
  tempFileLimitMb: number;
  logLevel: LogLevel;
}>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads `.env` when there is one (variables that are already set win), then the environment. */
export function loadConfig(): Config {
  const file = path.join(projectRoot, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return parseConfig(process.env);
}

/** Throws a StartupError that names every faulty variable at once. */
export function parseConfig(environment: Environment): Config {
  const faults: string[] = [];
  const read = <Name extends keyof typeof variables>(
    name: Name,
  ): z.output<(typeof variables)[Name]['schema']> | null => {
    const { schema, fallback, rule } = variables[name];
    const text = environment[name]?.trim() || fallback;
    if (text === '') return null;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data as z.output<(typeof variables)[Name]['schema']>;
    // A database address may hold a password: it is not repeated.
    faults.push(`${name} is ${name.endsWith('_URL') ? 'not' : `"${text}"; it must be`} ${rule}.`);
    return null;
  };
  const config = assemble(read);
  if (config.databaseOwnerUrl !== null && config.databaseUrl === null) {
    faults.push('DATABASE_OWNER_URL is set without DATABASE_URL; set both or neither.');
  }
  if (!LOOPBACK.has(config.host) && environment['PUBLIC_URL']?.trim() === undefined) {
    faults.push(
      'HOST offers the service to other machines: set PUBLIC_URL to the address it is reached by.',
    );
  }
  if (faults.length > 0) {
    throw new StartupError(['The settings have faults:', ...faults].join('\n  '));
  }
  return Object.freeze(config);
}

type Read = <Name extends keyof typeof variables>(
  name: Name,
) => z.output<(typeof variables)[Name]['schema']> | null;

/** A null of a variable with a fallback means a fault that was noted: the placeholder never leaves parseConfig. */
function assemble(read: Read): Config {
  const port = read('PORT') ?? 0;
  const host = read('HOST') ?? '';
  const publicUrl = read('PUBLIC_URL') ?? `http://${host === '::1' ? '[::1]' : host}:${port}`;
  return {
    port,
    host,
    dataDir: path.resolve(projectRoot, read('DATA_DIR') ?? ''),
    databaseUrl: read('DATABASE_URL'),
    databaseOwnerUrl: read('DATABASE_OWNER_URL'),
    databasePoolSize: read('DATABASE_POOL_SIZE') ?? 0,
    statementTimeoutMs: read('STATEMENT_TIMEOUT_MS') ?? 0,
    publicUrl: publicUrl.replace(/\/+$/, ''),
    timeZone: read('TIME_ZONE') ?? '',
    demo: read('DEMO') === 'on',
    isProduction: read('NODE_ENV') === 'production',
    rateLimits: read('RATE_LIMITS') === 'on',
    trustedProxies: Object.freeze(read('TRUSTED_PROXIES') ?? []),
    tempFileLimitMb: read('TEMP_FILE_LIMIT_MB') ?? 0,
    logLevel: read('LOG_LEVEL') ?? 'info',
  };
}

function listed(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

/** An address, or a network that is not all addresses there are. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const kind = isIP(address);
  if (kind === 0 || more.length > 0) return false;
  if (prefix === undefined) return true;
  const most = kind === 4 ? 32 : 128;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= most;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
