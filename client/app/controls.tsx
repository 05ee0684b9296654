import { useTranslation } from 'react-i18next';
import { ExportButton } from '#client/features/exports/export-button.tsx';
import { ImportLink } from '#client/features/imports/import-link.tsx';
import { useIsShut, useMay } from '#client/state/session-store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { InfoIcon, KeyboardIcon, UploadIcon } from '#client/ui/icons.tsx';
import { AccountButton } from './account-button.tsx';
import { useCard } from './cards.ts';
import { BasisSwitch, FieldSelect, LanguageSwitch, ThemeSwitch } from './settings.tsx';

const SIDES = ['top', 'right'] as const;

/** Top right of a desktop or tablet: what is counted, and how the screen looks. */
export function Controls({ hasPage }: { readonly hasPage: boolean }) {
  const { t } = useTranslation();
  const card = useCard(SIDES);
  const isShut = useIsShut();
  return (
    <section ref={card} className="controls" aria-label={t('controls.label')}>
      {hasPage || isShut ? null : (
        <>
          <div className="control card">
            <FieldSelect />
          </div>
          <div className="control card">
            <BasisSwitch />
          </div>
        </>
      )}
      <div className="control control-buttons card">
        <ImportButton />
        <ExportButton />
        <LanguageSwitch />
        <ThemeSwitch />
        <HelpButton />
        <AboutButton />
        <AccountButton />
      </div>
    </section>
  );
}

export function ImportButton() {
  const { t } = useTranslation();
  const mayImport = useMay('imports.write');
  if (!mayImport) return null;
  return (
    <ImportLink
      to={null}
      className="icon-button"
      data-testid="import-button"
      aria-label={t('imports.open')}
      title={t('imports.open')}
    >
      <UploadIcon />
    </ImportLink>
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
