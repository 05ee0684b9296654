import type { Expr } from './expressions.ts';

/** Rings of areas, of areas on a small screen, and of cells of points. */
export type RingKind = 'area' | 'area-compact' | 'cell';

type Scale = { readonly factor: number; readonly min: number; readonly max: number };

/** Radius in CSS pixels = factor · ⁴√count: the area of a ring grows with the square root of its count. */
const scales: Readonly<Record<RingKind, Scale>> = {
  area: { factor: 6, min: 15, max: 42 },
  'area-compact': { factor: 4.1, min: 14, max: 27 },
  cell: { factor: 5.6, min: 15.5, max: 30 },
};

/** Outer radius of a ring, CSS pixels. */
export function ringRadius(kind: RingKind, count: number): number {
  const { factor, min, max } = scales[kind];
  return Math.max(min, Math.min(max, factor * Math.max(0, count) ** 0.25));
}

/** The same as a style expression, so that a label can stand outside its ring. */
export function ringRadiusOf(kind: RingKind, count: Expr): Expr {
  const { factor, min, max } = scales[kind];
  return ['max', min, ['min', max, ['*', factor, ['^', count, 0.25]]]];
}
