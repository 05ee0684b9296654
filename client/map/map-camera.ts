import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Camera } from '#client/state/url-state.ts';
import { prefersStill } from './create-map.ts';
import type { NodePlace } from './node-place.ts';

/** Free space round the map that cards cover, CSS pixels. */
export type Padding = {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
};

type NodeKind = 'region' | 'enterprise' | 'risk-point';

const DURATION_MS = 650;
/** Room between a framed region and the cards. */
const MARGIN = 28;
const ENTERPRISE_ZOOM = 13;
const RISK_POINT_ZOOM = 14.5;
/** From here on a point is near enough: it is not pulled closer once more. */
const NEAR_ZOOM = 12;

export type MapCamera = {
  /** Brings the node into the free part of the map. */
  readonly frame: (place: NodePlace, kind: NodeKind) => void;
  readonly goTo: (camera: Camera) => void;
  readonly zoomTo: (at: readonly [number, number], zoom: number) => void;
  readonly zoomBy: (steps: number) => void;
  readonly setPadding: (padding: Padding) => void;
  /** True once the reader has moved the map: only then does the address need a camera. */
  readonly isFree: () => boolean;
};

function duration(): number {
  return prefersStill() ? 0 : DURATION_MS;
}

/** Moves of the map; every one of them jumps when the reader prefers less motion. */
export function createMapCamera(map: MapLibreMap): MapCamera {
  let framed: (() => void) | null = null;
  let isFree = false;
  const release = () => {
    framed = null;
    isFree = true;
  };
  map.on('movestart', (event) => {
    if ('originalEvent' in event && event.originalEvent !== undefined) release();
  });

  map.on('resize', () => framed?.());

  const frame: MapCamera['frame'] = (place, kind) => {
    isFree = false;
    framed = () => frameNode(map, place, kind, 0);
    frameNode(map, place, kind, duration());
  };
  const free = <T extends unknown[]>(move: (...input: T) => void) => {
    return (...input: T) => {
      release();
      move(...input);
    };
  };

  return {
    frame,
    goTo: free(({ zoom, lng, lat }: Camera) => map.jumpTo({ center: [lng, lat], zoom })),
    zoomTo: free((at: readonly [number, number], zoom: number) =>
      map.easeTo({ center: [at[0], at[1]], zoom, duration: duration() }),
    ),
    zoomBy: free((steps: number) =>
      map.easeTo({ zoom: map.getZoom() + steps, duration: duration() }),
    ),
    setPadding: (padding) => {
      map.setPadding({ ...padding });
      framed?.();
    },
    isFree: () => isFree,
  };
}

function frameNode(
  map: MapLibreMap,
  { bbox, at }: NodePlace,
  kind: NodeKind,
  duration: number,
): void {
  if (bbox !== null) frameBox(map, bbox, duration);
  else if (at !== null) framePoint(map, at, kind, duration);
}

function frameBox(
  map: MapLibreMap,
  [west, south, east, north]: readonly [number, number, number, number],
  duration: number,
): void {
  map.fitBounds([west, south, east, north], { padding: MARGIN, maxZoom: 12, duration });
}

/** A point that is already in plain sight stays where it is. */
function framePoint(
  map: MapLibreMap,
  at: readonly [number, number],
  kind: NodeKind,
  duration: number,
): void {
  const zoom = map.getZoom();
  if (zoom >= NEAR_ZOOM && isInFreePart(map, at, 40)) return;
  const near = kind === 'enterprise' ? ENTERPRISE_ZOOM : RISK_POINT_ZOOM;
  map.easeTo({ center: [at[0], at[1]], zoom: Math.max(zoom, near), duration });
}

/** Whether a position lies in the part of the map that no card covers, `inset` pixels inside its edge. */
export function isInFreePart(
  map: MapLibreMap,
  at: readonly [number, number],
  inset: number,
): boolean {
  const { x, y } = map.project([at[0], at[1]]);
  const { top = 0, right = 0, bottom = 0, left = 0 } = map.getPadding();
  const { clientWidth, clientHeight } = map.getContainer();
  return (
    x >= left + inset &&
    x <= clientWidth - right - inset &&
    y >= top + inset &&
    y <= clientHeight - bottom - inset
  );
}
