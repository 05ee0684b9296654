import { differences } from '../db/reconcile.ts';
import { withDatabase } from './command.ts';
import type { Command } from './command.ts';

export const reconcileCommand: Command = {
  words: ['reconcile'],
  usage: 'reconcile',
  what: 'Compares everything derived (map rows, votes, the summary cube, level periods) with a recomputation.',
  run: async (input) => {
    const found = await withDatabase(input, (db) => db.asOwner(differences));
    for (const { what, rows } of found)
      input.say(`${what}: ${rows === 0 ? 'equal' : `${rows} rows differ`}`);
    if (found.some(({ rows }) => rows > 0)) process.exitCode = 1;
  },
};
