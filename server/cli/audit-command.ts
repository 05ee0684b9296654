import { countEvents, firstBrokenEvent, sealEvents } from '../features/audit/audit.store.ts';
import { withDatabase } from './command.ts';
import type { Command } from './command.ts';

const BATCH = 1_000;

export const auditVerifyCommand: Command = {
  words: ['audit', 'verify'],
  usage: 'audit verify',
  what: 'Checks that no event of the audit was changed or taken out since it was sealed.',
  run: async (input) => {
    const { events, broken } = await withDatabase(input, async (db) => {
      while ((await db.write((trx) => sealEvents(trx, BATCH))) === BATCH);
      return { events: await db.asOwner(countEvents), broken: await db.asOwner(firstBrokenEvent) };
    });
    if (broken === null) {
      input.say(`${events} events, and the chain holds`);
      return;
    }
    input.say(
      `event ${broken} of ${events} was changed or is missing; nothing after it is vouched for`,
    );
    process.exitCode = 1;
  },
};
