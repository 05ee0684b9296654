import type { FeatureCollection, LineString, Point } from 'geojson';
import type { Bbox } from '#server/domain/geometry/bbox.ts';
import type { RowStatus } from '#server/domain/import/row-status.ts';
import type { Camera } from '#client/state/url-state.ts';
import { readingLetter } from './import-words.ts';

export type At = readonly [number, number];

/** A row as the service places it. */
export type ReadPlace = {
  readonly row: number;
  readonly status: RowStatus;
  readonly position: At;
  readonly other: At | null;
  readonly isWarned: boolean;
};

export type ImportPlace = Omit<ReadPlace, 'other'> & {
  /** Where other readings put the row; `reading` is the place of the reading among them, from 0. */
  readonly others: readonly { readonly reading: number; readonly position: At }[];
};

export type PlaceData = {
  readonly dots: FeatureCollection<Point>;
  readonly others: FeatureCollection<Point>;
  readonly lines: FeatureCollection<LineString>;
};

/** Web Mercator goes no further, degrees. */
const MOST_LAT = 85;

/** The rows with the places that each of the other readings gives them; an answer may be missing yet. */
export function withReadings(
  rows: readonly Omit<ReadPlace, 'other'>[],
  readings: readonly (readonly Pick<ReadPlace, 'row' | 'other'>[] | undefined)[],
): readonly ImportPlace[] {
  const byRow = readings.map((each) => new Map(each?.map(({ row, other }) => [row, other])));
  return rows.map(({ row, status, position, isWarned }) => ({
    row,
    status,
    position,
    isWarned,
    others: byRow.flatMap((places, reading) => {
      const other = places.get(row) ?? null;
      return other === null ? [] : [{ reading, position: other }];
    }),
  }));
}

function properties({ row, status, isWarned }: Omit<ImportPlace, 'others'>) {
  return { row, status, isWarned };
}

/** Rows as dots; where other readings put them elsewhere, further dots and lines to them. */
export function placeData(places: readonly ImportPlace[]): PlaceData {
  const moved = places.flatMap(({ others, ...place }) =>
    others.map((other) => ({ ...place, other })),
  );
  return {
    dots: {
      type: 'FeatureCollection',
      features: places.map((place) => ({
        type: 'Feature',
        properties: properties(place),
        geometry: { type: 'Point', coordinates: [...place.position] },
      })),
    },
    others: {
      type: 'FeatureCollection',
      features: moved.map((place) => ({
        type: 'Feature',
        properties: {
          ...properties(place),
          reading: place.other.reading,
          letter: readingLetter(place.other.reading + 1),
        },
        geometry: { type: 'Point', coordinates: [...place.other.position] },
      })),
    },
    lines: {
      type: 'FeatureCollection',
      features: moved.map((place) => ({
        type: 'Feature',
        properties: properties(place),
        geometry: {
          type: 'LineString',
          coordinates: [[...place.position], [...place.other.position]],
        },
      })),
    },
  };
}

/** Smallest box round the places and their other readings, degrees WGS 84; null without any. */
export function placesBox(places: readonly ImportPlace[]): Bbox | null {
  return boxOf(
    places.flatMap(({ position, others }) => [position, ...others.map((other) => other.position)]),
  );
}

/** Smallest box round positions, degrees WGS 84; null without any. */
export function boxOf(all: readonly At[]): Bbox | null {
  if (all.length === 0) return null;
  const lons = all.map(([lon]) => lon);
  const lats = all.map(([, lat]) => lat);
  return onMap([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]);
}

/** A box as the lists take it, with a little room: the places may be a sample of the rows. */
export function boxText([west, south, east, north]: Bbox): string {
  const room = (from: number, to: number) => Math.max(1e-4, (to - from) * 0.02);
  const across = room(west, east);
  const up = room(south, north);
  const box = onMap([west - across, south - up, east + across, north + up]);
  return box.map((degrees) => degrees.toFixed(6)).join(',');
}

/** The part of a box that a map can show. */
function onMap([west, south, east, north]: Bbox): Bbox {
  const lat = (degrees: number) => Math.max(-MOST_LAT, Math.min(MOST_LAT, degrees));
  return [Math.max(-180, west), lat(south), Math.min(180, east), lat(north)];
}

/** Below this share of the whole box two dots of one row cannot be told apart on a small map. */
const VISIBLE_SHARE = 0.06;

/**
 * Box round one row and its other readings, with room round them, where they would lie on each
 * other while all rows are shown; null where the difference is visible anyway.
 */
export function comparisonBox(places: readonly ImportPlace[]): Bbox | null {
  const whole = placesBox(places);
  if (whole === null) return null;
  const first = middlePlace(places.filter(({ others }) => others.length > 0));
  const pair = first === null ? null : placesBox([first]);
  if (pair === null) return null;
  const size = Math.max(pair[2] - pair[0], pair[3] - pair[1]);
  if (size === 0 || size > VISIBLE_SHARE * Math.max(whole[2] - whole[0], whole[3] - whole[1])) {
    return null;
  }
  return onMap([pair[0] - 2 * size, pair[1] - 2 * size, pair[2] + 2 * size, pair[3] + 2 * size]);
}

/** The place nearest to the middle of all; null without any. */
export function middlePlace(places: readonly ImportPlace[]): ImportPlace | null {
  const box = placesBox(places);
  if (box === null) return null;
  return places.toSorted((a, b) => fromMiddle(a, box) - fromMiddle(b, box))[0] ?? null;
}

function fromMiddle({ position: [lon, lat] }: ImportPlace, [w, s, e, n]: Bbox): number {
  return Math.hypot(lon - (w + e) / 2, lat - (s + n) / 2);
}

const TILE_PX = 512;
const CLOSEST = 14;

/** Camera of the main map that shows the box in a free part of the given size, CSS pixels. */
export function cameraOver(
  [west, south, east, north]: Bbox,
  size: { readonly width: number; readonly height: number },
): Camera {
  const across = Math.max(1e-6, east - west) / 360;
  const down = Math.max(1e-6, mercatorY(south) - mercatorY(north));
  const fit = Math.min(size.width / (across * TILE_PX), size.height / (down * TILE_PX));
  return {
    zoom: Math.max(2, Math.min(CLOSEST, Math.log2(fit))),
    lng: (west + east) / 2,
    lat: (south + north) / 2,
  };
}

/** Web Mercator ordinate of a latitude in degrees, 0 at the north edge of the world and 1 at the south. */
function mercatorY(lat: number): number {
  const sine = Math.sin((Math.max(-MOST_LAT, Math.min(MOST_LAT, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
