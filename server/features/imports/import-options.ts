import { isSupportedCrs } from '#server/domain/crs/crs.ts';
import { RuleViolationError } from '#server/domain/errors.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import type { FlowDeps } from './import-flow.ts';
import { isRegion } from './import-places.store.ts';
import type { ImportOptions } from './import-reading.ts';
import { findMapping } from './imports.store.ts';

type Mapping = Readonly<Record<string, string | null>>;

/** Throws RuleViolationError for a system that cannot be converted. */
export function checkCrs(crs: string | undefined): asserts crs is ImportOptions['crs'] | undefined {
  if (crs === undefined || crs === 'auto' || isSupportedCrs(crs)) return;
  throw unknownCrs();
}

/** Throws RuleViolationError for a region that there is not: every row would lie outside it. */
export async function checkRegion(
  { read }: Pick<FlowDeps, 'read'>,
  region: string | null,
): Promise<void> {
  if (region === null || (await read((trx) => isRegion(trx, region)))) return;
  const what = { zh: '没有这个行政区。', en: 'There is no such region.' };
  const detail = {
    zh: `没有代码为“${region}”的行政区。`,
    en: `No region has the code "${region}".`,
  };
  throw new RuleViolationError(what, [{ pointer: '/region', detail }]);
}

export function unknownCrs(): RuleViolationError {
  const list = 'auto, wgs84, cgcs2000, gcj02, bd09, webmercator';
  const detail = {
    zh: `应为 ${list} 之一，或 CGCS2000 高斯–克吕格分带的 EPSG:n。`,
    en: `Must be ${list} or EPSG:n of a CGCS2000 Gauss–Krüger zone.`,
  };
  const what = { zh: '不认识这个坐标系。', en: 'The coordinate system is not known.' };
  return new RuleViolationError(what, [{ pointer: '/crs', detail }]);
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads `map`: the identifier of a saved mapping, or JSON. Throws RuleViolationError for anything else. */
export async function readMapping(
  { read }: Pick<FlowDeps, 'read'>,
  kind: ImportKind,
  map: string | null,
): Promise<Mapping | null> {
  if (map === null) return null;
  const saved = UUID.test(map) ? await read((trx) => findMapping(trx, kind, { id: map })) : null;
  const found = saved?.mapping ?? parsedMap(map);
  if (found) return found;
  const what = { zh: '不认识这个列对应关系。', en: 'The mapping is not known.' };
  const detail = {
    zh: '应为已存对应关系的编号，或 JSON：{列名: 字段}。',
    en: 'Must be the identifier of a saved mapping or JSON {header: field}.',
  };
  throw new RuleViolationError(what, [{ pointer: '/map', detail }]);
}

function parsedMap(text: string): Mapping | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const members = Object.entries(value);
    const isMap = members.every(([, field]) => field === null || typeof field === 'string');
    return isMap ? (Object.fromEntries(members) as Mapping) : null;
  } catch {
    return null;
  }
}
