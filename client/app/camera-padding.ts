export type Side = 'top' | 'right' | 'bottom' | 'left';
export type Padding = Readonly<Record<Side, number>>;

/** A floating card: where it stands in the window (CSS pixels) and which sides it may take away. */
export type Card = {
  readonly rect: Padding;
  /** A card in a corner names two sides; the one that costs the map less is taken. */
  readonly sides: readonly Side[];
};

export type Size = { readonly width: number; readonly height: number };

/** Width to height of what is usually framed: a province or city, with room for labels. */
const FRAMED_ASPECT = 1.25;
/** The free part never gets smaller than this, whatever lies on the map. */
const LEAST_FREE = 120;

export const NO_PADDING: Padding = { top: 0, right: 0, bottom: 0, left: 0 };

/**
 * Room to leave at each side of the map so that no card covers what is framed. Every choice of
 * sides is tried and the one that lets the framed area be drawn largest wins.
 */
export function cameraPadding(window: Size, cards: readonly Card[]): Padding {
  const choices = cards.reduce<readonly Padding[]>(
    (paddings, card) =>
      paddings.flatMap((padding) => card.sides.map((side) => grow(padding, card, side, window))),
    [NO_PADDING],
  );
  const best = choices.reduce((a, b) => (drawnSize(window, b) > drawnSize(window, a) ? b : a));
  return limit(window, best);
}

function grow(padding: Padding, card: Card, side: Side, window: Size): Padding {
  const { rect } = card;
  const taken: Padding = {
    top: rect.bottom,
    right: window.width - rect.left,
    bottom: window.height - rect.top,
    left: rect.right,
  };
  return { ...padding, [side]: Math.max(padding[side], Math.round(taken[side])) };
}

/** Height at which an area of the usual shape fits into the free part. */
function drawnSize({ width, height }: Size, padding: Padding): number {
  const freeWidth = width - padding.left - padding.right;
  const freeHeight = height - padding.top - padding.bottom;
  return Math.min(freeWidth / FRAMED_ASPECT, freeHeight);
}

/** Keeps a free part even under a drawer at full height. */
function limit({ width, height }: Size, padding: Padding): Padding {
  const across = shrink(padding.left, padding.right, width - LEAST_FREE);
  const down = shrink(padding.top, padding.bottom, height - LEAST_FREE);
  return { left: across[0], right: across[1], top: down[0], bottom: down[1] };
}

function shrink(a: number, b: number, room: number): readonly [number, number] {
  if (a + b <= room) return [a, b];
  const factor = Math.max(0, room) / (a + b);
  return [Math.floor(a * factor), Math.floor(b * factor)];
}
