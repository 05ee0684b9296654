import type { Bilingual } from '../bilingual.ts';
import { coordinateFaults } from '../crs/coordinate-faults.ts';
import type { Position } from '../geometry/bbox.ts';
import { checkGeometry } from '../geometry/check-geometry.ts';

import { MAX_LATITUDE } from '../register/shared-rules.ts';

import type { Place, ShapeGeometry, StatedRegion } from './evaluated-row.ts';
import { latitudeFault, shapeProblem } from './place-faults.ts';
import type { RowCells } from './row-cells.ts';
import { convertCoordinates, firstVertex, positionOn } from './shape-place.ts';
import type { CheckedShape } from './shape-place.ts';

const MOST_SHAPE_FAULTS = 5;

const KNOWN_SHAPES: Bilingual = {
  zh: '点、线、多线、面或多面（GeoJSON）',
  en: 'Point, LineString, MultiLineString, Polygon or MultiPolygon (GeoJSON)',
};

/** The place of a GeoJSON geometry under the reading of the file; null with its faults, or while that is not decided. */
export function readShape(cells: RowCells, geometry: unknown, stated: StatedRegion): Place | null {
  const { reading } = cells.plan;
  if (reading === null) return null;
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  const first = firstVertex(coordinates);
  if (first !== null) {
    const fault = coordinateFaults(first[0], first[1], reading, cells.line('crs') ?? '');
    if (fault !== null) {
      cells.fault(null, fault.problem, fault.expected, first.join(', '));
      return null;
    }
  }
  const shape = checked(cells, { type, coordinates: convertCoordinates(coordinates, reading) });
  if (shape === null || first === null) return null;
  const original = { x: String(first[0]), y: String(first[1]), ...reading };
  return { ...placeOf(cells, shape), original, stated };
}

type Checked = CheckedShape | { readonly type: 'Point'; readonly coordinates: Position };

function checked(
  cells: RowCells,
  converted: { readonly type: unknown; readonly coordinates: unknown },
): Checked | null {
  const { faults } = checkGeometry(converted, '', MOST_SHAPE_FAULTS);
  for (const fault of faults) cells.fault(null, shapeProblem(fault), KNOWN_SHAPES);
  if (faults.length > 0) return null;
  const shape = withoutSinglePoint(converted);
  if (shape === null) {
    const problem: Bilingual = {
      zh: '一行有几个点（MultiPoint）',
      en: 'One row has several points (MultiPoint)',
    };
    cells.fault(null, problem, KNOWN_SHAPES);
    return null;
  }
  const latitude = latitudeBeyond(shape.coordinates);
  if (latitude === null) return shape;
  cells.fault(null, ...latitudeFault(latitude));
  return null;
}

/** A MultiPoint of one is a point, of several nothing that the register holds. */
function withoutSinglePoint(converted: {
  readonly type: unknown;
  readonly coordinates: unknown;
}): Checked | null {
  const shape = converted as
    | Checked
    | { readonly type: 'MultiPoint'; readonly coordinates: readonly Position[] };
  if (shape.type !== 'MultiPoint') return shape;
  const [only, second] = shape.coordinates;
  return only && !second ? { type: 'Point', coordinates: only } : null;
}

function latitudeBeyond(coordinates: unknown): number | null {
  if (!Array.isArray(coordinates)) return null;
  const [lon, lat]: unknown[] = coordinates;
  if (typeof lon === 'number' && typeof lat === 'number') {
    return Math.abs(lat) > MAX_LATITUDE ? lat : null;
  }
  for (const part of coordinates) {
    const found = latitudeBeyond(part);
    if (found !== null) return found;
  }
  return null;
}

function placeOf(
  cells: RowCells,
  shape: Checked,
): { readonly position: Position; readonly geometry?: ShapeGeometry } {
  if (shape.type === 'Point') return { position: shape.coordinates };
  const position = positionOn(shape);
  if (cells.plan.kind !== 'enterprises') return { position, geometry: shape };
  cells.warn(null, {
    zh: '企业以点登记，取图形内的一点',
    en: 'An enterprise is registered as a point: one on the shape is taken',
  });
  return { position };
}
