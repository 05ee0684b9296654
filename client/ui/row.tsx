import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { hoverFromPanel, hoverStore } from '#client/state/hover-store.ts';
import type { LegendKey, ViewNode } from '#client/state/url-state.ts';
import { NodeLink } from './node-link.tsx';
import { Swatch } from './swatch.tsx';

type Props = {
  readonly to: ViewNode;
  readonly testId: string;
  readonly mark: { readonly of: LegendKey; readonly lastLevel?: 1 | 2 | 3 | 4 | null } | null;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly aside?: ReactNode;
};

/** One row of a list: mark, name, detail, figures. Pointing at it highlights it on the map and back. */
export function Row({ to, testId, mark, title, children, aside }: Props) {
  const target = targetOf(to);
  const isPointedAt = useSyncExternalStore(hoverStore.subscribe, () => {
    const { region, riskPoint, source } = hoverStore.get();
    if (source !== 'map') return false;
    return to.kind === 'region'
      ? region === to.code
      : to.kind === 'risk-point' && riskPoint === to.id;
  });
  return (
    <li>
      <NodeLink
        to={to}
        className={`row${isPointedAt ? ' is-pointed-at' : ''}`}
        data-testid={testId}
        data-row
        onMouseEnter={() => hoverFromPanel(target)}
        onMouseLeave={() => hoverFromPanel({})}
        onFocus={() => hoverFromPanel(target)}
        onBlur={() => hoverFromPanel({})}
      >
        {mark === null ? (
          <span className="swatch swatch-large swatch-blank" aria-hidden="true" />
        ) : (
          <Swatch of={mark.of} lastLevel={mark.lastLevel ?? null} size="large" />
        )}
        <span className="row-body">
          <span className="row-title">{title}</span>
          {children}
        </span>
        {aside === undefined ? null : <span className="row-aside">{aside}</span>}
      </NodeLink>
    </li>
  );
}

function targetOf(node: ViewNode) {
  if (node.kind === 'region') return { region: node.code };
  return node.kind === 'risk-point' ? { riskPoint: node.id } : {};
}
