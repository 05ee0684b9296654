import { LEVELS, levelStyle } from '#server/domain/level.ts';
import { LEGEND_KEYS } from '#client/state/url-state.ts';
import type { Language, LegendKey } from '#client/state/url-state.ts';
import { canvasFont, drawCentred, hatchLines } from './canvas.ts';
import type { Picture } from './canvas.ts';
import { GREY, palettes, withAlpha } from './palette.ts';
import type { MapPalette, Theme } from './palette.ts';
import { ringRadius } from './ring-size.ts';
import type { RingKind } from './ring-size.ts';

/** What a ring shows: how many points of each legend class, in the legend's order. */
export type RingSpec = {
  readonly theme: Theme;
  readonly lang: Language;
  readonly kind: RingKind;
  readonly counts: readonly number[];
};

/** One sector of a ring, angles in radians, clockwise from twelve o'clock. */
export type Sector = {
  readonly key: LegendKey;
  readonly from: number;
  readonly to: number;
};

/** Least sector drawn: a single 重大 among thousands must not vanish. */
const LEAST_ANGLE = 0.16;

/** Reads `ring|theme|lang|kind|n1,n2,…`; null when the id is something else. */
export function parseRingId(id: string): RingSpec | null {
  const [tag, theme, lang, kind, text] = id.split('|');
  if (tag !== 'ring' || text === undefined) return null;
  if (theme !== 'light' && theme !== 'dark') return null;
  if (kind !== 'area' && kind !== 'area-compact' && kind !== 'cell') return null;
  const counts = LEGEND_KEYS.map((_, index) => Number(text.split(',')[index] ?? 0) || 0);
  return { theme, lang: lang === 'en' ? 'en' : 'zh-CN', kind, counts };
}

/** Sectors worst first; every class with at least one point gets a visible share. */
export function ringSectors(counts: readonly number[]): readonly Sector[] {
  const present = LEGEND_KEYS.map((key, index) => ({ key, count: counts[index] ?? 0 })).filter(
    ({ count }) => count > 0,
  );
  const total = present.reduce((sum, { count }) => sum + count, 0);
  const angles = present.map(({ count }) => Math.max(LEAST_ANGLE, (count / total) * 2 * Math.PI));
  const scale = (2 * Math.PI) / angles.reduce((sum, angle) => sum + angle, 0);
  let from = 0;
  return present.map(({ key }, index) => {
    const to = from + (angles[index] ?? 0) * scale;
    const sector = { key, from, to };
    from = to;
    return sector;
  });
}

/** The number in the middle: all points but the not applicable ones, unless there are only those. */
export function ringTotal(counts: readonly number[]): number {
  const sum = counts.reduce((total, count) => total + count, 0);
  const notApplicable = counts[LEGEND_KEYS.indexOf('not_applicable')] ?? 0;
  return sum === notApplicable ? sum : sum - notApplicable;
}

/** At most four characters: 9999, 1.2万, 120万; 12k, 1.2M in English. */
export function shortCount(count: number, lang: Language): string {
  if (count < 10_000) return String(count);
  const [unit, word] = lang === 'en' ? englishUnit(count) : ([10_000, '万'] as const);
  const value = count / unit;
  return `${value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value)}${word}`;
}

function englishUnit(count: number): readonly [number, string] {
  return count < 1_000_000 ? [1000, 'k'] : [1_000_000, 'M'];
}

/** Draws the ring chart: shares, total, and a rim in the colour of the worst class. */
export function drawRing(spec: RingSpec, pixelRatio: number): Picture {
  const palette = palettes[spec.theme];
  const total = ringTotal(spec.counts);
  const radius = ringRadius(spec.kind, total);
  const sectors = ringSectors(spec.counts);
  return drawCentred(2 * (radius + 4), pixelRatio, (context) => {
    drawDisc(context, palette, radius, spec.theme);
    const inner = radius - bandWidth(radius);
    for (const sector of sectors) drawSector(context, sector, palette, radius - 1.5, inner);
    drawGaps(context, sectors, palette, radius - 1.5, inner);
    drawRims(context, palette, radius, inner);
    drawTotal(context, shortCount(total, spec.lang), palette, inner);
  });
}

