import type { Tile } from '#server/domain/geometry/tile.ts';
import { tileMercatorBbox } from '#server/domain/geometry/tile.ts';

/** Width of a tile in its own units. */
export const EXTENT = 4096;

/** Areas and lines reach this far over the edge (tile units), so that outlines along it are not seen. */
const BUFFER = 64;

/** Numbers that place things in a tile, as bindings of a statement. EPSG:3857 metres unless said otherwise. */
export type TileFrame = {
  readonly z: number;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly margin: number;
  /** Tile units per metre. */
  readonly scale: number;
};

export function tileFrame(tile: Tile): TileFrame {
  const [west, south, east, north] = tileMercatorBbox(tile);
  const scale = EXTENT / (east - west);
  return { z: tile.z, west, south, east, north, margin: BUFFER / scale, scale };
}

/** A grid of square cells over the tile: `cellZoom` − z times halved. */
export type CellGrid = {
  readonly cellZoom: number;
  /** Cells along one side of the world. */
  readonly side: number;
  /** First and last cell of the tile in each direction. */
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  /** Tile units per cell. */
  readonly unit: number;
};

export function cellGrid({ z, x, y }: Tile, cellZoom: number): CellGrid {
  const perTile = 2 ** (cellZoom - z);
  return {
    cellZoom,
    side: 2 ** cellZoom,
    x0: x * perTile,
    x1: (x + 1) * perTile - 1,
    y0: y * perTile,
    y1: (y + 1) * perTile - 1,
    unit: EXTENT / perTile,
  };
}
