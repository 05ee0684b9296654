import type { ComponentProps, MouseEvent } from 'react';
import { toUrl } from '#client/state/url-state.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { openImport } from './leaving.ts';

type Props = Omit<ComponentProps<'a'>, 'href' | 'onClick'> & {
  /** Null: the list of imports, where a new one starts. */
  readonly to: string | null;
};

/** Goes to an import. A real link: it can be copied or opened in a new tab. */
export function ImportLink({ to, children, ...rest }: Props) {
  const href = useViewPart((view) =>
    toUrl({ ...view, page: { kind: 'imports', id: to, rows: null } }),
  );
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openImport(to);
  };
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  );
}
