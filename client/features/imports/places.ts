import type { FeatureCollection, LineString, Point } from 'geojson';
import type { Bbox } from '#server/domain/geometry/bbox.ts';
import type { RowStatus } from '#server/domain/import/row-status.ts';
import type { Camera } from '#client/state/url-state.ts';

type At = readonly [number, number];

export type ImportPlace = {
  readonly row: number;
  readonly status: RowStatus;
  readonly position: At;
  readonly other: At | null;
  readonly isWarned: boolean;
};

export type PlaceData = {
  readonly dots: FeatureCollection<Point>;
  readonly others: FeatureCollection<Point>;
  readonly lines: FeatureCollection<LineString>;
};

/** Web Mercator goes no further, degrees. */
const MOST_LAT = 85;

/** Rows as dots; where another reading puts them elsewhere, a second dot and a line between. */
export function placeData(places: readonly ImportPlace[]): PlaceData {
  const moved = places.flatMap((place) =>
    place.other === null ? [] : [{ ...place, other: place.other }],
  );
  const properties = ({ row, status, isWarned }: ImportPlace) => ({ row, status, isWarned });
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
        properties: properties(place),
        geometry: { type: 'Point', coordinates: [...place.other] },
      })),
    },
    lines: {
      type: 'FeatureCollection',
      features: moved.map((place) => ({
        type: 'Feature',
        properties: properties(place),
        geometry: {
          type: 'LineString',
          coordinates: [[...place.position], [...place.other]],
        },
      })),
    },
  };
}

/** Smallest box round the places and their other readings, degrees WGS 84; null without any. */
export function placesBox(places: readonly ImportPlace[]): Bbox | null {
  const all = places.flatMap(({ position, other }) =>
    other === null ? [position] : [position, other],
  );
  if (all.length === 0) return null;
  const lons = all.map(([lon]) => lon);
  const lats = all.map(([, lat]) => lat);
  return onMap([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]);
}

/** The part of a box that a map can show. */
function onMap([west, south, east, north]: Bbox): Bbox {
  const lat = (degrees: number) => Math.max(-MOST_LAT, Math.min(MOST_LAT, degrees));
  return [Math.max(-180, west), lat(south), Math.min(180, east), lat(north)];
}

/** Below this share of the whole box two dots of one row cannot be told apart on a small map. */
const VISIBLE_SHARE = 0.06;

/**
 * Box round one row and its other reading, with room round both, where the two would lie on each
 * other while all rows are shown; null where the difference is visible anyway.
 */
export function comparisonBox(places: readonly ImportPlace[]): Bbox | null {
  const whole = placesBox(places);
  if (whole === null) return null;
  const moved = places.filter(({ other }) => other !== null);
  const [first] = moved.toSorted((a, b) => fromMiddle(a, whole) - fromMiddle(b, whole));
  const pair = first === undefined ? null : placesBox([first]);
  if (pair === null) return null;
  const size = Math.max(pair[2] - pair[0], pair[3] - pair[1]);
  if (size === 0 || size > VISIBLE_SHARE * Math.max(whole[2] - whole[0], whole[3] - whole[1])) {
    return null;
  }
  return onMap([pair[0] - 2 * size, pair[1] - 2 * size, pair[2] + 2 * size, pair[3] + 2 * size]);
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
