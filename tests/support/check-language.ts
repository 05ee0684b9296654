import type { Problem } from '#server/contract/problem.contract.ts';

/** Every sentence of a problem is of the language that the answer names; what it quotes or repeats may be of any. */
export function checkLanguage(
  language: string | undefined,
  { title, detail, errors = [] }: Pick<Problem, 'title' | 'detail' | 'errors'>,
  given = '',
): void {
  if (language !== 'en' && language !== 'zh-CN') throw new Error('The answer names no language');
  for (const text of [title, detail, ...errors.map((fault) => fault.detail)]) {
    if (text === undefined) continue;
    const isHan = /\p{Script=Han}/u.test(ownWords(text, given));
    if (language === 'en' && isHan) throw new Error(`This is not English: ${text}`);
    if (language === 'zh-CN' && !isHan) throw new Error(`This is not Chinese: ${text}`);
  }
}

/** The text without what stands in quotation marks and without Chinese words that the request itself contained. */
function ownWords(text: string, given: string): string {
  return text
    .replaceAll(/“[^”]*”|"[^"]*"|「[^」]*」|`[^`]*`/gu, ' ')
    .replaceAll(/\p{Script=Han}+/gu, (words) => (given.includes(words) ? ' ' : words));
}
