import { isLevel, levelStyle } from '#server/domain/level.ts';
import type { Level } from '#server/domain/level.ts';
import { drawCentred, hatchLines } from './canvas.ts';
import type { Picture } from './canvas.ts';
import { GREY, palettes, withAlpha } from './palette.ts';
import type { Theme } from './palette.ts';

/** A works with a strip in the colour of its worst point; never mistaken for a risk point. */
export type EnterpriseSpec = { readonly theme: Theme; readonly level: Level | null };

/** Reads `enterprise|theme|class`; null when the id is something else. */
export function parseEnterpriseId(id: string): EnterpriseSpec | null {
  const [tag, theme, key] = id.split('|');
  if (tag !== 'enterprise' || (theme !== 'light' && theme !== 'dark')) return null;
  const level = Number(key);
  return { theme, level: isLevel(level) ? level : null };
}

/** Draws the marker of an enterprise: card, roof line, level strip. */
export function drawEnterprise(spec: EnterpriseSpec, pixelRatio: number): Picture {
  const palette = palettes[spec.theme];
  return drawCentred(26, pixelRatio, (context) => {
    context.save();
    context.shadowColor = withAlpha('#0B1119', spec.theme === 'light' ? 0.3 : 0.7);
    context.shadowBlur = 4;
    context.shadowOffsetY = 1;
    context.fillStyle = palette.card;
    context.beginPath();
    context.roundRect(-9, -9, 18, 18, 4);
    context.fill();
    context.restore();
    drawWorks(context, palette.ink);
    drawStrip(context, spec);
    context.strokeStyle = withAlpha(palette.ink, 0.75);
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(-9, -9, 18, 18, 4);
    context.stroke();
  });
}

/** Saw-tooth roof and a chimney. */
function drawWorks(context: CanvasRenderingContext2D, ink: string): void {
  context.fillStyle = withAlpha(ink, 0.82);
  context.beginPath();
  for (const [x, y] of [
    [-6, 3],
    [-6, -3.5],
    [-2.4, -1],
    [-2.4, -3.5],
    [1.2, -1],
    [1.2, -6.5],
    [3, -6.5],
    [3, -1],
    [6, -1],
    [6, 3],
  ] as const) {
    context.lineTo(x, y);
  }
  context.closePath();
  context.fill();
}

function drawStrip(context: CanvasRenderingContext2D, { level }: EnterpriseSpec): void {
  context.save();
  context.beginPath();
  context.roundRect(-9, -9, 18, 18, 4);
  context.clip();
  context.beginPath();
  context.rect(-9, 4.4, 18, 4.6);
  context.clip();
  context.fillStyle = level === null ? '#DDE2E8' : levelStyle[level].colour;
  context.fillRect(-9, 4.4, 18, 4.6);
  if (level === null) {
    context.strokeStyle = GREY;
    hatchLines(context, 12, 2.6, 1.2);
  }
  context.restore();
}
