import { useTranslation } from 'react-i18next';
import { useAbout } from '#client/api/queries.ts';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import type { TypedNames } from './names-field.tsx';
import type { TypedPlace } from './wire.ts';

/** Values of a form in words, for a choice between two versions. */
export function useShow() {
  const { t } = useTranslation();
  const lang = useLang();
  const known = useAbout().data?.fields ?? [];
  const nameOf = (code: string) => {
    const names = known.find((field) => field.code === code)?.names;
    return names === undefined ? code : nameIn(names, lang);
  };
  const list = (words: readonly string[]) => words.join(t('app.listSeparator'));
  return {
    list,
    /** Of a form: the name in the language of the screen. */
    title: ({ zh, en }: TypedNames) => {
      const name = nameIn({ zh: zh.trim(), en: en.trim() }, lang);
      return name === '' ? t('edit.unnamed') : name;
    },
    text: (value: string) => value,
    names: ({ zh, en }: TypedNames) => (en === '' ? zh : `${zh} / ${en}`),
    place: ({ text, crs }: TypedPlace) => (crs === 'wgs84' ? text : `${text} (${crs})`),
    fields: (codes: readonly string[]) => list(codes.map(nameOf)),
  };
}
