import { parseArgs } from 'node:util';
import { z } from 'zod';
import { demoDay, demoDeps } from '../demo.ts';
import { remakeDemo, removeDemo } from '../features/demo/load-demo.ts';
import { seedShippedData } from '../seed.ts';
import { UsageError, withDatabase } from './command.ts';
import type { Command } from './command.ts';

const USAGE = 'demo remake [--day YYYY-MM-DD] | demo remove';

export const demoCommand: Command = {
  words: ['demo'],
  usage: USAGE,
  what: 'Makes the invented demonstration set anew for a day (default today), or takes it out, with all that was assessed on it. Other rows stay.',
  run: async (input) => {
    const now = Date.now();
    const { verb, day } = readArguments(input.args, demoDay(now, input.config.timeZone));
    await withDatabase(input, async (db) => {
      await seedShippedData(db);
      if (verb === 'remove') {
        const set = await db.asOwner(removeDemo);
        input.say(
          set
            ? `demonstration set of ${set.referenceDay} removed`
            : 'there is no demonstration set',
        );
      } else {
        const deps = await demoDeps(now, input.config.timeZone);
        const rows = await db.asOwner((trx) => remakeDemo(trx, day, deps));
        input.say(`demonstration set made for ${day}: ${rows.riskPoints.length} risk points`);
      }
      await db.flush();
    });
  },
};

function readArguments(args: readonly string[], today: string) {
  const usage = new UsageError(`Usage: ${USAGE}`);
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { day: { type: 'string' } },
      });
    } catch {
      throw usage;
    }
  })();
  const verb = z.tuple([z.enum(['remake', 'remove'])]).safeParse(positionals);
  const day = z.iso.date().optional().safeParse(values.day);
  if (!verb.success || !day.success) throw usage;
  if (day.data !== undefined && day.data > today)
    throw new UsageError(`--day must not lie after today, ${today}.`);
  return { verb: verb.data[0], day: day.data ?? today };
}
