import type { Position } from '../geometry/bbox.ts';

/** 1e-11 degrees are about a micrometre. */
const CLOSE_ENOUGH_DEGREES = 1e-11;

/** Each step shrinks the error to under one per cent, so five are usual. */
const MOST_STEPS = 12;

/**
 * The position that `forward` sends to `target`, by fixed-point iteration from `target`. Both are [lon, lat] in degrees;
 * `forward` must be a smooth shift of under a kilometre, as the map encryptions are.
 */
export function invertShift(forward: (position: Position) => Position, target: Position): Position {
  let guess = target;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const [lon, lat] = forward(guess);
    const [east, north] = [target[0] - lon, target[1] - lat];
    guess = [guess[0] + east, guess[1] + north];
    if (Math.abs(east) + Math.abs(north) < CLOSE_ENOUGH_DEGREES) break;
  }
  return guess;
}
