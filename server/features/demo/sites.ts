import type { Position } from '#server/domain/geometry/bbox.ts';
import { isWellInside } from './city-area.ts';
import type { DemoCity, DemoPlace } from './demo-input.ts';
import type { Random } from './random.ts';
import { moved } from './shapes.ts';

/** A spot to build on, and the place it belongs to. */
export type Site = { readonly place: DemoPlace; readonly position: Position };

export type SiteFinder = (isRemote: boolean) => Site;

type Cluster = { readonly place: DemoPlace; readonly centre: Position };

const TRIES = 40;

/** Standard deviation of sites round the middle of their cluster, metres. */
const SPREAD_METRES = { town: 900, remote: 4500 };

/** Reach of the clusters round a place, metres, by its rank (1 to 5). */
const REACH_METRES = [10_000, 8000, 5000, 3000, 2000];
const CLUSTERS_OF_RANK = [9, 6, 4, 2, 1];
const TOWN_WEIGHTS = [10, 10, 3, 1.5, 0.3];
const REMOTE_WEIGHTS = [0.2, 0.3, 1, 1, 1];

const byRank = (values: readonly number[], { rank }: DemoPlace): number => values[rank - 1] ?? 1;

/** Finds sites in clusters round the places of a city, larger places more often. */
export function siteFinder(
  random: Random,
  city: DemoCity,
  places: readonly DemoPlace[],
): SiteFinder {
  const own = places.filter(
    ({ cityCode, position }) => cityCode === city.code && isWellInside(city, position),
  );
  const clusters = own.map((place) => ({ place, clusters: clustersOf(random, city, place) }));
  const weighted = (weights: readonly number[]) =>
    clusters.map((entry) => [entry, byRank(weights, entry.place)] as const);
  const town = weighted(TOWN_WEIGHTS);
  const remote = weighted(REMOTE_WEIGHTS);
  return (isRemote) => {
    const cluster = random.pick(random.weighted(isRemote ? remote : town).clusters);
    const spread = isRemote ? SPREAD_METRES.remote : SPREAD_METRES.town;
    return { place: cluster.place, position: near(random, city, cluster, spread) };
  };
}

function clustersOf(random: Random, city: DemoCity, place: DemoPlace): readonly Cluster[] {
  const reach = byRank(REACH_METRES, place);
  return Array.from({ length: byRank(CLUSTERS_OF_RANK, place) }, () => ({
    place,
    centre: firstInside(city, place.position, () =>
      moved(place.position, reach * (0.15 + 0.85 * random.unit()), random.unit() * 2 * Math.PI),
    ),
  }));
}

function near(random: Random, city: DemoCity, { centre }: Cluster, spread: number): Position {
  return firstInside(city, centre, () =>
    moved(centre, Math.abs(random.normal()) * spread, random.unit() * 2 * Math.PI),
  );
}

function firstInside(city: DemoCity, fallback: Position, propose: () => Position): Position {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const position = propose();
    if (isWellInside(city, position)) return position;
  }
  return fallback;
}
