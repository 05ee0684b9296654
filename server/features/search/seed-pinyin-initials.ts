import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Knex } from 'knex';
import { loadedChecksum, replacePinyinInitials } from './pinyin-initials.store.ts';
import type { PinyinTable } from './pinyin-initials.store.ts';

const FIRST = 0x4e00;
const LAST = 0x9fff;
/** A byte holds the place of a set; 0 stands for none. */
const MOST_SETS = 255;

/** Loads the shipped table of pinyin initials when it is not there or has changed; returns whether it did. */
export async function seedPinyinInitials(trx: Knex.Transaction, file: string): Promise<boolean> {
  const content = await readFile(file, 'utf8');
  const checksum = createHash('sha256').update(content).digest('hex');
  if ((await loadedChecksum(trx)) === checksum) return false;
  await replacePinyinInitials(trx, readTable(content), checksum);
  return true;
}

function readTable(content: string): PinyinTable {
  const rows = parse(content, { columns: true }) as readonly Record<string, string>[];
  if (rows.length > MOST_SETS) throw new Error('Too many sets of pinyin initials');
  const codes = Buffer.alloc(LAST - FIRST + 1);
  for (const [index, row] of rows.entries()) {
    for (const character of row['characters'] ?? '') {
      codes[(character.codePointAt(0) ?? 0) - FIRST] = index + 1;
    }
  }
  return { codes, sets: rows.map((row) => row['letters'] ?? '') };
}
