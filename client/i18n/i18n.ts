import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { viewStore } from '#client/state/view-store.ts';
import en from './en.json' with { type: 'json' };
import zh from './zh-CN.json' with { type: 'json' };

/** Starts i18next and keeps its language, and the page's `lang`, in step with the view. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
    lng: viewStore.get().lang,
    fallbackLng: 'zh-CN',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  const follow = () => {
    const { lang } = viewStore.get();
    document.documentElement.lang = lang;
    if (i18next.language !== lang) void i18next.changeLanguage(lang);
  };
  viewStore.subscribe(follow);
  follow();
}
