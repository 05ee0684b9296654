import { Modal } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { closeEdit, editKey, editStore, reopenEdit } from '#client/state/edit-store.ts';
import { useStore } from '#client/state/store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { writeDraft } from '#client/ui/form/edit-draft.ts';

/** Asks once before an open form with something unsaved is left, by whatever way. */
export function LeaveEdit() {
  const { t } = useTranslation();
  const { go } = useStore(editStore);
  useGuards();
  const stay = () => editStore.set({ go: null });
  const leave = (keepsDraft: boolean) => {
    const { target } = editStore.get();
    if (!keepsDraft && target !== null) writeDraft(sessionStorage, editKey(target), null);
    closeEdit();
    go?.();
  };
  return (
    <Modal
      opened={go !== null}
      onClose={stay}
      title={t('edit.leave.title')}
      size={520}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      centered
    >
      <p>{t('edit.leave.text')}</p>
      <div className="dialog-buttons">
        <button
          type="button"
          className="button button-quiet"
          data-testid="leave-discard"
          onClick={() => leave(false)}
        >
          {t('edit.leave.discard')}
        </button>
        <button
          type="button"
          className="button"
          data-testid="leave-keep"
          onClick={() => leave(true)}
        >
          {t('edit.leave.keep')}
        </button>
        <button
          type="button"
          className="button button-primary"
          data-testid="leave-stay"
          onClick={stay}
          data-autofocus
        >
          {t('edit.leave.stay')}
        </button>
      </div>
    </Modal>
  );
}

/** Other nodes and pages, the browser's way back, and closing the tab. */
function useGuards(): void {
  useEffect(() => {
    reopenEdit(viewStore.get().node);
    viewStore.setGuard((next) => {
      const { target, isDirty } = editStore.get();
      if (target === null || !isDirty) return false;
      editStore.set({ go: next });
      return true;
    });
    const warn = (event: BeforeUnloadEvent) => {
      if (editStore.get().isDirty) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      viewStore.setGuard(null);
      window.removeEventListener('beforeunload', warn);
    };
  }, []);
}
