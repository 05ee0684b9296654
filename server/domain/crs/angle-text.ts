import type { Bilingual } from '../bilingual.ts';

export type Hemisphere = 'N' | 'S' | 'E' | 'W';

/** An angle in degrees, south and west negative. */
export type Angle = {
  readonly value: number;
  readonly hemisphere: Hemisphere | null;
  readonly form: 'decimal' | 'dms';
};

/** What an angle's text consists of once it is in plain characters: a sign, a number with its marks, a hemisphere. */
const NUMBER = String.raw`\d+(?:\.\d*)?|\.\d+`;
/** Only the last part may have a fraction. */
const MARKED = String.raw`\d{1,3} ?°(?: ?\d+ ?' ?\d+(?:\.\d+)? ?"?| ?\d+(?:\.\d+)? ?'?)?`;
const IN_THREE = String.raw`\d{1,3}:\d+:\d+(?:\.\d+)?|\d{1,3}-\d+-\d+(?:\.\d+)?`;
const IN_TWO = String.raw`\d{1,3}[:-]\d+(?:\.\d+)?`;
const SPACED = String.raw`\d{1,3} \d+ \d+(?:\.\d+)?`;

/** One of the forms that stand for an angle beside another one; two parts alone could be anything. */
export const PAIRED_ANGLE = String.raw`[+-]?(?:${MARKED}|${IN_THREE}|(?:${NUMBER}) ?°?)`;

const ANGLE = new RegExp(
  String.raw`^(?<before>[NSEW])?[: ]*(?<sign>[+-])? ?(?<body>${MARKED}|${IN_THREE}|${IN_TWO}|${SPACED}|(?:${NUMBER}) ?°?) ?(?<after>[NSEW])?$`,
  'i',
);

const MINUTES: Bilingual = { zh: '分应小于 60', en: 'Minutes must be under 60' };
const SECONDS: Bilingual = { zh: '秒应小于 60', en: 'Seconds must be under 60' };

const TWICE: Bilingual = {
  zh: '正负号与方位（东西南北）重复或矛盾',
  en: 'The sign and the letters N, S, E, W repeat or contradict each other',
};

/** Over half a circle of degrees, minutes and seconds. */
const TOO_FAR: Bilingual = { zh: '度数应不超过 180', en: 'Degrees must be 180 at most' };

const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/东经|经度/g, 'E'],
  [/北纬|纬度/g, 'N'],
  [/[º˚∘度]/g, '°'],
  [/[‘’‛`´′分]/g, "'"],
  [/[“”„‟″秒]/g, '"'],
];

const AFTER_FOLDING: readonly (readonly [RegExp, string])[] = [
  [/''/g, '"'],
  [/[−–—‐]/g, '-'],
  [/(?:longitude|lon|lng)(?=[\s:=])/gi, 'E'],
  [/(?:latitude|lat)(?=[\s:=])/gi, 'N'],
  [/西经/g, 'W'],
  [/南纬/g, 'S'],
  [/=/g, ':'],
  [/\s+/g, ' '],
];

/** Full-width characters, Chinese words and typographic marks as plain ones: `北纬４３度５０分` → `N43°50'`. */
export function plainAngleText(text: string): string {
  const marked = PLAIN.reduce((part, [pattern, plain]) => part.replaceAll(pattern, plain), text);
  return AFTER_FOLDING.reduce(
    (part, [pattern, plain]) => part.replaceAll(pattern, plain),
    marked.normalize('NFKC'),
  ).trim();
}

/** Reads an angle in plain characters; null when the text is none. */
export function readAngle(text: string): Angle | { readonly problem: Bilingual } | null {
  const groups = ANGLE.exec(text)?.groups;
  if (groups === undefined) return null;
  const { before, sign, after, body = '' } = groups;
  const letter = before ?? after;
  if (letter !== undefined && (sign !== undefined || (before && after))) return { problem: TWICE };
  const hemisphere = (letter?.toUpperCase() ?? null) as Hemisphere | null;
  const isNegative = sign === '-' || hemisphere === 'S' || hemisphere === 'W';
  const parts = body.match(/\d*\.?\d+|\d+/g) ?? [];
  const [degrees = 0, minutes = 0, seconds = 0] = parts.map(Number);
  if (minutes >= 60) return { problem: MINUTES };
  if (seconds >= 60) return { problem: SECONDS };
  const size = degrees + minutes / 60 + seconds / 3600;
  if (parts.length > 1 && size > 180) return { problem: TOO_FAR };
  const form = parts.length > 1 ? 'dms' : 'decimal';
  return { value: isNegative ? -size : size, hemisphere, form };
}
