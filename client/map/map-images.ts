import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Picture } from './canvas.ts';
import { drawCentred } from './canvas.ts';
import { drawEnterprise, parseEnterpriseId } from './enterprise-image.ts';
import { palettes, withAlpha } from './palette.ts';
import type { Theme } from './palette.ts';
import { drawHatch, drawLevelPattern } from './patterns.ts';
import type { AreaGrey } from './patterns.ts';
import { drawPoint, parsePointId } from './point-image.ts';
import { drawRing, parseRingId } from './ring-image.ts';

/** Ring charts kept in the map's sprite; the oldest go first, and are drawn again when needed. */
const RINGS_KEPT = 1200;

/** Id of the dashed ring round the other points of the selected enterprise. */
export function relatedId(theme: Theme): string {
  return `related|${theme}`;
}

/**
 * Draws every picture of the map on demand: the id of an image says all that is in it, so that
 * styles stay plain data and a picture is drawn once.
 */
export function provideImages(map: MapLibreMap): void {
  const rings: string[] = [];
  // Sharp on every screen, without more memory than three pixels a point.
  const pixelRatio = Math.min(3, Math.max(2, Math.ceil(window.devicePixelRatio)));
  map.setMissingStyleImageResolver((id) => {
    const picture = drawImage(id, pixelRatio);
    if (picture === null || map.hasImage(id)) return;
    map.addImage(id, picture.data, { pixelRatio: picture.pixelRatio });
    if (!id.startsWith('ring|')) return;
    rings.push(id);
    if (rings.length <= RINGS_KEPT) return;
    for (const old of rings.splice(0, RINGS_KEPT / 4)) if (map.hasImage(old)) map.removeImage(old);
  });
}

/** The picture an id asks for; null when the id is unknown. */
export function drawImage(id: string, pixelRatio: number): Picture | null {
  const ring = parseRingId(id);
  if (ring !== null) return drawRing(ring, pixelRatio);
  const point = parsePointId(id);
  if (point !== null) return drawPoint(point, pixelRatio);
  const enterprise = parseEnterpriseId(id);
  if (enterprise !== null) return drawEnterprise(enterprise, pixelRatio);
  const [tag, theme, rest = ''] = id.split('|');
  if (theme !== 'light' && theme !== 'dark') return null;
  if (tag === 'pattern') return drawLevelPattern(theme, Number(rest), pixelRatio);
  if (tag === 'hatch') return drawHatch(theme, rest as AreaGrey, pixelRatio);
  return tag === 'related' ? drawRelated(theme, pixelRatio) : null;
}

function drawRelated(theme: Theme, pixelRatio: number): Picture {
  const { accent, halo } = palettes[theme];
  return drawCentred(40, pixelRatio, (context) => {
    for (const [colour, width] of [
      [withAlpha(halo, 0.9), 4],
      [accent, 2],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash(width === 2 ? [5, 3.5] : []);
      context.beginPath();
      context.arc(0, 0, 17, 0, 2 * Math.PI);
      context.stroke();
    }
  });
}
