import { useTranslation } from 'react-i18next';
import { deletionStore } from '#client/state/deletion-store.ts';
import type { Deleting } from '#client/state/deletion-store.ts';
import type { EditTarget } from '#client/state/edit-store.ts';
import { useMay } from '#client/state/session-store.ts';
import { startEdit } from './card-menu.tsx';
import { PencilIcon, TrashIcon } from './icons.tsx';

type Props = { readonly edit: EditTarget; readonly remove: Deleting };

/** Edit and delete beside one item of a list. */
export function ItemActions({ edit, remove }: Props) {
  const { t } = useTranslation();
  const mayWrite = useMay('register.write');
  const change = t('edit.changeOf', { name: remove.name });
  const drop = t('edit.removeOf', { name: remove.name });
  if (!mayWrite) return null;
  return (
    <span className="item-actions">
      <button
        type="button"
        className="icon-button"
        data-testid={`edit-${remove.id}`}
        aria-label={change}
        title={change}
        onClick={() => startEdit(edit)}
      >
        <PencilIcon size={16} />
      </button>
      <button
        type="button"
        className="icon-button"
        data-testid={`delete-${remove.id}`}
        aria-label={drop}
        title={drop}
        onClick={() => deletionStore.set({ asked: remove })}
      >
        <TrashIcon size={16} />
      </button>
    </span>
  );
}

/** Adds to a list. */
export function AddLink({ label, edit }: { readonly label: string; readonly edit: EditTarget }) {
  const mayWrite = useMay('register.write');
  if (!mayWrite) return null;
  return (
    <button
      type="button"
      className="link"
      data-testid={`add-${edit.kind}`}
      onClick={() => startEdit(edit)}
    >
      {label}
    </button>
  );
}
