import type { Bilingual } from '../bilingual.ts';

import { PAIRED_ANGLE, plainAngleText, readAngle } from './angle-text.ts';
import type { Angle } from './angle-text.ts';
import type { CoordinateForm } from './coordinate-stats.ts';

export type CoordinateAxis = 'lon' | 'lat' | 'x' | 'y';

export type ParsedCoordinate =
  | { readonly value: number; readonly form: CoordinateForm }
  | { readonly problem: Bilingual };

/** Both in degrees; `swapped`: the text has the latitude first. */
export type CoordinatePair = {
  readonly lon: number;
  readonly lat: number;
  readonly swapped: boolean;
};

/** No customary writing of a coordinate is longer, of a pair twice as long. */
const MOST_CHARACTERS = 64;

const EMPTY: Bilingual = { zh: '坐标为空', en: 'The coordinate is empty' };

const NOT_FINITE: Bilingual = {
  zh: '坐标不是有限的数值',
  en: 'The coordinate is not a finite number',
};

const EXPONENT: Bilingual = {
  zh: '科学计数法（如 4.25E+07）会丢失位数，请写出全部数字',
  en: 'Scientific notation (such as 4.25E+07) loses digits; write all of them',
};

const DECIMAL_COMMA: Bilingual = {
  zh: '请用小数点，不要用逗号',
  en: 'Use a decimal point, not a comma',
};

const EXAMPLES: Readonly<Record<CoordinateAxis, string>> = {
  lon: '126.5376，126°32′15.4″',
  lat: '43.8412，43°50′28.3″',
  x: '42540123.45，126.5376',
  y: '4855123.45，43.8412',
};

/**
 * Reads one cell: decimal degrees, degrees-minutes-seconds in the customary Chinese and international writings, or
 * metres. South and west are negative. A value over 180 is taken for metres; which system it is of, and whether the
 * column holds the other axis, the guard over the whole file decides. `axis` serves the text of the refusal and admits
 * thousands separators in metres.
 */
export function parseCoordinate(text: string, axis: CoordinateAxis): ParsedCoordinate {
  if (text.length > MOST_CHARACTERS) return { problem: notCoordinate(axis) };
  const isMetreAxis = axis === 'x' || axis === 'y';
  const plain = withoutUnit(plainAngleText(text));
  const grouped = isMetreAxis && /^[+-]?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$/.test(plain);
  const angle = readAngle(grouped ? plain.replaceAll(',', '') : plain);
  if (angle === null) return { problem: refusal(plain, axis) };
  if ('problem' in angle) return angle;
  return { value: angle.value, form: Math.abs(angle.value) > 180 ? 'metres' : angle.form };
}

const PAIR = pairPattern();

/**
 * Reads a longitude and a latitude in degrees from one text, or returns null when the text is no such pair. The order is
 * the text's unless letters or the range decide: what is over 90 is a longitude, in doubt the longitude comes first.
 */
export function parseCoordinatePair(text: string): CoordinatePair | null {
  if (text.length > 2 * MOST_CHARACTERS) return null;
  const groups = PAIR.exec(withoutBrackets(plainAngleText(text)))?.groups;
  if (groups === undefined) return null;
  const [a, b] = [groups['first'] ?? '', groups['second'] ?? ''];
  // "126° 32" is one angle half written rather than two.
  if (a.includes('°') !== b.includes('°')) return null;
  const [first, second] = [readAngle(a), readAngle(b)];
  if (first === null || second === null || 'problem' in first || 'problem' in second) return null;
  return ordered(first, second);
}

function ordered(first: Angle, second: Angle): CoordinatePair | null {
  const [a, b] = [axisOf(first), axisOf(second)];
  if (a !== null && a === b) return null;
  const swapped =
    a === 'lat' ||
    b === 'lon' ||
    (a === null && b === null && first.value <= 90 && Math.abs(second.value) > 90);
  const [lon, lat] = swapped ? [second.value, first.value] : [first.value, second.value];
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return null;
  return { lon, lat, swapped };
}

function axisOf({ hemisphere }: Angle): 'lon' | 'lat' | null {
  if (hemisphere === null) return null;
  return hemisphere === 'E' || hemisphere === 'W' ? 'lon' : 'lat';
}

function pairPattern(): RegExp {
  const lettered = String.raw`[NSEW][: ]*${PAIRED_ANGLE}|${PAIRED_ANGLE} ?[NSEW]?`;
  // Without anything between them a letter or the mark of seconds must end the first.
  const between = String.raw` ?[,;、/|] ?| |(?<=[NSEW"])`;
  return new RegExp(`^(?<first>${lettered})(?:${between})(?<second>${lettered})$`, 'i');
}

function withoutBrackets(text: string): string {
  const [, inner] = /^(?:point ?)?[([{【] ?(.*?) ?[)\]}】]$/i.exec(text) ?? [];
  return inner ?? text;
}

function withoutUnit(text: string): string {
  return text.replace(/(?<=\d) ?(?:m|米)$/i, '');
}

function refusal(plain: string, axis: CoordinateAxis): Bilingual {
  if (plain === '') return EMPTY;
  if (/^[+-]?(?:nan|inf(?:inity)?|∞)$/i.test(plain)) return NOT_FINITE;
  if (/^[+-]?[\d.]+e[+-]?\d+$/i.test(plain)) return EXPONENT;
  if (/^[NSEW]? ?[+-]?\d+,\d+ ?°? ?[NSEW]?$/i.test(plain)) return DECIMAL_COMMA;
  return notCoordinate(axis);
}

function notCoordinate(axis: CoordinateAxis): Bilingual {
  return {
    zh: `无法识别的坐标，例如应为 ${EXAMPLES[axis]}`,
    en: `Not a coordinate; expected for example ${EXAMPLES[axis].replace('，', ' or ')}`,
  };
}
