import type { PointCounts } from '#server/contract/level.contract.ts';
import type { RollUpResult } from '#server/features/regions/regions.contract.ts';
import type { ViewNode } from '#client/state/url-state.ts';
import { useEnterprise, useRegionSummary, useRiskPoint } from './queries.ts';

type Names = { readonly zh: string; readonly en: string | null };

export type NodeCounts = {
  readonly names: Names;
  readonly counts: PointCounts;
  /** Null inside an enterprise: nothing is rolled up there by a rule. */
  readonly rollUp: RollUpResult | null;
};

/** Counts that the legend shows: of the region or enterprise, for a risk point of what holds it. */
export function useNodeCounts(node: ViewNode): NodeCounts | null {
  const point = useRiskPoint(node.kind === 'risk-point' ? node.id : null).data;
  const enterpriseId =
    node.kind === 'enterprise' ? node.id : point?.id === undefined ? null : ownerOf(point);
  const regionCode =
    node.kind === 'region'
      ? node.code
      : point !== undefined && enterpriseId === null
        ? point.regionCode
        : null;
  const enterprise = useEnterprise(enterpriseId).data;
  const region = useRegionSummary(regionCode).data;
  if (enterprise !== undefined && enterpriseId !== null) {
    return { names: enterprise.names, counts: enterprise.counts, rollUp: null };
  }
  if (region !== undefined && regionCode !== null) {
    return { names: region.names, counts: region, rollUp: region };
  }
  return null;
}

function ownerOf(point: { enterprise: { id: string } | null }): string | null {
  return point.enterprise?.id ?? null;
}
