import { isLevel, levelStyle, stateStyle } from '#server/domain/level.ts';
import type { Level } from '#server/domain/level.ts';
import type { Language } from '#client/state/url-state.ts';
import { letterIn } from '#client/ui/words.ts';
import { canvasFont, drawCentred, hatchLines, numeralFont } from './canvas.ts';
import type { Picture } from './canvas.ts';
import { GREY, MARK_INK, palettes, withAlpha } from './palette.ts';
import type { Theme } from './palette.ts';

/** A point's symbol: colour, letter and shape say the same thing three times. */
export type PointSpec = {
  readonly theme: Theme;
  /** Level that paints, or null for a grey state. */
  readonly level: Level | null;
  readonly state: 'assessed' | 'not_assessed' | 'expired' | 'not_applicable';
  /** Level an expired point had: it keeps that level's shape and edge. */
  readonly lastLevel: Level | null;
  /** A worse level that the dynamic rules give while the assessed one paints. */
  readonly raised: Level | null;
  /** Language of the letter. */
  readonly lang: Language;
};

/** Edge of the picture, CSS pixels; the mark itself is about 24 wide. */
const SIZE = 34;
const RADIUS = 11;

/** Reads `point|theme|class|lastLevel|raised|lang`; null when the id is something else. */
export function parsePointId(id: string): PointSpec | null {
  const [tag, theme, key, last, raised, lang] = id.split('|');
  if (tag !== 'point' || (theme !== 'light' && theme !== 'dark')) return null;
  const level = levelOf(key);
  const state =
    level !== null
      ? 'assessed'
      : key === 'expired' || key === 'not_applicable'
        ? key
        : 'not_assessed';
  return {
    theme,
    level,
    state,
    lastLevel: levelOf(last),
    raised: levelOf(raised),
    lang: lang === 'en' ? 'en' : 'zh-CN',
  };
}

function levelOf(text: string | undefined): Level | null {
  const value = Number(text);
  return isLevel(value) ? value : null;
}

/** Draws the symbol of a single risk point. */
export function drawPoint(spec: PointSpec, pixelRatio: number): Picture {
  return drawCentred(SIZE, pixelRatio, (context) => {
    const shape = spec.level ?? (spec.state === 'expired' ? spec.lastLevel : null);
    drawBody(context, spec, shape);
    drawLetter(context, spec, shape);
    if (spec.raised !== null) drawBadge(context, spec.raised, spec.theme);
  });
}

function drawBody(context: CanvasRenderingContext2D, spec: PointSpec, shape: Level | null): void {
  const { card } = palettes[spec.theme];
  context.lineJoin = 'round';
  context.save();
  context.shadowColor = withAlpha('#0B1119', spec.theme === 'light' ? 0.35 : 0.8);
  context.shadowBlur = 4;
  context.shadowOffsetY = 1;
  tracePath(context, shape, RADIUS);
  context.strokeStyle = withAlpha(spec.theme === 'light' ? card : '#EEF1F5', 0.95);
  context.lineWidth = 4.5;
  context.stroke();
  context.restore();
  tracePath(context, shape, RADIUS);
  context.fillStyle = bodyColour(spec);
  context.fill();
  drawTexture(context, spec, shape);
  drawEdge(context, spec, shape);
}

function bodyColour(spec: PointSpec): string {
  if (spec.level !== null) return levelStyle[spec.level].colour;
  return spec.state === 'not_applicable' ? '#EDF0F3' : '#CFD5DC';
}

function drawTexture(
  context: CanvasRenderingContext2D,
  spec: PointSpec,
  shape: Level | null,
): void {
  if (spec.level !== null) return;
  context.save();
  tracePath(context, shape, RADIUS);
  context.clip();
  if (spec.state === 'not_applicable') {
    context.fillStyle = GREY;
    for (let x = -12; x <= 12; x += 4) {
      for (let y = -12; y <= 12; y += 4) context.fillRect(x, y, 1.2, 1.2);
    }
  } else {
    context.strokeStyle = withAlpha(GREY, 0.95);
    hatchLines(context, RADIUS + 4, 3.6, 1.4);
  }
  context.restore();
}

/** The dark ring that yellow needs; an expired point wears its last level under it. */
function drawEdge(context: CanvasRenderingContext2D, spec: PointSpec, shape: Level | null): void {
  if (spec.state === 'expired' && spec.lastLevel !== null) {
    tracePath(context, shape, RADIUS - 1.6);
    context.strokeStyle = levelStyle[spec.lastLevel].colour;
    context.lineWidth = 3.2;
    context.stroke();
  }
  tracePath(context, shape, RADIUS);
  context.strokeStyle = spec.state === 'not_applicable' ? '#5A6473' : MARK_INK;
  context.lineWidth = 1.4;
  if (spec.state === 'not_applicable') context.setLineDash([2.5, 2]);
  context.stroke();
  context.setLineDash([]);
}

function drawLetter(context: CanvasRenderingContext2D, spec: PointSpec, shape: Level | null): void {
  const isGrey = spec.level === null;
  // Ⅳ as the two letters I and V: every serif font has those.
  const letter =
    spec.level !== null ? levelStyle[spec.level].letter.normalize('NFKC') : greyLetter(spec);
  context.font = isGrey ? canvasFont(700, 11) : numeralFont(spec.level === 3 ? 12 : 13);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const box = context.measureText(letter);
  const rise = (box.actualBoundingBoxAscent - box.actualBoundingBoxDescent) / 2;
  const y = rise + (shape === 2 ? 2.4 : 0);
  if (isGrey) {
    context.strokeStyle = 'rgba(255, 255, 255, 0.92)';
    context.lineWidth = 3;
    context.strokeText(letter, 0, y);
  }
  context.fillStyle = spec.level !== null ? levelStyle[spec.level].textColour : MARK_INK;
  context.fillText(letter, 0, y);
}

function greyLetter(spec: PointSpec): string {
  if (spec.state === 'assessed') return '';
  const letter = letterIn(stateStyle[spec.state].letter, spec.lang);
  // The full-width question mark sits in the left half of its box.
  return letter === '？' ? '?' : letter;
}

function drawBadge(context: CanvasRenderingContext2D, raised: Level, theme: Theme): void {
  context.beginPath();
  context.arc(9.5, -9.5, 4.6, 0, 2 * Math.PI);
  context.fillStyle = levelStyle[raised].colour;
  context.fill();
  context.strokeStyle = theme === 'light' ? '#FFFFFF' : '#EEF1F5';
  context.lineWidth = 1.6;
  context.stroke();
}

/** Diamond, triangle, square, circle from the worst level down; a circle without one. */
function tracePath(context: CanvasRenderingContext2D, shape: Level | null, radius: number): void {
  context.beginPath();
  if (shape === 1)
    polygon(
      context,
      [
        [0, -1.18],
        [1.18, 0],
        [0, 1.18],
        [-1.18, 0],
      ],
      radius,
    );
  else if (shape === 2)
    polygon(
      context,
      [
        [0, -1.16],
        [1.16, 0.9],
        [-1.16, 0.9],
      ],
      radius,
    );
  else if (shape === 3)
    polygon(
      context,
      [
        [-0.9, -0.9],
        [0.9, -0.9],
        [0.9, 0.9],
        [-0.9, 0.9],
      ],
      radius,
    );
  else context.arc(0, 0, radius, 0, 2 * Math.PI);
}

function polygon(
  context: CanvasRenderingContext2D,
  corners: readonly (readonly [number, number])[],
  radius: number,
): void {
  for (const [x, y] of corners) context.lineTo(x * radius, y * radius);
  context.closePath();
}
