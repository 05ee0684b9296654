import { useTranslation } from 'react-i18next';
import type { EnterpriseDetail } from '#server/features/enterprises/enterprises.contract.ts';
import { useParentNode } from '#client/api/crumbs.ts';
import { deletionStore } from '#client/state/deletion-store.ts';
import { useMay } from '#client/state/session-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { CardMenu, startEdit } from '#client/ui/card-menu.tsx';
import { PencilIcon, PlusIcon, TrashIcon } from '#client/ui/icons.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

/** What can be done with an enterprise: edit it, add a risk point to it, delete it. */
export function EnterpriseActions({ enterprise }: { readonly enterprise: EnterpriseDetail }) {
  const { t } = useTranslation();
  const remove = useRemoval(enterprise);
  const { id } = enterprise;
  const mayWrite = useMay('register.write');
  if (!mayWrite) return null;
  return (
    <div className="card-actions">
      <button
        type="button"
        className="button"
        data-testid="edit-button"
        onClick={() => startEdit({ kind: 'enterprise', id })}
      >
        <PencilIcon size={16} /> {t('edit.change')}
      </button>
      <button
        type="button"
        className="button"
        data-testid="add-point-button"
        onClick={() => startEdit({ kind: 'risk-point', id: null, enterpriseId: id })}
      >
        <PlusIcon size={16} /> {t('edit.addRiskPoint')}
      </button>
      <CardMenu
        entries={[
          { id: 'delete', label: t('edit.remove'), icon: <TrashIcon size={16} />, run: remove },
        ]}
      />
    </div>
  );
}

/** Asks before the deletion; afterwards the card above it is shown, and an undo leads back. */
function useRemoval(enterprise: EnterpriseDetail): () => void {
  const { t } = useTranslation();
  const format = useFormats();
  const lang = useLang();
  const node = { kind: 'enterprise', id: enterprise.id } as const;
  const parent = useParentNode(node);
  const { total, nNotApplicable } = enterprise.counts;
  const points = total + nNotApplicable;
  return () =>
    deletionStore.set({
      asked: {
        kind: 'enterprise',
        id: enterprise.id,
        version: enterprise.version,
        name: nameIn(enterprise.names, lang),
        along:
          points > 0 ? t('edit.delete.alongEnterprise', { points: format.number(points) }) : null,
        onGone: () => {
          if (parent !== null) viewStore.set({ node: parent }, 'replace');
        },
        onBack: () => viewStore.set({ node }, 'push'),
      },
    });
}
