import type { Budgets } from './budgets.ts';
import { broken, tooLarge } from './refusal.ts';

/** Arrays around a position, by geometry type. */
const LEVELS: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ['Point', 0],
  ['MultiPoint', 1],
  ['LineString', 1],
  ['MultiLineString', 2],
  ['Polygon', 2],
  ['MultiPolygon', 3],
]);

export type CheckedGeometry = { readonly type: string; readonly coordinates: unknown };

/** Counts vertices over the features of a file and keeps type and coordinates, nothing else. */
export type GeometryChecker = (geometry: unknown, row: number) => CheckedGeometry | null;

/**
 * Checks that geometries are what their type says: finite numbers, two to four to a position, no
 * deeper and no larger than the budgets. Ranges, rings and crossings depend on the coordinate system
 * and are not looked at. Throws a refusal with the feature's ordinal.
 */
export function createGeometryChecker(budgets: Budgets): GeometryChecker {
  let total = 0;
  return (geometry, row) => {
    if (geometry === null || geometry === undefined) return null;
    if (typeof geometry !== 'object') throw noGeometry(row);
    const { type, coordinates } = geometry as Record<string, unknown>;
    const vertices = countVertices(coordinates, budgets.depth, row);
    total += vertices;
    if (vertices > budgets.verticesPerFeature) throw tooManyVertices(budgets, row);
    if (total > budgets.vertices) throw tooManyInFile(budgets, row);
    const levels = LEVELS.get(type);
    if (levels === undefined) throw otherType(type, row);
    if (!isNested(coordinates, levels)) throw badCoordinates(row);
    return { type: String(type), coordinates };
  };
}

/** Innermost arrays, counted before anything else looks at the coordinates. */
function countVertices(value: unknown, depth: number, row: number): number {
  if (!Array.isArray(value)) return 0;
  if (depth === 0) throw tooDeep(row);
  let count = 0;
  let isInner = true;
  for (const item of value) {
    if (!Array.isArray(item)) continue;
    isInner = false;
    count += countVertices(item, depth - 1, row);
  }
  return isInner ? 1 : count;
}

function isNested(value: unknown, levels: number): boolean {
  if (!Array.isArray(value)) return false;
  if (levels > 0) return value.every((item) => isNested(item, levels - 1));
  return value.length >= 2 && value.length <= 4 && value.every(Number.isFinite);
}

function noGeometry(row: number): Error {
  return broken(
    `第 ${row} 个要素的 geometry 不是几何对象。`,
    `The geometry of feature ${row} is no object.`,
    { row, column: 'geometry' },
  );
}

function otherType(type: unknown, row: number): Error {
  const name = typeof type === 'string' ? type.slice(0, 40) : typeof type;
  return broken(
    `第 ${row} 个要素的几何类型“${name}”不受支持；可用点、线、面及其 Multi 类型。`,
    `Feature ${row} has the geometry type "${name}", which is not supported; points, lines, polygons and their Multi types are.`,
    { row, column: 'geometry' },
  );
}

function badCoordinates(row: number): Error {
  return broken(
    `第 ${row} 个要素的坐标不正确：每个位置应为 2 至 4 个有限的数值，层数应与几何类型一致。`,
    `The coordinates of feature ${row} are wrong: each position is 2 to 4 finite numbers, nested as its geometry type says.`,
    { row, column: 'geometry' },
  );
}

function tooDeep(row: number): Error {
  return broken(
    `第 ${row} 个要素的坐标嵌套过深，已拒绝。`,
    `The coordinates of feature ${row} are nested too deep and were refused.`,
    { row, column: 'geometry' },
  );
}

function tooManyVertices({ verticesPerFeature }: Budgets, row: number): Error {
  return tooLarge(
    `第 ${row} 个要素的顶点超过 ${verticesPerFeature} 个。请简化图形后再导入。`,
    `Feature ${row} has more than ${verticesPerFeature} vertices. Simplify its shape.`,
    { row, column: 'geometry' },
  );
}

function tooManyInFile({ vertices }: Budgets, row: number): Error {
  return tooLarge(
    `文件的顶点总数超过 ${vertices} 个。请简化图形或拆成几个文件。`,
    `The file has more than ${vertices} vertices. Simplify the shapes or split the file.`,
    { row },
  );
}
