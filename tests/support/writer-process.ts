import { setTimeout as sleep } from 'node:timers/promises';

import { parseConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { inScope, SYSTEM } from '#server/db/scope.ts';
import { createLog } from '#server/log.ts';

/**
 * A process of its own that writes numbered rows into the embedded database of DATA_DIR and prints each number once it
 * was acknowledged, until it is told to stop (or killed).
 */
const database = await openDatabase(parseConfig(process.env), createLog('silent'));
const stopping = new AbortController();
process.once('SIGTERM', () => stopping.abort());
for (let id = 1; !stopping.signal.aborted; id += 1) {
  const row = { id };
  await inScope(SYSTEM, () => database.write((trx) => trx('acknowledged').insert(row)));
  process.stdout.write(`${id}\n`);
  await sleep(1);
}
await database.close();
