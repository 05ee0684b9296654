import path from 'node:path';
import type { Config } from './config.ts';
import type { Database } from './db/open-database.ts';
import { demoDeps, demoDay } from './demo.ts';
import { FIELDS } from './domain/fields.ts';
import { seedBaseMap } from './features/base-map/seed-base-map.ts';
import { seedFields } from './features/code-lists/seed-code-lists.ts';
import { ensureDemo } from './features/demo/load-demo.ts';
import { readShippedMethods, seedMethods } from './features/methods/seed-methods.ts';
import { seedPinyinInitials } from './features/search/seed-pinyin-initials.ts';
import { projectRoot } from './project-root.ts';

export const dataFolder = path.join(projectRoot, 'data');

/** Brings the data that ships with the program into the database; what is there already stays. Tells what was done. */
export async function seedShippedData(db: Database): Promise<readonly string[]> {
  const shipped = await readShippedMethods(dataFolder);
  const added = await db.asOwner((trx) => seedMethods(trx, shipped));
  await db.asOwner((trx) => seedFields(trx, FIELDS));
  await db.asOwner((trx) => seedPinyinInitials(trx, path.join(dataFolder, 'pinyin-initials.csv')));
  const isNew = await db.asOwner((trx) => seedBaseMap(trx, path.join(dataFolder, 'base')));
  return [
    ...(added === 0 ? [] : [`${added} versions of assessment methods published`]),
    ...(isNew ? ['base map loaded'] : []),
  ];
}

/** Puts the invented demonstration set into an empty register, unless DEMO=off. Tells what was done. */
export async function seedDemo(
  db: Database,
  config: Pick<Config, 'demo' | 'timeZone'>,
  now: number,
): Promise<readonly string[]> {
  if (!config.demo) return [];
  const deps = await demoDeps(now, config.timeZone);
  const rows = await db.asOwner((trx) => ensureDemo(trx, demoDay(now, config.timeZone), deps));
  if (rows === null) return [];
  await db.flush();
  const { enterprises, riskPoints, assessments } = rows;
  return [
    `demonstration set made: ${enterprises.length} invented enterprises, ${riskPoints.length} risk points, ` +
      `${assessments.length} assessments`,
  ];
}
