import { useAbout } from '#client/api/queries.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { nodePath } from '#client/state/url-state.ts';
import { EnterprisePanel } from '#client/features/enterprises/enterprise.panel.tsx';
import { RegionPanel } from '#client/features/regions/region.panel.tsx';
import { RiskPointPanel } from '#client/features/risk-points/risk-point.panel.tsx';
import { EmptyRegister } from './empty-register.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

/** The card of the current node; a new node starts with a fresh card, scrolled to its top. */
export function NodePanel() {
  const node = useViewPart((view) => view.node);
  const isEmpty = useAbout().data?.roots.length === 0;
  return (
    <div className="panel-body" key={nodePath(node)} id="panel-body">
      <ErrorBoundary>
        {node.kind === 'region' && isEmpty ? <EmptyRegister /> : null}
        {node.kind === 'region' && !isEmpty ? <RegionPanel code={node.code} /> : null}
        {node.kind === 'enterprise' ? <EnterprisePanel id={node.id} /> : null}
        {node.kind === 'risk-point' ? <RiskPointPanel id={node.id} /> : null}
      </ErrorBoundary>
    </div>
  );
}
