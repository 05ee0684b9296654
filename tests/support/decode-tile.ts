import { classifyRings, VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

export type TileFeature = {
  readonly kind: 'point' | 'line' | 'polygon';
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  /** Tile units, y down; one list for each part or ring. */
  readonly parts: readonly (readonly (readonly [x: number, y: number])[])[];
};

export type DecodedTile = Readonly<Record<string, readonly TileFeature[]>>;

const KINDS = { 1: 'point', 2: 'line', 3: 'polygon' } as const;

/** A tile as plain values. Throws when a layer is not of version 2 and 4096 units, or a feature has a numeric id. */
export function decodeTile(bytes: Uint8Array): DecodedTile {
  const { layers } = new VectorTile(new PbfReader(bytes));
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => {
      if (layer.version !== 2 || layer.extent !== 4096) throw new Error(`${name} has another form`);
      const features = Array.from({ length: layer.length }, (_, index) => layer.feature(index));
      return [name, features.map(toFeature)];
    }),
  );
}

type RawFeature = ReturnType<VectorTile['layers'][string]['feature']>;

function toFeature(feature: RawFeature): TileFeature {
  if (feature.id !== undefined) throw new Error('Ids are attributes here');
  if (feature.type === 0) throw new Error('A feature has no kind');
  const geometry = feature.loadGeometry();
  // In the tile format a positive area makes an outer ring; a tile that begins with a hole is broken.
  if (feature.type === 3) {
    for (const [outer] of classifyRings(geometry)) {
      if (outer === undefined || areaOf(outer) <= 0) throw new Error('A polygon is wound wrongly');
    }
  }
  return {
    kind: KINDS[feature.type],
    properties: { ...feature.properties },
    parts: geometry.map((part) => part.map(({ x, y }) => [x, y] as const)),
  };
}

/** Surveyor's formula, tile units squared. */
function areaOf(ring: readonly { x: number; y: number }[]): number {
  return ring.reduce((sum, { x, y }, index) => {
    const next = ring[(index + 1) % ring.length] ?? { x, y };
    return sum + (x * next.y - next.x * y) / 2;
  }, 0);
}
