import type { Bilingual } from '../bilingual.ts';

import { ORIENTATIONS, SHAPE_FAMILY, SHAPES } from './coordinate-shape.ts';
import type { Orientation, Shape, ShapeFamily } from './coordinate-shape.ts';
import { findCrsWords } from './crs-words.ts';

/** Rows of each shape and order of axes. */
export type ShapeCounts = Readonly<Record<Shape, Readonly<Record<Orientation, number>>>>;

/** A value of the 坐标系 column with its number of rows. */
export type DeclaredValue = { readonly value: string; readonly rows: number };

export const FAMILY_NAMES: Readonly<Record<ShapeFamily, Bilingual>> = {
  degrees: { zh: '度', en: 'degrees' },
  plain: { zh: '米（高斯–克吕格，无带号）', en: 'metres (Gauss–Krüger without zone number)' },
  long: {
    zh: '米（带号前缀或 Web 墨卡托）',
    en: 'metres (with zone number, or Web Mercator)',
  },
  other: { zh: '米（其他）', en: 'metres (other)' },
};

/** Rows per family. */
export function familyCounts(counts: ShapeCounts): Readonly<Record<ShapeFamily, number>> {
  const rows = { degrees: 0, plain: 0, long: 0, other: 0 };
  for (const shape of SHAPES) {
    for (const orientation of ORIENTATIONS) rows[SHAPE_FAMILY[shape]] += counts[shape][orientation];
  }
  return rows;
}

/** Rows of an order of axes over all shapes. */
export function orientationCount(counts: ShapeCounts, orientation: Orientation): number {
  return SHAPES.reduce((sum, shape) => sum + counts[shape][orientation], 0);
}

/** Every way in which the rows of one file differ in their coordinate system, each with its numbers of rows. */
export function mixturesOf(
  counts: ShapeCounts,
  zones: ReadonlyMap<number, number>,
  declared: readonly DeclaredValue[],
): readonly Bilingual[] {
  return [
    ...mixedFamilies(counts),
    ...mixedProjections(counts),
    ...mixedOrders(counts),
    ...mixedZones(zones),
    ...mixedDeclarations(declared),
  ];
}

function mixedFamilies(counts: ShapeCounts): readonly Bilingual[] {
  const present = Object.entries(familyCounts(counts)).filter(([, rows]) => rows > 0);
  if (present.length < 2) return [];
  const parts = present.map(([family, rows]) => counted(FAMILY_NAMES[family as ShapeFamily], rows));
  return [listed({ zh: '坐标单位或形式不一致', en: 'The coordinates differ in form' }, parts)];
}

function mixedProjections(counts: ShapeCounts): readonly Bilingual[] {
  const [prefixed, mercator] = [total(counts, 'gkPrefixed'), total(counts, 'webMercator')];
  if (prefixed === 0 || mercator === 0) return [];
  const parts = [
    counted({ zh: '带号前缀的高斯–克吕格', en: 'Gauss–Krüger with zone number' }, prefixed),
    counted({ zh: 'Web 墨卡托', en: 'Web Mercator' }, mercator),
  ];
  return [listed({ zh: '投影不一致', en: 'The projections differ' }, parts)];
}

function mixedOrders(counts: ShapeCounts): readonly Bilingual[] {
  const normal = orientationCount(counts, 'normal');
  const swapped = orientationCount(counts, 'swapped');
  if (normal === 0 || swapped === 0) return [];
  const parts = [
    counted({ zh: '经度（东坐标）在前', en: 'longitude or easting first' }, normal),
    counted({ zh: '纬度（北坐标）在前', en: 'latitude or northing first' }, swapped),
  ];
  return [listed({ zh: '两列的顺序不一致', en: 'The order of the two columns differs' }, parts)];
}

function mixedZones(zones: ReadonlyMap<number, number>): readonly Bilingual[] {
  if (zones.size < 2) return [];
  const parts = [...zones]
    .sort(([a], [b]) => a - b)
    .map(([zone, rows]) => counted({ zh: `${zone} 带`, en: `zone ${zone}` }, rows));
  return [listed({ zh: '带号不一致', en: 'The zone numbers differ' }, parts)];
}

function mixedDeclarations(declared: readonly DeclaredValue[]): readonly Bilingual[] {
  const said = declared.map(({ value }) => findCrsWords([value]));
  // WGS 84 and CGCS2000 agree within a metre, and two spellings of one system are no mixture.
  const meanings = said.map((words) =>
    words.found.length + words.unsupported.length === 0
      ? null
      : JSON.stringify([
          words.crs.map((crs) => (crs === 'cgcs2000' ? 'wgs84' : crs)),
          words.meridians,
          words.zones,
          words.unsupported,
        ]),
  );
  if (new Set(meanings.filter((meaning) => meaning !== null)).size < 2) return [];
  const parts = declared
    .filter((_, index) => meanings[index] !== null)
    .map(({ value, rows }) => counted({ zh: value, en: value }, rows));
  return [listed({ zh: '坐标系一列的值不一致', en: 'The stated systems differ' }, parts)];
}

function total(counts: ShapeCounts, shape: Shape): number {
  return ORIENTATIONS.reduce((sum, orientation) => sum + counts[shape][orientation], 0);
}

function counted(what: Bilingual, rows: number): Bilingual {
  return { zh: `${what.zh} ${rows} 行`, en: `${what.en}: ${rows} ${rows === 1 ? 'row' : 'rows'}` };
}

function listed(problem: Bilingual, parts: readonly Bilingual[]): Bilingual {
  return {
    zh: `${problem.zh}：${parts.map(({ zh }) => zh).join('，')}`,
    en: `${problem.en}: ${parts.map(({ en }) => en).join(', ')}`,
  };
}
