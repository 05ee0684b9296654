/** An image for the map's sprite: pixels and how many of them make a CSS pixel. */
export type Picture = { readonly data: ImageData; readonly pixelRatio: number };

/** Draws on a fresh canvas in CSS pixels; the origin is the middle. */
export function drawCentred(
  size: number,
  pixelRatio: number,
  draw: (context: CanvasRenderingContext2D) => void,
): Picture {
  return drawCorner(size, pixelRatio, (context) => {
    context.translate(size / 2, size / 2);
    draw(context);
  });
}

/** Draws on a fresh canvas in CSS pixels; the origin is the upper left corner. */
export function drawCorner(
  size: number,
  pixelRatio: number,
  draw: (context: CanvasRenderingContext2D) => void,
): Picture {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(size * pixelRatio);
  canvas.height = canvas.width;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser has no 2D canvas');
  context.scale(pixelRatio, pixelRatio);
  draw(context);
  return { data: context.getImageData(0, 0, canvas.width, canvas.height), pixelRatio };
}

/** System fonts of the page; `weight` as in CSS. */
export function canvasFont(weight: number, pixels: number): string {
  return `${weight} ${pixels}px Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif`;
}

/** Roman numerals need their bars: without serifs a Ⅰ is a stroke. */
export function numeralFont(pixels: number): string {
  return `700 ${pixels}px Georgia, "Times New Roman", "Noto Serif", "Noto Serif CJK SC", serif`;
}

/** Parallel lines under 45°, clipped by the caller; `gap` is measured across the lines. */
export function hatchLines(
  context: CanvasRenderingContext2D,
  half: number,
  gap: number,
  width: number,
): void {
  context.lineWidth = width;
  context.beginPath();
  const step = gap * Math.SQRT2;
  for (let offset = -2 * half; offset <= 2 * half; offset += step) {
    context.moveTo(offset - half, half);
    context.lineTo(offset + half, -half);
  }
  context.stroke();
}
