/** A text in the two languages the product ships with. */
export type Bilingual = { readonly zh: string; readonly en: string };
