import type { Position } from '../geometry/bbox.ts';

import { isShifted, shift, unshifted, wgs84ToGcj02 } from './gcj02.ts';
import { invertShift } from './invert.ts';

const WAVE = (Math.PI * 3000) / 180;

/**
 * GCJ-02 → BD-09, both [lon, lat] in degrees: a turn, a stretch and a constant shift in the plane of degrees.
 * Constants as published by the community (coordtransform, gcoord); Baidu publishes none.
 */
export function gcj02ToBd09([lon, lat]: Position): Position {
  const radius = Math.hypot(lon, lat) + 0.000_02 * Math.sin(lat * WAVE);
  const angle = Math.atan2(lat, lon) + 0.000_003 * Math.cos(lon * WAVE);
  return [radius * Math.cos(angle) + 0.0065, radius * Math.sin(angle) + 0.006];
}

/** BD-09 → GCJ-02 by iteration; the customary one-step inverse is off by some centimetres. */
export function bd09ToGcj02(position: Position): Position {
  return invertShift(gcj02ToBd09, position);
}

/** WGS 84 → BD-09 in degrees; the identity where GCJ-02 is the identity. */
export function wgs84ToBd09(position: Position): Position {
  return isShifted(position) ? gcj02ToBd09(wgs84ToGcj02(position)) : position;
}

/** BD-09 → WGS 84 in degrees, the exact inverse of `wgs84ToBd09` to well under a millimetre. */
export function bd09ToWgs84(position: Position): Position {
  return unshifted(position, (at) => invertShift(shift, bd09ToGcj02(at)));
}
