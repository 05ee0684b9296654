import { isLevel, levelStyle } from '#server/domain/level.ts';
import type { LevelPattern } from '#server/domain/level.ts';
import { drawCorner } from './canvas.ts';
import type { Picture } from './canvas.ts';
import { palettes, withAlpha } from './palette.ts';
import type { MapPalette, Theme } from './palette.ts';

/** Edge of a pattern tile, CSS pixels; every line repeats over it without a seam. */
const SIZE = 16;

export type AreaGrey = 'not_assessed' | 'insufficient' | 'not_applicable' | 'no_data';

/** Id of the pattern that goes over a level's fill. */
export function levelPatternId(theme: Theme, level: number): string {
  return `pattern|${theme}|${level}`;
}

/** Id of the hatch that stands for an area without a level. */
export function hatchId(theme: Theme, state: AreaGrey): string {
  return `hatch|${theme}|${state}`;
}

/**
 * The second channel of a level, quiet enough to leave the colour alone: dense diagonal, open
 * diagonal, dots, nothing.
 */
export function drawLevelPattern(theme: Theme, level: number, pixelRatio: number): Picture {
  const pattern: LevelPattern = isLevel(level) ? levelStyle[level].pattern : 'plain';
  const ink = theme === 'light' ? '#14181F' : '#000000';
  return drawCorner(SIZE, pixelRatio, (context) => {
    context.strokeStyle = withAlpha(ink, 0.16);
    context.fillStyle = withAlpha(ink, 0.2);
    if (pattern === 'dense-diagonal') diagonals(context, 4, 0.9);
    if (pattern === 'open-diagonal') diagonals(context, 8, 0.9);
    if (pattern === 'dots') dots(context, 8, 0.95);
  });
}

/** Grey states never look like a level: hatch on a neutral ground, dots for what does not apply. */
export function drawHatch(theme: Theme, state: AreaGrey, pixelRatio: number): Picture {
  const palette = palettes[theme];
  return drawCorner(SIZE, pixelRatio, (context) => {
    context.fillStyle = withAlpha(palette.hatchGround, state === 'no_data' ? 0.35 : 0.92);
    context.fillRect(0, 0, SIZE, SIZE);
    hatchMarks(context, palette, state);
  });
}

function hatchMarks(context: CanvasRenderingContext2D, palette: MapPalette, state: AreaGrey): void {
  context.strokeStyle = withAlpha(palette.hatch, 0.85);
  context.fillStyle = withAlpha(palette.hatch, 0.6);
  if (state === 'not_assessed') diagonals(context, 8, 1.6);
  if (state === 'not_applicable') dots(context, 8, 1.1);
  if (state === 'insufficient') {
    diagonals(context, 8, 1.2);
    diagonals(context, 16, 1.2, true);
  }
}

/** Lines from lower left to upper right, or the other way, that meet at the tile's edges. */
function diagonals(
  context: CanvasRenderingContext2D,
  step: number,
  width: number,
  isFalling = false,
): void {
  context.lineWidth = width;
  context.beginPath();
  for (let offset = -SIZE; offset <= 2 * SIZE; offset += step) {
    context.moveTo(offset - SIZE, isFalling ? -SIZE : 2 * SIZE);
    context.lineTo(offset + 2 * SIZE, isFalling ? 2 * SIZE : -SIZE);
  }
  context.stroke();
}

function dots(context: CanvasRenderingContext2D, step: number, radius: number): void {
  for (let row = 0; row < SIZE / step; row += 1) {
    for (let column = 0; column < SIZE / step; column += 1) {
      context.beginPath();
      const shift = row % 2 === 0 ? step * 0.25 : step * 0.75;
      context.arc(column * step + shift, (row + 0.5) * step, radius, 0, 2 * Math.PI);
      context.fill();
    }
  }
}
