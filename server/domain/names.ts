/** A name as the register holds it: always in Chinese, in English where known. */
export type Names = { readonly zh: string; readonly en: string | null };
