import { useCreateImport } from '#client/api/imports.ts';
import type { ImportUpload } from '#client/api/imports.ts';
import { viewStore } from '#client/state/view-store.ts';
import { leavingStore, openImport } from './leaving.ts';
import { uploadType } from './upload-type.ts';

type Query = ImportUpload['query'];

const sent = new Map<string, { readonly file: File; readonly query: Query }>();

/** The file an import was made from, as long as this page lives: another sheet needs it again. */
export function sentFile(importId: string): { readonly file: File; readonly query: Query } | null {
  return sent.get(importId) ?? null;
}

/** Sends a file and opens the import that comes of it, unless the reader has moved on meanwhile. */
export function useSendFile() {
  const create = useCreateImport();
  const send = async (file: File, query: Query): Promise<boolean> => {
    if (leavingStore.get().isSending) return false;
    leavingStore.set({ isSending: true });
    const from = viewStore.get().page;
    try {
      const report = await create.mutateAsync({
        query: { ...query, fileName: file.name.slice(-200) },
        // The browser's own idea of the type is not used.
        file: file.slice(0, file.size, uploadType(file.name)),
      });
      sent.set(report.id, { file, query });
      leavingStore.set({ isSending: false, go: null });
      if (viewStore.get().page === from) openImport(report.id);
      return true;
    } catch {
      // What went wrong stands in `create.error`.
      leavingStore.set({ isSending: false });
      return false;
    }
  };
  return { create, send };
}
