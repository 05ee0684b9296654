import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parseConfig, variables } from '#server/config.ts';
import { projectRoot } from '#server/project-root.ts';
import { StartupError } from '#server/startup-error.ts';

const failureOf = (environment: Record<string, string>): string => {
  try {
    parseConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as Error).message;
  }
  throw new Error('The settings were accepted');
};

describe('.env.example', () => {
  const example = Object.fromEntries(
    readFileSync(path.join(projectRoot, '.env.example'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

  it('lists every variable with its default, and no other', () => {
    const defaults = Object.fromEntries(
      Object.entries(variables).map(([name, { fallback }]) => [name, fallback]),
    );

    expect(example).toEqual(defaults);
  });

  it('can be copied to .env without changing anything', () => {
    expect(parseConfig(example)).toEqual(parseConfig({}));
  });
});

it('has the defaults that the documents promise', () => {
  expect(parseConfig({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataDir: path.join(projectRoot, '.data'),
    databaseUrl: null,
    databaseOwnerUrl: null,
    databasePoolSize: 10,
    statementTimeoutMs: 15_000,
    publicUrl: 'http://127.0.0.1:8080',
    timeZone: 'Asia/Shanghai',
    demo: true,
    isProduction: false,
    logLevel: 'info',
    rateLimits: true,
    trustedProxies: [],
    tempFileLimitMb: 1024,
  });
});

it('cannot be changed after it was read', () => {
  expect(Object.isFrozen(parseConfig({}))).toBe(true);
});

it('takes each variable from the environment', () => {
  const config = parseConfig({
    PORT: '0',
    HOST: '::1',
    DATA_DIR: '/srv/risk',
    DATABASE_URL: 'postgres://app:one@db/risk',
    DATABASE_OWNER_URL: 'postgresql://owner:two@db/risk',
    DATABASE_POOL_SIZE: '4',
    STATEMENT_TIMEOUT_MS: '2000',
    PUBLIC_URL: 'https://risk.example.org/',
    TIME_ZONE: 'Europe/Berlin',
    DEMO: 'off',
    LOG_LEVEL: 'warn',
    RATE_LIMITS: 'off',
    TRUSTED_PROXIES: '127.0.0.1, 10.1.0.0/16,fd00::/8',
    TEMP_FILE_LIMIT_MB: '64',
    NODE_ENV: 'production',
  });

  expect(config).toEqual({
    port: 0,
    host: '::1',
    dataDir: '/srv/risk',
    databaseUrl: 'postgres://app:one@db/risk',
    databaseOwnerUrl: 'postgresql://owner:two@db/risk',
    databasePoolSize: 4,
    statementTimeoutMs: 2000,
    publicUrl: 'https://risk.example.org',
    timeZone: 'Europe/Berlin',
    demo: false,
    isProduction: true,
    logLevel: 'warn',
    rateLimits: false,
    trustedProxies: ['127.0.0.1', '10.1.0.0/16', 'fd00::/8'],
    tempFileLimitMb: 64,
  });
});

it('treats an empty variable as one that is not set', () => {
  expect(parseConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(parseConfig({}));
});

it('names all faults at once, in plain words', () => {
  const message = failureOf({ PORT: '80a', TIME_ZONE: 'Mars/Olympus', DEMO: 'maybe' });

  expect(message.split('\n')).toEqual([
    'The settings have faults:',
    '  PORT is "80a"; it must be a port from 0 to 65535.',
    '  TIME_ZONE is "Mars/Olympus"; it must be a time zone name such as Asia/Shanghai.',
    '  DEMO is "maybe"; it must be on or off.',
  ]);
});

it.each(['0.0.0.0', '192.168.1.4', '::'])(
  'listens on %s only when it is told the address that people use',
  (host) => {
    expect(failureOf({ HOST: host })).toMatch(/set PUBLIC_URL/);
    expect(parseConfig({ HOST: host, PUBLIC_URL: 'https://risk.example.org' }).host).toBe(host);
  },
);

it('listens on addresses, not on names of other machines', () => {
  expect(failureOf({ HOST: 'risk.example.org' })).toMatch(/HOST is "risk.example.org"/);
});

it.each(['65536', '-1', '8080.5', '1e3', '０'])('refuses the port %s', (port) => {
  expect(failureOf({ PORT: port })).toMatch(/PORT is/);
});

it('does not repeat a database address, which may hold a password', () => {
  const message = failureOf({ DATABASE_URL: 'mysql://root:hunter2@db/risk' });

  expect(message).toMatch(/DATABASE_URL is not an address such as postgres:/);
  expect(message).not.toMatch(/hunter2/);
});

it('refuses an owner’s address without a database address', () => {
  expect(failureOf({ DATABASE_OWNER_URL: 'postgres://owner@db/risk' })).toMatch(
    /set both or neither/,
  );
});

it.each(['10.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', 'loopback', '127.0.0.1,'])(
  'trusts no proxy called %s: a list with a slip in it could trust everybody or nobody',
  (list) => {
    expect(failureOf({ TRUSTED_PROXIES: list })).toMatch(/TRUSTED_PROXIES is/);
  },
);
