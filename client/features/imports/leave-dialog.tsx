import { Modal } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '#client/state/store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { countUnsent, dropAllEdits } from './cell-edits.ts';
import { hasUnsentWork, holdToAsk, leavingStore } from './leaving.ts';

/** Asks once before corrections that are not saved, or a file on its way, are given up. */
export function LeaveDialog() {
  const { t } = useTranslation();
  const { go } = useStore(leavingStore);
  useEffect(() => {
    viewStore.setGuard(holdToAsk);
    return () => viewStore.setGuard(null);
  }, []);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (hasUnsentWork()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
  const stay = () => leavingStore.set({ go: null });
  const edits = countUnsent();
  return (
    <Modal
      opened={go !== null}
      onClose={stay}
      title={t('imports.leave.title')}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      centered
    >
      <p>{edits > 0 ? t('imports.leave.edits', { count: edits }) : t('imports.leave.sending')}</p>
      <div className="import-dialog-actions">
        <button type="button" className="button" onClick={stay} data-autofocus>
          {t('imports.leave.stay')}
        </button>
        <button
          type="button"
          className="button button-danger"
          onClick={() => {
            dropAllEdits();
            leavingStore.set({ go: null, isSending: false });
            go?.();
          }}
        >
          {t('imports.leave.go')}
        </button>
      </div>
    </Modal>
  );
}
