import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { createServices } from '#server/composition.ts';
import { parseConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { inScope, SYSTEM } from '#server/db/scope.ts';
import { createLog } from '#server/log.ts';

/**
 * A process of its own that imports the file IMPORT_FILE into the database of its environment and writes it, and prints
 * how far it is, until it is killed.
 */
const config = parseConfig(process.env);
const log = createLog('silent');
const db = await openDatabase(config, log);
let id = '';
const newId = (): string => {
  const made = v7();
  if (id === '') id = made;
  return made;
};
const { imports } = createServices({ db, clock: () => Date.now(), newId, log, config });
const { create, commit, get } = imports.imports;

/** Prints what changes while the work is done. */
async function tell(work: Promise<unknown>): Promise<void> {
  const state = { isDone: false };
  void work.finally(() => {
    state.isDone = true;
  });
  let last = '';
  while (!state.isDone) {
    const progress = await get(id).then(
      (view) => view.progress,
      () => null,
    );
    const line = progress ? `${progress.phase} ${progress.done} of ${progress.total ?? '?'}` : '';
    if (line !== last && line !== '') process.stdout.write(`${line}\n`);
    last = line;
    await sleep(1);
  }
}

const file = createReadStream(process.env['IMPORT_FILE'] ?? '');
const options = { crs: 'wgs84', swapped: null, region: null, sheet: null };
const request = {
  kind: 'risk-points',
  mediaType: 'text/csv',
  fileName: null,
  map: null,
  options,
} as const;
await inScope(SYSTEM, async () => {
  await tell(create(request, await imports.saveUpload(file, null)));
  while ((await get(id)).state === 'reading') await sleep(20);
  await tell(commit(id, false));
});
process.stdout.write('written\n');
await db.close();
