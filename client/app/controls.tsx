import { useTranslation } from 'react-i18next';
import { uiStore } from '#client/state/ui-store.ts';
import { InfoIcon, KeyboardIcon } from '#client/ui/icons.tsx';
import { useCard } from './cards.ts';
import { BasisSwitch, FieldSelect, LanguageSwitch, ThemeSwitch } from './settings.tsx';

const SIDES = ['top', 'right'] as const;

/** Top right of a desktop or tablet: what is counted, and how the screen looks. */
export function Controls() {
  const { t } = useTranslation();
  const card = useCard(SIDES);
  return (
    <section ref={card} className="controls" aria-label={t('controls.label')}>
      <div className="control card">
        <FieldSelect />
      </div>
      <div className="control card">
        <BasisSwitch />
      </div>
      <div className="control control-buttons card">
        <LanguageSwitch />
        <ThemeSwitch />
        <HelpButton />
        <AboutButton />
      </div>
    </section>
  );
}

export function AboutButton() {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="icon-button"
      data-testid="about-button"
      aria-label={t('controls.about')}
      title={t('controls.about')}
      onClick={() => uiStore.set({ dialog: 'about' })}
    >
      <InfoIcon />
    </button>
  );
}

function HelpButton() {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={t('controls.help')}
      title={t('controls.help')}
      onClick={() => uiStore.set({ dialog: 'help' })}
    >
      <KeyboardIcon />
    </button>
  );
}
