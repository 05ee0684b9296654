import { destination, pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

import type { Config } from './config.ts';

export type Log = Logger;

/** What is secret wherever it stands; nothing that is logged should have it, and this holds should something have. */
const SECRETS = [
  'password',
  'current',
  'next',
  'token',
  'secret',
  'csrfToken',
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-csrf-token"]',
];

/** Members of an error of the database that repeat the contents of a row. */
const OF_ROWS = ['err.detail', 'err.where', 'err.hint', 'err.internalQuery', 'err.bindings'];

/** pino looks no deeper than it is told: a member of the line, of its parts, and of theirs. */
const REDACTED = [
  ...OF_ROWS,
  ...SECRETS.flatMap((name) => [
    name,
    ...['*', '*.*'].map((parent) => (name.startsWith('[') ? parent + name : `${parent}.${name}`)),
  ]),
];

/** Events as JSON lines on standard error; standard output is kept for what a person reads. */
export function createLog(level: Config['logLevel'], to: DestinationStream = destination(2)): Log {
  const timestamp = () => `,"time":"${new Date().toISOString()}"`;
  const redact = { paths: REDACTED, censor: '[removed]' };
  return pino({ level, base: null, timestamp, redact }, to);
}
