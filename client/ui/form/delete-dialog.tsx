import { Modal, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteRecord, loadRecord, refreshEverything, restoreRecord } from '#client/api/edit.ts';
import { ApiProblem } from '#client/api/problem.ts';
import { deletionStore } from '#client/state/deletion-store.ts';
import type { Deleting } from '#client/state/deletion-store.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';

const MOST_CHARACTERS = 500;

/** Asks why a record is deleted; afterwards the message offers to take it back. */
export function DeleteDialog() {
  const { t } = useTranslation();
  const { asked } = useStore(deletionStore);
  const close = () => deletionStore.set({ asked: null });
  return (
    <Modal
      opened={asked !== null}
      onClose={close}
      title={asked === null ? '' : t('edit.delete.title', { name: asked.name })}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      centered
    >
      {asked === null ? null : <Question key={asked.id} asked={asked} close={close} />}
    </Modal>
  );
}

type QuestionProps = { readonly asked: Deleting; readonly close: () => void };

function Question({ asked, close }: QuestionProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { remove, isStale, error, isSending } = useDeletion(asked, close);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') remove(reason.trim());
  };
  return (
    <form className="form" onSubmit={submit} noValidate data-testid="delete-dialog">
      {asked.along === null ? null : <p>{asked.along}</p>}
      <p className="why-hint">{t('edit.delete.kept')}</p>
      <Textarea
        label={t('edit.delete.reason')}
        value={reason}
        maxLength={MOST_CHARACTERS}
        autosize
        minRows={2}
        withAsterisk
        aria-required
        data-autofocus
        data-testid="delete-reason"
        error={isMissing && reason.trim() === '' ? t('edit.delete.reasonMissing') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {isStale ? <p className="fault">{t('edit.delete.stale')}</p> : null}
      {error === null ? null : <ProblemNotice error={error} />}
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {t('form.cancel')}
        </button>
        <button
          type="submit"
          className="button button-danger"
          data-testid="delete-confirm"
          disabled={isSending}
        >
          {t(isSending ? 'edit.delete.deleting' : 'edit.delete.confirm')}
        </button>
      </div>
    </form>
  );
}

function useDeletion(asked: Deleting, close: () => void) {
  const client = useQueryClient();
  const [version, setVersion] = useState(asked.version);
  const [state, setState] = useState({ isStale: false, isSending: false, error: null as unknown });
  const undo = useUndo(asked);
  const { t } = useTranslation();

  const send = async (reason: string) => {
    await deleteRecord(asked.kind, asked.id, version, reason);
    close();
    asked.onGone?.();
    // What is gone is not asked for again.
    client.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(asked.id) });
    uiStore.set({
      toast: {
        text: t('edit.delete.done', { name: asked.name }),
        action: { label: t('edit.delete.undo'), run: undo },
      },
    });
    await refreshEverything(client);
  };
  const remove = (reason: string) => {
    if (state.isSending) return;
    setState({ isStale: false, isSending: true, error: null });
    send(reason).catch(async (error: unknown) => {
      const isStale = error instanceof ApiProblem && error.slug === 'stale';
      // What is deleted must have been seen: the newest version is fetched, and the question stays.
      const now = isStale ? await loadRecord(asked.kind, asked.id).catch(() => null) : null;
      if (now !== null) setVersion(now.version);
      setState({ isStale: now !== null, isSending: false, error: now === null ? error : null });
    });
  };
  return { ...state, remove };
}

/** Brings the record back with what went along. */
function useUndo({ kind, id, name, onBack }: Deleting): () => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  return () => {
    restoreRecord(kind, id)
      .then(async () => {
        uiStore.set({ toast: { text: t('edit.delete.restored', { name }) } });
        await refreshEverything(client);
        onBack?.();
      })
      .catch(() => uiStore.set({ toast: { text: t('edit.delete.restoreFailed', { name }) } }));
  };
}
