import type { Position } from '../geometry/bbox.ts';

/** CGCS2000 (the GRS 80 figures): semi-major axis in metres, flattening. */
const AXIS = 6_378_137;
const FLATTENING = 1 / 298.257_222_101;

const E = Math.sqrt(FLATTENING * (2 - FLATTENING));
const N = FLATTENING / (2 - FLATTENING);

/** Radius of the sphere on which the meridian has its true length, metres. */
const RECTIFYING = (AXIS / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);

/**
 * Krüger's series in the third flattening to its fourth power, the coefficients of equations 35 and 36 of Karney,
 * "Transverse Mercator with an accuracy of a few nanometers", J. Geod. 85 (2011): under a micrometre in a 6° zone.
 */
const FORWARD = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180,
  (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
  (61 * N ** 3) / 240 - (103 * N ** 4) / 140,
  (49_561 * N ** 4) / 161_280,
] as const;

const INVERSE = [
  N / 2 - (2 * N ** 2) / 3 + (37 * N ** 3) / 96 - N ** 4 / 360,
  N ** 2 / 48 + N ** 3 / 15 - (437 * N ** 4) / 1440,
  (17 * N ** 3) / 480 - (37 * N ** 4) / 840,
  (4397 * N ** 4) / 161_280,
] as const;

/** Newton steps for the latitude: two reach a nanometre, the others cost nothing worth sparing. */
const STEPS = 4;

/** Central meridian in degrees; the easting that it has, metres. The scale on it is 1. */
export type TransverseAxis = { readonly centralMeridian: number; readonly falseEasting: number };

/** CGCS2000 degrees [lon, lat] → Gauss–Krüger metres [easting, northing]. */
export function toGaussKruger({ centralMeridian, falseEasting }: TransverseAxis, at: Position) {
  const lambda = ((at[0] - centralMeridian) * Math.PI) / 180;
  const tau = conformal(Math.tan((at[1] * Math.PI) / 180));
  const xi = Math.atan2(tau, Math.cos(lambda));
  const eta = Math.asinh(Math.sin(lambda) / Math.hypot(tau, Math.cos(lambda)));
  const [dXi, dEta] = series(FORWARD, xi, eta);
  return [falseEasting + RECTIFYING * (eta + dEta), RECTIFYING * (xi + dXi)] as const;
}

/** Gauss–Krüger metres [easting, northing] → CGCS2000 degrees [lon, lat]. */
export function fromGaussKruger(
  { centralMeridian, falseEasting }: TransverseAxis,
  [easting, northing]: readonly [easting: number, northing: number],
): Position {
  const [xi, eta] = [northing / RECTIFYING, (easting - falseEasting) / RECTIFYING];
  const [dXi, dEta] = series(INVERSE, xi, eta);
  const [xiSphere, etaSphere] = [xi - dXi, eta - dEta];
  const tau = Math.sin(xiSphere) / Math.hypot(Math.sinh(etaSphere), Math.cos(xiSphere));
  const lambda = Math.atan2(Math.sinh(etaSphere), Math.cos(xiSphere));
  return [centralMeridian + (lambda * 180) / Math.PI, (Math.atan(geographic(tau)) * 180) / Math.PI];
}

function series(
  coefficients: readonly number[],
  xi: number,
  eta: number,
): readonly [xi: number, eta: number] {
  let [north, east] = [0, 0];
  coefficients.forEach((coefficient, index) => {
    const twice = 2 * (index + 1);
    north += coefficient * Math.sin(twice * xi) * Math.cosh(twice * eta);
    east += coefficient * Math.cos(twice * xi) * Math.sinh(twice * eta);
  });
  return [north, east];
}

/** Tangent of the geographic latitude → tangent of the conformal latitude (Karney 2011, equations 7 to 9). */
function conformal(tau: number): number {
  const sec = Math.hypot(1, tau);
  const sigma = Math.sinh(E * Math.atanh((E * tau) / sec));
  return tau * Math.hypot(1, sigma) - sigma * sec;
}

/** The inverse of `conformal` by Newton's method (Karney 2011, equations 19 to 21). */
function geographic(target: number): number {
  let tau = target;
  for (let step = 0; step < STEPS; step += 1) {
    const reached = conformal(tau);
    const slope = (1 + (1 - E ** 2) * tau ** 2) / ((1 - E ** 2) * Math.hypot(1, tau));
    tau += ((target - reached) / Math.hypot(1, reached)) * slope;
  }
  return tau;
}
