import { destination, pino } from 'pino';
import type { Logger } from 'pino';

import type { Config } from './config.ts';

export type Log = Logger;

/** Events as JSON lines on standard error; standard output is kept for what a person reads. */
export function createLog(level: Config['logLevel']): Log {
  return pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    destination(2),
  );
}
