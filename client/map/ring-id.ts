import { LEGEND_KEYS } from '#client/state/url-state.ts';
import type { Expr } from './expressions.ts';
import { shownCount } from './expressions.ts';
import type { LayerContext } from './layer-module.ts';
import type { RingKind } from './ring-size.ts';

/** `ring|theme|lang|kind|counts` of a feature: the id carries all that the picture shows. */
export function ringId(kind: RingKind, { theme, lang, hide }: LayerContext): Expr {
  const counts = LEGEND_KEYS.flatMap((key, index) => [
    ...(index === 0 ? [] : [',']),
    ['to-string', shownCount(key, hide)],
  ]);
  return ['concat', `ring|${theme}|${lang}|${kind}|`, ...counts] as unknown as Expr;
}
