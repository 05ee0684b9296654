import { Fragment, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCrumbs } from '#client/api/crumbs.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { nodePath } from '#client/state/url-state.ts';
import { ChevronRight } from '#client/ui/icons.tsx';
import { Name } from '#client/ui/name.tsx';
import { NodeLink } from '#client/ui/node-link.tsx';

/** 省 › 市 › 县 › 企业 › 风险点: where one is, and every step back as a link. */
export function Breadcrumb() {
  const { t } = useTranslation();
  const node = useViewPart((view) => view.node);
  const crumbs = useCrumbs(node);
  const list = useRef<HTMLOListElement>(null);
  const end = crumbs.length;
  // On a phone the row scrolls sideways: the place where one is comes first.
  useEffect(() => {
    if (end > 0) list.current?.scrollTo({ left: list.current.scrollWidth });
  }, [end]);
  return (
    <nav className="breadcrumb" data-testid="breadcrumb" aria-label={t('crumb.label')}>
      <ol ref={list}>
        {crumbs.map(({ node: step, names }, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            <Fragment key={nodePath(step)}>
              <li>
                {isLast ? (
                  <span className="crumb" aria-current="page">
                    <Name of={names} />
                  </span>
                ) : (
                  <NodeLink to={step} className="crumb">
                    <Name of={names} />
                  </NodeLink>
                )}
              </li>
              {isLast ? null : (
                <li className="crumb-arrow" aria-hidden="true">
                  <ChevronRight size={12} />
                </li>
              )}
            </Fragment>
          );
        })}
        {crumbs.length === 0 ? <li className="crumb">…</li> : null}
      </ol>
    </nav>
  );
}
