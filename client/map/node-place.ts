import { getEnterprise } from '#server/features/enterprises/enterprises.contract.ts';
import { getRegion } from '#server/features/regions/regions.contract.ts';
import type { Region } from '#server/features/regions/regions.contract.ts';
import { getRiskPoint } from '#server/features/risk-points/risk-points.contract.ts';
import { call } from '#client/api/client.ts';
import { ApiProblem } from '#client/api/problem.ts';
import { may } from '#client/state/session-store.ts';
import { nodePath } from '#client/state/url-state.ts';
import type { ViewNode } from '#client/state/url-state.ts';
import type { Focus } from './layer-module.ts';

/** Where a node is, and which areas are drawn round it. Degrees, WGS 84. */
export type NodePlace = {
  readonly focus: Focus;
  /** [west, south, east, north] of a region. */
  readonly bbox: readonly [number, number, number, number] | null;
  /** [longitude, latitude] of an enterprise or risk point. */
  readonly at: readonly [number, number] | null;
};

export type NodePlaces = {
  /** Throws ApiProblem when the node cannot be read. */
  readonly find: (node: ViewNode) => Promise<NodePlace>;
  readonly forget: () => void;
};

const WHOLE: Focus = { region: null, opened: null, around: null };

/** Looks nodes up in the API and remembers them. */
export function createNodePlaces(read: (node: ViewNode) => Promise<NodePlace> = ask): NodePlaces {
  const known = new Map<string, Promise<NodePlace>>();
  return {
    find: (node) => {
      const key = nodePath(node);
      const place = known.get(key) ?? read(node);
      known.set(key, place);
      place.catch(() => known.delete(key));
      return place;
    },
    forget: () => known.clear(),
  };
}

async function ask(node: ViewNode): Promise<NodePlace> {
  if (node.kind === 'region') {
    const region = await call(getRegion, { params: { code: node.code } });
    return { focus: focusOnRegion(region), bbox: region.bbox, at: null };
  }
  // Only regions are open to everyone.
  if (!may('register.read')) throw new ApiProblem({ slug: 'unauthenticated', status: 401 });
  const params = { id: node.id };
  const subject =
    node.kind === 'enterprise'
      ? await call(getEnterprise, { params })
      : await call(getRiskPoint, { params });
  const path = subject.regionPath.map(({ code }) => code);
  return { focus: focusOnPath(path), bbox: null, at: subject.position };
}

/** A root shows all its areas; any other region opens when it has children, else it is put in front. */
export function focusOnRegion(
  region: Pick<Region, 'code' | 'parentCode' | 'depth' | 'childCount'>,
): Focus {
  if (region.parentCode === null || region.depth === 'province') return WHOLE;
  return {
    region: region.code,
    opened: region.childCount > 0 ? region.code : null,
    around: region.depth === 'city' ? null : region.parentCode,
  };
}

/** Codes from the root down to the region that holds the subject. */
export function focusOnPath(path: readonly string[]): Focus {
  const region = path.length < 2 ? undefined : path.at(-1);
  if (region === undefined) return WHOLE;
  return { region, opened: null, around: path.length === 2 ? null : (path.at(-2) ?? null) };
}
