import type { ViewNode } from '#client/state/url-state.ts';
import { useMay } from '#client/state/session-store.ts';
import { useRegion } from './publication.ts';
import { useAbout, useEnterprise, useRegionSummary, useRiskPoint } from './queries.ts';

type Names = { readonly zh: string; readonly en: string | null };
export type Crumb = { readonly node: ViewNode; readonly names: Names };

/** The way from the root down to the node, the node included; empty while nothing is known. */
export function useCrumbs(node: ViewNode): readonly Crumb[] {
  const code = node.kind === 'region' ? node.code : null;
  const mayRead = useMay('register.read');
  const summary = useRegionSummary(code).data;
  const open = useRegion(mayRead ? null : code).data;
  const region = mayRead ? summary : open;
  const enterprise = useEnterprise(node.kind === 'enterprise' ? node.id : null).data;
  const riskPoint = useRiskPoint(node.kind === 'risk-point' ? node.id : null).data;

  if (node.kind === 'region' && region !== undefined) {
    return [...region.ancestors, region].map(toRegionCrumb);
  }
  if (node.kind === 'enterprise' && enterprise !== undefined) {
    return [...enterprise.regionPath.map(toRegionCrumb), { node, names: enterprise.names }];
  }
  if (node.kind === 'risk-point' && riskPoint !== undefined) {
    const owner = riskPoint.enterprise;
    return [
      ...riskPoint.regionPath.map(toRegionCrumb),
      ...(owner === null
        ? []
        : [{ node: { kind: 'enterprise', id: owner.id } as const, names: owner.names }]),
      { node, names: riskPoint.names },
    ];
  }
  return [];
}

/** One step up from the node: its parent, or the root where the path is not known. */
export function useParentNode(node: ViewNode): ViewNode | null {
  const crumbs = useCrumbs(node);
  const root = useAbout().data?.roots[0];
  const parent = crumbs.at(-2)?.node;
  if (parent !== undefined) return parent;
  if (root === undefined || (node.kind === 'region' && node.code === root)) return null;
  return crumbs.length === 1 && node.kind === 'region' ? null : { kind: 'region', code: root };
}

function toRegionCrumb({ code, names }: { code: string; names: Names }): Crumb {
  return { node: { kind: 'region', code }, names };
}
