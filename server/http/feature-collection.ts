type Position = readonly number[];
type Geometry = { readonly type: string; readonly coordinates: unknown };

export type FeatureCollection = {
  readonly type: 'FeatureCollection';
  readonly features: readonly {
    readonly type: 'Feature';
    readonly id: string;
    readonly geometry: Geometry | null;
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
  readonly next: string | null;
};

/** A row as the API answers it: keyed by `id` or `code`, placed by `geometry`, `position` or `label` ([lon, lat], WGS 84). */
type Item = {
  readonly id?: string;
  readonly code?: string | null;
  readonly geometry?: Geometry | null;
  readonly position?: Position | null;
  readonly label?: Position | null;
};

/** RFC 7946: the rows of a list as features; the geometry leaves the properties. */
export function toFeatureCollection(
  items: readonly Item[],
  next: string | null,
): FeatureCollection {
  return { type: 'FeatureCollection', features: items.map(toFeature), next };
}

function toFeature(item: Item): FeatureCollection['features'][number] {
  const { geometry, position, ...properties } = item;
  const place = position ?? item.label;
  return {
    type: 'Feature',
    id: item.id ?? item.code ?? '',
    geometry: geometry ?? (place ? { type: 'Point', coordinates: place } : null),
    properties,
  };
}