function bandWidth(radius: number): number {
  return Math.max(3.4, Math.min(9, radius * 0.31 - 1.2)) + 1.5;
}

function drawDisc(
  context: CanvasRenderingContext2D,
  palette: MapPalette,
  radius: number,
  theme: Theme,
): void {
  context.save();
  context.shadowColor = withAlpha('#0B1119', theme === 'light' ? 0.34 : 0.75);
  context.shadowBlur = 4;
  context.shadowOffsetY = 1;
  context.fillStyle = palette.card;
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.fill();
  context.restore();
}

function drawSector(
  context: CanvasRenderingContext2D,
  { key, from, to }: Sector,
  palette: MapPalette,
  outer: number,
  inner: number,
): void {
  const start = from - Math.PI / 2;
  const end = to - Math.PI / 2;
  context.save();
  context.beginPath();
  context.arc(0, 0, outer, start, end);
  context.arc(0, 0, inner, end, start, true);
  context.closePath();
  context.fillStyle = sectorFill(key, palette);
  context.fill();
  context.clip();
  if (key === 'not_assessed' || key === 'expired') {
    context.strokeStyle = withAlpha(palette.ink, key === 'expired' ? 0.72 : 0.3);
    hatchLines(context, outer, key === 'expired' ? 2.6 : 4, key === 'expired' ? 1.3 : 1);
  }
  if (key === 'not_applicable') drawDots(context, palette, outer);
  context.restore();
}

function sectorFill(key: LegendKey, palette: MapPalette): string {
  const level = LEVELS.find((each) => String(each) === key);
  if (level !== undefined) return levelStyle[level].colour;
  return key === 'not_applicable'
    ? withAlpha(GREY, 0.16)
    : palette.card === '#FFFFFF'
      ? '#C3CAD2'
      : '#5C6774';
}

function drawDots(context: CanvasRenderingContext2D, palette: MapPalette, outer: number): void {
  context.fillStyle = withAlpha(palette.ink, 0.4);
  for (let x = -outer; x <= outer; x += 3) {
    for (let y = -outer; y <= outer; y += 3) context.fillRect(x, y, 1, 1);
  }
}

/** A hairline between neighbours, so that orange beside yellow stays two shares. */
function drawGaps(
  context: CanvasRenderingContext2D,
  sectors: readonly Sector[],
  palette: MapPalette,
  outer: number,
  inner: number,
): void {
  if (sectors.length < 2) return;
  context.strokeStyle = palette.card;
  context.lineWidth = 1;
  for (const { from } of sectors) {
    const angle = from - Math.PI / 2;
    context.beginPath();
    context.moveTo(inner * Math.cos(angle), inner * Math.sin(angle));
    context.lineTo(outer * Math.cos(angle), outer * Math.sin(angle));
    context.stroke();
  }
}

/** Dark edges inside and out: yellow on white has none of its own. */
function drawRims(
  context: CanvasRenderingContext2D,
  palette: MapPalette,
  radius: number,
  inner: number,
): void {
  const edge = palette.card === '#FFFFFF' ? '#14181F' : '#000000';
  for (const [at, alpha, width] of [
    [radius - 1, 0.85, 1.25],
    [inner, 0.35, 0.75],
  ] as const) {
    context.strokeStyle = withAlpha(edge, alpha);
    context.lineWidth = width;
    context.beginPath();
    context.arc(0, 0, at, 0, 2 * Math.PI);
    context.stroke();
  }
}

function drawTotal(
  context: CanvasRenderingContext2D,
  text: string,
  palette: MapPalette,
  inner: number,
): void {
  const room = inner * 1.72;
  const pixels = Math.max(8.5, Math.min(15, room / (0.42 + text.length * 0.56)));
  context.font = canvasFont(650, pixels);
  context.fillStyle = palette.ink;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const box = context.measureText(text);
  const rise = (box.actualBoundingBoxAscent - box.actualBoundingBoxDescent) / 2;
  context.fillText(text, 0, rise);
}
