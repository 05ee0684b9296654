import type { ComponentProps, MouseEvent } from 'react';
import { nodePath, toUrl } from '#client/state/url-state.ts';
import type { ViewNode } from '#client/state/url-state.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { useViewPart, viewStore } from '#client/state/view-store.ts';

type Props = Omit<ComponentProps<'a'>, 'href' | 'onClick'> & { readonly to: ViewNode };

/** Goes to a node. A real link: it can be opened in a new tab or copied, with the same switches. */
export function NodeLink({ to, children, ...rest }: Props) {
  const href = useViewPart((view) => toUrl({ ...view, node: to, camera: null }));
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    uiStore.set({ wantsTitleFocus: true });
    viewStore.set({ node: to }, 'push');
  };
  return (
    <a {...rest} href={href} data-node={nodePath(to)} onClick={follow}>
      {children}
    </a>
  );
}
