import { useTranslation } from 'react-i18next';
import { ExportButton } from '#client/features/exports/export-button.tsx';
import { useIsShut } from '#client/state/session-store.ts';
import { AboutButton, ImportButton } from './controls.tsx';
import { BasisSwitch, FieldSelect, LanguageSwitch, ThemeSwitch } from './settings.tsx';

/** All settings in the drawer of a phone. */
export function SettingsSheet() {
  const { t } = useTranslation();
  const isShut = useIsShut();
  return (
    <div className="panel-body sheet">
      <h1 className="card-title">{t('controls.settings')}</h1>
      {isShut ? null : (
        <>
          <div className="field">
            <span className="field-label">{t('controls.field')}</span>
            <FieldSelect />
          </div>
          <div className="field">
            <span className="field-label">{t('controls.basis')}</span>
            <BasisSwitch />
            <p className="why-hint">{t('controls.basisHint')}</p>
          </div>
        </>
      )}
      <div className="sheet-buttons">
        <LanguageSwitch />
        <ThemeSwitch />
        <ImportButton />
        <ExportButton />
        <AboutButton />
      </div>
    </div>
  );
}
