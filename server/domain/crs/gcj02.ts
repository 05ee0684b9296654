import { containsPosition, expandBbox } from '../geometry/bbox.ts';
import type { Bbox, Position } from '../geometry/bbox.ts';

import { invertShift } from './invert.ts';

/** Where the shift applies, WGS 84 degrees; the rule of the published community code. */
const SHIFTED: Bbox = [73.66, 3.86, 135.05, 53.55];

/** Beyond this no encrypted position lies: the shifts are under 0.02°. */
const REACH = expandBbox(SHIFTED, 0.05);

/** The Krasovsky 1940 ellipsoid, which the published formula uses: semi-major axis in metres, squared eccentricity. */
const AXIS = 6_378_245;
const ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;

/** Whether a WGS 84 position lies where GCJ-02 and BD-09 differ from WGS 84. */
export function isShifted(position: Position): boolean {
  return containsPosition(SHIFTED, position);
}

/**
 * WGS 84 → GCJ-02, both [lon, lat] in degrees. The law keeps the formula secret; this is the one the community recovered
 * and published (constants as in coordtransform and gcoord). Outside the rectangle of China it is the identity.
 */
export function wgs84ToGcj02(position: Position): Position {
  return isShifted(position) ? shift(position) : position;
}

/** GCJ-02 → WGS 84 by iteration, well under a millimetre from the exact inverse of `wgs84ToGcj02`. */
export function gcj02ToWgs84(position: Position): Position {
  return unshifted(position, (shifted) => invertShift(shift, shifted));
}

/** What `inverse` finds, where that lies in the rectangle; elsewhere the position itself. */
export function unshifted(position: Position, inverse: (at: Position) => Position): Position {
  if (!containsPosition(REACH, position)) return position;
  const found = inverse(position);
  return isShifted(found) ? found : position;
}

/** The shift without the rule of the rectangle: smooth, so that its inverse exists at the rectangle's edge too. */
export function shift([lon, lat]: Position): Position {
  const [east, north] = shiftMetres(lon - 105, lat - 35);
  const phi = (lat * Math.PI) / 180;
  const magic = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) ** 2;
  const meridianRadius = (AXIS * (1 - ECCENTRICITY_SQUARED)) / (magic * Math.sqrt(magic));
  const parallelRadius = (AXIS / Math.sqrt(magic)) * Math.cos(phi);
  return [
    lon + (east * 180) / (parallelRadius * Math.PI),
    lat + (north * 180) / (meridianRadius * Math.PI),
  ];
}

/** Metres east and north; x and y are degrees from 105° E, 35° N. */
function shiftMetres(x: number, y: number): readonly [east: number, north: number] {
  const root = Math.sqrt(Math.abs(x));
  const ripple = wave(20, 6 * x) + wave(20, 2 * x);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
  const eastWaves = wave(20, x) + wave(40, x / 3) + wave(150, x / 12) + wave(300, x / 30);
  const northWaves = wave(20, y) + wave(40, y / 3) + wave(160, y / 12) + wave(320, y / 30);
  return [east + ripple + eastWaves, north + ripple + northWaves];
}

function wave(amplitude: number, halfTurns: number): number {
  return (amplitude * 2 * Math.sin(halfTurns * Math.PI)) / 3;
}
