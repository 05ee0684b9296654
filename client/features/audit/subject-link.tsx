import { useTranslation } from 'react-i18next';
import type { ViewNode } from '#client/state/url-state.ts';
import { toUrl } from '#client/state/url-state.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { useViewPart, viewStore } from '#client/state/view-store.ts';

type Props = { readonly to: ViewNode; readonly id: string };

/** Leads to the card of a record; what it was done to may be a part of it. */
export function SubjectLink({ to, id }: Props) {
  const { t } = useTranslation();
  const href = useViewPart((view) => toUrl({ ...view, node: to, page: null, camera: null }));
  return (
    <a
      className="link mono audit-id"
      href={href}
      title={id}
      aria-label={t('audit.openRecord', { id })}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        uiStore.set({ wantsTitleFocus: true });
        viewStore.set({ node: to, page: null }, 'push');
      }}
    >
      …{id.slice(-12)}
    </a>
  );
}
