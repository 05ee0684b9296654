import { nameIn } from './words.ts';
import type { Names } from './words.ts';
import { useLang } from './use-format.ts';

/** A name in the language of the screen; marked as Chinese where only the Chinese one exists. */
export function Name({ of: names }: { readonly of: Names }) {
  const lang = useLang();
  const text = nameIn(names, lang);
  return lang === 'en' && text === names.zh ? <span lang="zh-CN">{text}</span> : text;
}
