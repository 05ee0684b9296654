import { changeLanguage, use } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { viewStore } from '#client/state/view-store.ts';
import en from './en.json' with { type: 'json' };
import zh from './zh-CN.json' with { type: 'json' };

/** Starts i18next and keeps its language, and the page's `lang`, in step with the view. */
export async function startI18n(): Promise<void> {
  await use(initReactI18next).init({
    resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
    lng: viewStore.get().lang,
    fallbackLng: 'zh-CN',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  let last = viewStore.get().lang;
  document.documentElement.lang = last;
  viewStore.subscribe(() => {
    const { lang } = viewStore.get();
    if (lang === last) return;
    last = lang;
    document.documentElement.lang = lang;
    void changeLanguage(lang);
  });
}
