import type { ComponentProps, MouseEvent } from 'react';
import { toUrl } from '#client/state/url-state.ts';
import type { ViewPage } from '#client/state/url-state.ts';
import { useViewPart, viewStore } from '#client/state/view-store.ts';

type Props = Omit<ComponentProps<'a'>, 'href' | 'onClick'> & { readonly to: ViewPage };

/** Opens a page over the map. A real link: it can be copied or opened in a new tab. */
export function PageLink({ to, children, ...rest }: Props) {
  const href = useViewPart((view) => toUrl({ ...view, page: to }));
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    viewStore.set({ page: to }, 'push');
  };
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  );
}
