import { useTranslation } from 'react-i18next';
import { usePublication } from '#client/api/publication.ts';
import { useAbout } from '#client/api/queries.ts';
import { ToldRegionPanel } from '#client/features/publication/told-region.panel.tsx';
import { sessionStore, useSeenAs } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import type { ViewNode } from '#client/state/url-state.ts';
import { NodeLink } from '#client/ui/node-link.tsx';
import { PageLink } from '#client/ui/page-link.tsx';
import { SignInCard } from '#client/ui/sign-in-card.tsx';
import { CardSkeleton } from '#client/ui/skeletons.tsx';

/** The card of whoever sees what everyone is told: an area, or what it takes to see more. */
export function PublicCard({ node }: { readonly node: ViewNode }) {
  const { t } = useTranslation();
  const { data, isPending } = usePublication();
  const root = useAbout().data?.roots[0];
  const isLooking = useSeenAs() !== null;
  const account = useStore(sessionStore).session?.account ?? null;
  if (isPending) return <CardSkeleton />;
  const isTold = data?.publication != null;
  // Whoever is signed in and may see nothing is told that, not what the public sees.
  if (account !== null && !isLooking) return <SignInCard />;
  if (!isTold) {
    return isLooking ? (
      <p className="empty" data-testid="nothing-told">
        {t('publication.nothing')}
      </p>
    ) : (
      <SignInCard />
    );
  }
  return (
    <>
      {node.kind === 'region' ? (
        <ToldRegionPanel code={node.code} />
      ) : (
        <>
          <p className="empty">{t('publication.areasOnly')}</p>
          {root === undefined ? null : (
            <NodeLink to={{ kind: 'region', code: root }} className="button">
              {t('publication.toAreas')}
            </NodeLink>
          )}
        </>
      )}
      {isLooking ? null : (
        <p className="told-sign-in">
          <span>{t('publication.more')}</span>
          <PageLink to={{ kind: 'sign-in' }} className="button">
            {t('account.signIn')}
          </PageLink>
        </p>
      )}
    </>
  );
}
