import { useTranslation } from 'react-i18next';
import { controlFault, CONTROL_LEVELS, defaultControlLevel } from '#server/domain/control.ts';
import type { ControlLevel } from '#server/domain/control.ts';
import type { Level } from '#server/domain/level.ts';
import { ChoiceField } from '#client/ui/form/fields.tsx';
import type { Faults } from '#client/ui/form/faults.ts';
import { WarnIcon } from '#client/ui/icons.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { levelName, nameIn } from '#client/ui/words.ts';

type Props = {
  readonly value: ControlLevel | '';
  /** Assessed level of the point; null: none yet. */
  readonly level: Level | null;
  readonly faults: Faults;
  readonly onChange: (level: ControlLevel | '') => void;
};

/** Who controls the risk: what is usual for its level, and the fault of a major one held too low. */
export function ControlLevelField({ value, level, faults, onChange }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const fault = value === '' ? null : controlFault(level, value);
  const usual = level === null ? null : defaultControlLevel[level];
  return (
    <>
      <ChoiceField<ControlLevel | ''>
        name="controlLevel"
        label={t('riskPoint.controlLevel.label')}
        hint={
          usual === null || level === null
            ? t('edit.control.unassessed')
            : t('edit.control.usual', {
                level: levelName(level, lang),
                control: t(`riskPoint.controlLevel.${usual}`),
              })
        }
        value={value}
        faults={faults}
        choices={[
          { value: '', label: t('riskPoint.notRecorded') },
          ...CONTROL_LEVELS.map((each) => ({
            value: each,
            label: t(`riskPoint.controlLevel.${each}`),
          })),
        ]}
        onChange={onChange}
      />
      {usual !== null && value === '' ? (
        <button
          type="button"
          className="link field-link"
          data-testid="control-usual"
          onClick={() => onChange(usual)}
        >
          {t('edit.control.take', { control: t(`riskPoint.controlLevel.${usual}`) })}
        </button>
      ) : null}
      {fault === null ? null : (
        <p className="notice notice-warn field-notice" data-testid="control-fault" role="alert">
          <WarnIcon size={16} /> {nameIn(fault, lang)}
        </p>
      )}
    </>
  );
}
