import gjv from 'geojson-validation';
import type { Fault } from '#server/domain/errors.ts';
import { shapeFaults } from '#server/domain/register/shape-rules.ts';

const POINTER = '/geometry';
const NO_GEOMETRY = {
  zh: '不是 GeoJSON 几何图形（RFC 7946）。',
  en: 'Is not a GeoJSON geometry (RFC 7946).',
};

/** Every fault of a shape that can be told without the database. Stated in GeoJSON, EPSG:4326, [lon, lat]. */
export function givenShapeFaults(geometry: unknown): readonly Fault[] {
  const faults = shapeFaults(geometry, POINTER);
  if (faults.length > 0) return faults;
  // geojson-validation only adds: it passes what our own checks refuse, never the other way round.
  const isFeature = gjv.isFeature({ type: 'Feature', properties: {}, geometry });
  return isFeature ? [] : [{ pointer: POINTER, detail: NO_GEOMETRY }];
}
