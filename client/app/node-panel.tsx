import { reloadSession } from '#client/api/client.ts';
import { useAbout } from '#client/api/queries.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { nodePath } from '#client/state/url-state.ts';
import { EnterprisePanel } from '#client/features/enterprises/enterprise.panel.tsx';
import { RegionPanel } from '#client/features/regions/region.panel.tsx';
import { RiskPointPanel } from '#client/features/risk-points/risk-point.panel.tsx';
import { HerePanel } from '#client/features/search/here.panel.tsx';
import { editKey, editStore } from '#client/state/edit-store.ts';
import { hereStore } from '#client/state/here-store.ts';
import { sessionStore, useMay } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { CardSkeleton } from '#client/ui/skeletons.tsx';
import { EditPanel } from './edit-panel.tsx';
import { EmptyRegister } from './empty-register.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { PublicCard } from './public-card.tsx';

/** The card of the current node; a new node starts with a fresh card, scrolled to its top. */
export function NodePanel() {
  const { session, problem } = useStore(sessionStore);
  const mayRead = useMay('register.read');
  const node = useViewPart((view) => view.node);
  if (mayRead) return <Card />;
  return (
    <div className="panel-body" id="panel-body">
      {session !== null ? (
        <ErrorBoundary key={nodePath(node)}>
          <PublicCard node={node} />
        </ErrorBoundary>
      ) : null}
      {session === null && problem === null ? <CardSkeleton /> : null}
      {session === null && problem !== null ? (
        <ProblemNotice
          error={problem}
          onRetry={() => void reloadSession().catch(() => undefined)}
        />
      ) : null}
    </div>
  );
}

function Card() {
  const node = useViewPart((view) => view.node);
  const isEmpty = useAbout().data?.roots.length === 0;
  const { target } = useStore(editStore);
  const mayWrite = useMay('register.write');
  const { here } = useStore(hereStore);
  if (target !== null && mayWrite) {
    return (
      <div className="panel-body" key={editKey(target)} id="panel-body">
        <ErrorBoundary>
          <EditPanel target={target} />
        </ErrorBoundary>
      </div>
    );
  }
  if (here !== null) {
    return (
      <div className="panel-body" key={here.at.join()} id="panel-body">
        <ErrorBoundary>
          <HerePanel here={here} />
        </ErrorBoundary>
      </div>
    );
  }
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
