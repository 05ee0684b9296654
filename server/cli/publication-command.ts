import { parseArgs } from 'node:util';
import { z } from 'zod';
import { publicationFeature } from '../publication.ts';
import type { Database } from '../db/open-database.ts';
import { hasDemoSet } from '../features/accounts/register.store.ts';
import type { PublicationService } from '../features/publication/publication.service.ts';
import { UsageError, withDatabase } from './command.ts';
import type { Command, CommandInput } from './command.ts';

const START = 'publication start --document "…" [--approval "…"]';

const options = z.object({
  document: z.string('names the record of the review, and is missing').trim().min(1).max(300),
  approval: z.string().trim().min(1).max(100).optional(),
});

export const publicationStartCommand: Command = {
  words: ['publication', 'start'],
  usage: START,
  what: 'Lets everyone see area colours and suppressed counts; names the record of the confidentiality review and the map’s approval number (审图号).',
  run: async (input) => {
    const { document, approval = null } = readArguments(input.args);
    const areas = await withPublication(input, async (publication, db) => {
      if (await db.asOwner(hasDemoSet)) {
        throw new UsageError(
          'Invented rows would be counted as real ones: take them out first, with demo remove.',
        );
      }
      await publication.release(document, approval);
      return publication.publish();
    });
    input.say(`released; figures of today: ${areas ?? 0} areas`);
    if (approval === null) {
      input.say('without an approval number (审图号) the map itself must not be made public');
    }
  },
};

export const publicationStopCommand: Command = {
  words: ['publication', 'stop'],
  usage: 'publication stop',
  what: 'Nothing is told to everyone any more.',
  run: async (input) => {
    if (input.args.length > 0) throw new UsageError('Usage: publication stop');
    const isEnded = await withPublication(input, async (publication, db) => {
      if (await db.asOwner(hasDemoSet)) {
        throw new UsageError(
          'Figures of invented data are told as long as there is nothing else: demo remove ends that.',
        );
      }
      return publication.withdraw();
    });
    input.say(isEnded ? 'withdrawn' : 'nothing was released');
  },
};

function withPublication<T>(
  input: CommandInput,
  work: (publication: PublicationService, db: Database) => Promise<T>,
): Promise<T> {
  const { log, config } = input;
  return withDatabase(input, async (db) => {
    const parts = { db, clock: () => Date.now(), log, config };
    const done = await work(publicationFeature(parts), db);
    await db.flush();
    return done;
  });
}

function readArguments(args: readonly string[]): z.output<typeof options> {
  const parsed = options.safeParse(parse(args));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
  throw new UsageError([...faults, `Usage: ${START}`].join('\n'));
}

function parse(args: readonly string[]): unknown {
  try {
    return parseArgs({
      args: [...args],
      options: { document: { type: 'string' }, approval: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)}\nUsage: ${START}`,
    );
  }
}
