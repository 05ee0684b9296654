import { SegmentedControl, Select, useMantineColorScheme } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAbout } from '#client/api/queries.ts';
import { useViewPart, viewStore } from '#client/state/view-store.ts';
import { MoonIcon, ScreenIcon, SunIcon } from '#client/ui/icons.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

/** Current or inherent; the two are never mixed in one map. */
export function BasisSwitch() {
  const { t } = useTranslation();
  const basis = useViewPart((view) => view.basis);
  return (
    <SegmentedControl
      className="basis-switch"
      aria-label={t('controls.basis')}
      value={basis}
      onChange={(next) =>
        viewStore.set({ basis: next === 'inherent' ? 'inherent' : 'current' }, 'replace')
      }
      data={(['current', 'inherent'] as const).map((value) => ({
        value,
        label: (
          <span data-testid={`basis-${value}`} title={t('controls.basisHint')}>
            {t(`controls.${value}`)}
          </span>
        ),
      }))}
    />
  );
}

/** The filter of a bureau: one supervised field, or all of them. */
export function FieldSelect() {
  const { t } = useTranslation();
  const lang = useLang();
  const field = useViewPart((view) => view.field);
  const fields = useAbout().data?.fields ?? [];
  return (
    <Select
      className="field-select"
      aria-label={t('controls.field')}
      placeholder={t('controls.fieldAll')}
      data-testid="field-select"
      value={field}
      onChange={(next) => viewStore.set({ field: next }, 'replace')}
      data={fields.map(({ code, names }) => ({ value: code, label: nameIn(names, lang) }))}
      nothingFoundMessage={t('controls.fieldNone')}
      clearButtonProps={{ 'aria-label': t('controls.fieldAll') }}
      maxDropdownHeight={420}
      comboboxProps={{ shadow: 'md' }}
      clearable
      searchable
    />
  );
}

/** Names the other language in that language, as readers of it look for it. */
export function LanguageSwitch() {
  const lang = useLang();
  const other = lang === 'en' ? 'zh-CN' : 'en';
  return (
    <button
      type="button"
      className="icon-button icon-button-text"
      data-testid="lang-switch"
      lang={other}
      title={other === 'en' ? 'English' : '中文'}
      aria-label={other === 'en' ? 'EN – English' : '中文'}
      onClick={() => viewStore.set({ lang: other }, 'replace')}
    >
      {other === 'en' ? 'EN' : '中'}
    </button>
  );
}

const SCHEMES = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[];
const SCHEME_ICONS = { auto: ScreenIcon, light: SunIcon, dark: MoonIcon } as const;
const SCHEME_WORDS = {
  auto: 'controls.themeAuto',
  light: 'controls.themeLight',
  dark: 'controls.themeDark',
} as const;

/** System, light, dark, in turn. */
export function ThemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = SCHEMES[(SCHEMES.indexOf(colorScheme) + 1) % SCHEMES.length] ?? 'auto';
  const Icon = SCHEME_ICONS[colorScheme];
  const label = `${t('controls.theme')}${t('app.colon')}${t(SCHEME_WORDS[colorScheme])}`;
  return (
    <button
      type="button"
      className="icon-button"
      data-testid="theme-switch"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(next)}
    >
      <Icon />
    </button>
  );
}
