import type { Bilingual } from '../bilingual.ts';
import { offsetMetres } from '../geometry/offset-metres.ts';

import type { Basis, Candidate } from './candidate.ts';
import type { CoordinateSummary } from './coordinate-stats.ts';
import { canonicalCrs, gaussKrugerZone, isDegreeCrs } from './crs.ts';
import type { Crs } from './crs.ts';
import { findCrsWords } from './crs-words.ts';
import type { CrsWords } from './crs-words.ts';
import { meridianOfZone } from './gauss-kruger-zones.ts';
import { majorityFamily, majoritySample, numericReadings, ordersFor } from './numeric-readings.ts';
import { isSamePlace, readPosition } from './reading.ts';
import type { RawCoordinate, Reading } from './reading.ts';
import {
  cannotConvert,
  numbersDisagree,
  SAID_BY_GEOJSON,
  SAID_BY_NUMBERS,
  saidByDeclaration,
  saidByWords,
  wordsDiffer,
} from './reading-texts.ts';

export type ReadingHints = {
  /** What the person or program that sends the file says. */
  readonly declared?: Crs | 'auto';
  /** Texts in which a system may be named: headers, a crs member, the file's name. */
  readonly words: readonly string[];
  /** The file is GeoJSON: without a word it is WGS 84 (RFC 7946 §4). */
  readonly geojson?: boolean;
};

/**
 * The readings that a file's numbers allow, the likeliest first, each with why it is offered and how far it lies from
 * the first. A declaration counts before the file's words, and these before the numbers; where the numbers exclude
 * what was said, the readings they do allow come with the basis `contradicted`. Empty: no reading fits.
 */
export function readingCandidates(
  summary: CoordinateSummary,
  hints: ReadingHints,
): readonly Candidate[] {
  const words = findCrsWords([...hints.words, ...commonDeclaration(summary)]);
  const { readings, basis } = offered(summary, hints, words);
  const middle = middleOf(summary);
  const first = readings[0];
  return readings.map((reading) => ({
    ...reading,
    basis,
    offsetMetres: first ? distance(first, reading, middle) : 0,
  }));
}

/**
 * For a decided reading in degrees: where the other datums would put the middle of the file, in metres from it. Empty
 * for metres, of which no other datum is read.
 */
export function otherReadings(
  summary: CoordinateSummary,
  decided: Reading,
): readonly (Reading & { readonly offsetMetres: number })[] {
  if (!isDegreeCrs(decided.crs)) return [];
  const middle = middleOf(summary);
  const isPlain = ['wgs84', 'cgcs2000'].includes(canonicalCrs(decided.crs));
  const others: readonly Crs[] = isPlain ? ['gcj02', 'bd09'] : ['wgs84', 'gcj02', 'bd09'];
  return others
    .filter((crs) => crs !== decided.crs)
    .map((crs) => ({ crs, swapped: decided.swapped }))
    .map((reading) => ({ ...reading, offsetMetres: distance(decided, reading, middle) }));
}

type Offer = { readonly readings: readonly Reading[]; readonly basis: Basis };

function offered(summary: CoordinateSummary, hints: ReadingHints, words: CrsWords): Offer {
  const numeric = numericReadings(summary, soleOf(words.widths) ?? 3);
  const offer = offerOf(summary, numeric);
  const { declared = 'auto' } = hints;
  if (declared !== 'auto') {
    const text = saidByDeclaration(declared, otherWords(canonicalCrs(declared), words));
    return offer(ordersFor(canonicalCrs(declared), summary), 'declared', text);
  }
  const found = [...words.unsupported, ...words.found];
  if (words.unsupported.length > 0) return offer(numeric, 'contradicted', cannotConvert(found));
  if (words.crs.length > 1) return offer(numeric, 'contradicted', wordsDiffer(found));
  const named = soleOf(words.crs);
  if (saysGaussKruger(words, named)) {
    const agreeing = numeric.filter(({ crs }) => agrees(crs, words, named));
    return offer(agreeing, 'word', saidByWords(found));
  }
  if (named) return offer(ordersFor(named, summary), 'word', saidByWords(found));
  if (hints.geojson) return offer(ordersFor('wgs84', summary), 'geojson', SAID_BY_GEOJSON);
  return offer(numeric, 'numbers', SAID_BY_NUMBERS);
}

/** Without a reading that holds what was said, the offer is what the numbers allow, marked as contradicted. */
function offerOf(summary: CoordinateSummary, numeric: readonly Reading[]) {
  return (readings: readonly Reading[], kind: Basis['kind'], text: Bilingual): Offer => {
    if (readings.length > 0) return { readings: distinctPlaces(readings), basis: { kind, text } };
    const disagreement = numbersDisagree(text, majorityFamily(summary));
    return {
      readings: distinctPlaces(numeric),
      basis: { kind: 'contradicted', text: disagreement },
    };
  };
}

/** CGCS2000 beside WGS 84 is no other place: the two agree within a metre. */
function distinctPlaces(readings: readonly Reading[]): readonly Reading[] {
  const hasWgs84 = readings.some(({ crs }) => crs === 'wgs84');
  return hasWgs84 ? readings.filter(({ crs }) => crs !== 'cgcs2000') : readings;
}

/** CGCS2000 may be degrees or a zone, and a zone may be named without its datum. */
function saysGaussKruger(words: CrsWords, named: Crs | undefined): boolean {
  if (named === 'cgcs2000') return true;
  const saysZone = words.meridians.length + words.zones.length + words.widths.length > 0;
  return saysZone && (named === undefined || named === 'wgs84');
}

function agrees(crs: Crs, words: CrsWords, named: Crs | undefined): boolean {
  const zone = gaussKrugerZone(crs);
  if (zone === null) return crs === named;
  const meridians = [...words.meridians, ...words.zones.map(meridianOfZone)];
  if (meridians.some((meridian) => meridian !== zone.centralMeridian)) return false;
  if (zone.hasPrefix && words.zones.some((number) => number !== zone.number)) return false;
  return words.widths.every((width) => width === zone.width);
}

function otherWords(declared: Crs, words: CrsWords): readonly string[] {
  const isOther = words.crs.some((crs) => !isSamePlace(crs, declared));
  return isOther || words.unsupported.length > 0 ? [...words.unsupported, ...words.found] : [];
}

/** Of the 坐标系 column the value of most rows speaks for the file; without such a value all of them do. */
function commonDeclaration({ declared }: CoordinateSummary): readonly string[] {
  const total = declared.reduce((sum, { rows }) => sum + rows, 0);
  const common = declared.filter(({ rows }) => rows * 2 > total);
  return (common.length > 0 ? common : declared).map(({ value }) => value);
}

function soleOf<T>(values: readonly T[]): T | undefined {
  return values.length === 1 ? values[0] : undefined;
}

/** The middle of the file's usual rows: the median of each column. */
function middleOf(summary: CoordinateSummary): RawCoordinate {
  const sample = majoritySample(summary);
  return { x: median(sample.map(({ x }) => x)), y: median(sample.map(({ y }) => y)) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function distance(a: Reading, b: Reading, at: RawCoordinate): number {
  return offsetMetres(readPosition(a, at), readPosition(b, at));
}
