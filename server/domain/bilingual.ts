/** A text in the two languages the product ships with. */
export type Bilingual = { readonly zh: string; readonly en: string };

/** A text for whoever asked; one that only programs come to read may be English alone. */
export type UserText = string | Bilingual;

export function textIn(text: UserText, language: keyof Bilingual): string {
  return typeof text === 'string' ? text : text[language];
}
