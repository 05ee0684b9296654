import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '#server/features/imports/import-report.contract.ts';
import { useFixRow } from '#client/api/imports.ts';
import { useStore } from '#client/state/store.ts';
import { editCell, editsOf, withoutSaved } from './cell-edits.ts';
import { allSaved, savesOf } from './pending-saves.ts';

export type RowSaving = {
  /** Unsaved cells of a row: header → content. */
  readonly editsIn: (row: number) => Readonly<Record<string, string>> | undefined;
  readonly edit: (row: number, cell: { header: string; value: string; saved: string }) => void;
  /** Sends what was changed in a row; nothing happens without a change. */
  readonly save: (row: number) => Promise<void>;
  /** Rows whose corrections are on their way. */
  readonly savingRows: ReadonlySet<number>;
  readonly failed: { readonly row: number; readonly error: Error } | null;
};

/** Saves corrected rows one by one and says what came of it. */
export function useRowSaving(importId: string, say: (text: string) => void): RowSaving {
  const { t } = useTranslation();
  const store = editsOf(importId);
  const { edits } = useStore(store);
  const { mutateAsync } = useFixRow(importId);
  const [savingRows, setSavingRows] = useState<ReadonlySet<number>>(new Set());
  const [failed, setFailed] = useState<RowSaving['failed']>(null);
  const edit: RowSaving['edit'] = useCallback(
    (row, cell) => store.set({ edits: editCell(store.get().edits, row, cell) }),
    [store],
  );
  const save = useCallback(
    async (row: number) => {
      if (store.get().edits[row] === undefined || savesOf(importId).pending.has(row)) return;
      setSavingRows((rows) => new Set([...rows, row]));
      setFailed(null);
      try {
        const faults = await sendRow(importId, row, mutateAsync);
        say(
          faults === 0
            ? t('imports.rows.fixed', { row })
            : t('imports.rows.stillFaulty', { row, faults }),
        );
      } catch (error) {
        setFailed({ row, error: error instanceof Error ? error : new Error(String(error)) });
      } finally {
        setSavingRows((rows) => new Set([...rows].filter((each) => each !== row)));
      }
    },
    [importId, mutateAsync, say, store, t],
  );
  return {
    editsIn: (row) => edits[row],
    edit,
    save,
    savingRows,
    failed,
  };
}

type Fix = (input: {
  row: number;
  cells: Readonly<Record<string, string>>;
}) => Promise<Pick<ImportRow, 'faults'>>;

/** Sends the corrections of a row; the number of faults that are left. Throws what `fix` throws. */
async function sendRow(importId: string, row: number, fix: Fix): Promise<number> {
  const store = editsOf(importId);
  const { pending, failed } = savesOf(importId);
  const cells = store.get().edits[row] ?? {};
  // One after the other: the service judges all rows against each other after each of them.
  const sending = allSaved(importId).then(() => fix({ row, cells }));
  pending.set(row, sending);
  try {
    const { faults } = await sending;
    failed.delete(row);
    store.set({ edits: withoutSaved(store.get().edits, row, cells) });
    return faults.length;
  } catch (error) {
    failed.add(row);
    throw error;
  } finally {
    pending.delete(row);
  }
}
