import { useTranslation } from 'react-i18next';
import type { ImportRow } from '#server/features/imports/import-report.contract.ts';
import { FieldBadges } from '#client/ui/field-badges.tsx';
import { contentText, isRecordId } from './change-words.ts';
import type { ChangeField } from './change-words.ts';

type Props = {
  readonly subject: ImportRow['changes'][number]['subject'];
  /** Null: an attribute, or a whole record. */
  readonly field: ChangeField | null;
  readonly value: unknown;
  readonly isOld?: boolean;
};

/** One side of a change, in words where the register holds a code. */
export function ChangeValue({ subject, field, value, isOld = false }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord(subject, field, value);
  if (field === 'fields' && Array.isArray(value) && value.length > 0) {
    return <FieldBadges codes={value.map(String)} />;
  }
  if (isRecordId(value)) return <span className="import-none">{t('imports.change.another')}</span>;
  const text = word ?? contentText(value);
  if (text === null || text === '') {
    return <span className="import-none">{t('imports.change.nothing')}</span>;
  }
  return isOld ? <del>{text}</del> : text;
}

const LIFECYCLES = [
  'planned',
  'building',
  'running',
  'suspended',
  'long_suspended',
  'closed',
] as const;
const POINT_KINDS = ['facility', 'place', 'activity', 'public_place'] as const;
const HAZARD_KINDS = ['activity', 'equipment', 'substance', 'condition'] as const;
const CONTROL_LEVELS = ['company', 'workshop', 'team', 'post'] as const;

/** The word for a code of a closed list; null for anything else. */
function useCodeWord(subject: Props['subject'], field: ChangeField | null, value: unknown) {
  const { t } = useTranslation();
  const lifecycle = LIFECYCLES.find((each) => each === value);
  const pointKind = POINT_KINDS.find((each) => each === value);
  const hazardKind = HAZARD_KINDS.find((each) => each === value);
  const controlLevel = CONTROL_LEVELS.find((each) => each === value);
  if (field === 'lifecycle' && lifecycle) return t(`enterprise.lifecycle.${lifecycle}`);
  if (field === 'controlLevel' && controlLevel) return t(`riskPoint.controlLevel.${controlLevel}`);
  if (field !== 'kind') return null;
  if (subject === 'risk_point' && pointKind) return t(`riskPoint.kind.${pointKind}`);
  return subject === 'hazard_source' && hazardKind ? t(`riskPoint.hazardKind.${hazardKind}`) : null;
}
