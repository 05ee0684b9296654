import { useTranslation } from 'react-i18next';
import { LIFECYCLES } from '#server/domain/lifecycle.ts';
import type { Level } from '#server/domain/level.ts';
import { ChoiceField, TextField } from '#client/ui/form/fields.tsx';
import { SupervisedFields } from '#client/ui/form/many-field.tsx';
import { ChineseName, EnglishName } from '#client/ui/form/names-field.tsx';
import { PlaceField } from '#client/ui/form/place-field.tsx';
import type { EditFormState } from '#client/ui/form/use-edit-form.ts';
import { ControlLevelField } from './control-level-field.tsx';
import { PUBLIC_KIND } from './risk-point-values.ts';
import type { RiskPointValues } from './risk-point-values.ts';

const KINDS = ['facility', 'place', 'activity', PUBLIC_KIND] as const;

type Props = { readonly form: EditFormState<RiskPointValues> };
type MainProps = Props & {
  /** Assessed level; null: none yet. */
  readonly level: Level | null;
  /** It is drawn as a line or an area, which stays as it is. */
  readonly hasShape: boolean;
};

/** What nearly every risk point has. */
export function MainFields({ form, level, hasShape }: MainProps) {
  const { t } = useTranslation();
  const { values, faults, set } = form;
  return (
    <>
      <ChineseName
        name="names"
        label={t('edit.name')}
        value={values.names}
        faults={faults}
        max={200}
        isRequired
        onChange={(names) => set('names', names)}
      />
      {values.enterpriseId === '' ? null : (
        <ChoiceField
          name="kind"
          label={t('edit.kind')}
          value={values.kind}
          faults={faults}
          choices={KINDS.map((value) => ({ value, label: t(`riskPoint.kind.${value}`) }))}
          onChange={(kind) => set('kind', kind)}
        />
      )}
      {hasShape ? (
        <p className="notice field-notice">{t('edit.place.shape')}</p>
      ) : (
        <PlaceField
          value={values.position}
          faults={faults}
          onChange={(place) => set('position', place)}
        />
      )}
      <TextField
        name="code"
        label={t('edit.code')}
        value={values.code}
        faults={faults}
        max={100}
        isMono
        onChange={(code) => set('code', code)}
      />
      <ChoiceField
        name="lifecycle"
        label={t('enterprise.lifecycleLabel')}
        value={values.lifecycle}
        faults={faults}
        choices={LIFECYCLES.map((value) => ({ value, label: t(`enterprise.lifecycle.${value}`) }))}
        onChange={(lifecycle) => set('lifecycle', lifecycle)}
      />
      <SupervisedFields
        value={values.fields}
        faults={faults}
        onChange={(fields) => set('fields', fields)}
      />
      <ControlLevelField
        value={values.controlLevel}
        level={level}
        faults={faults}
        onChange={(controlLevel) => set('controlLevel', controlLevel)}
      />
      <Responsible form={form} />
    </>
  );
}

function Responsible({ form }: Props) {
  const { t } = useTranslation();
  const { values, faults, set } = form;
  return (
    <>
      <ChineseName
        name="department"
        label={t('riskPoint.department')}
        value={values.department}
        faults={faults}
        max={200}
        onChange={(department) => set('department', department)}
      />
      <ChineseName
        name="post"
        label={t('riskPoint.post')}
        value={values.post}
        faults={faults}
        max={200}
        onChange={(post) => set('post', post)}
      />
      <TextField
        name="person"
        label={t('edit.person')}
        value={values.person}
        faults={faults}
        max={100}
        onChange={(person) => set('person', person)}
      />
      <TextField
        name="location"
        label={t('edit.location')}
        value={values.location}
        faults={faults}
        max={300}
        onChange={(location) => set('location', location)}
      />
    </>
  );
}

/** What is seldom known or needed. */
export function RareFields({ form }: Props) {
  const { t } = useTranslation();
  const { values, faults, set } = form;
  return (
    <>
      <EnglishName
        name="names"
        label={t('edit.name')}
        value={values.names}
        faults={faults}
        max={200}
        onChange={(names) => set('names', names)}
      />
      <EnglishName
        name="department"
        label={t('riskPoint.department')}
        value={values.department}
        faults={faults}
        max={200}
        onChange={(department) => set('department', department)}
      />
      <EnglishName
        name="post"
        label={t('riskPoint.post')}
        value={values.post}
        faults={faults}
        max={200}
        onChange={(post) => set('post', post)}
      />
      <TextField
        name="category"
        label={t('edit.category')}
        value={values.category}
        faults={faults}
        max={100}
        onChange={(category) => set('category', category)}
      />
      <TextField
        name="existsFrom"
        label={t('edit.existsFrom')}
        hint={t('edit.existsFromHint')}
        value={values.existsFrom}
        faults={faults}
        max={10}
        type="date"
        onChange={(day) => set('existsFrom', day)}
      />
      <TextField
        name="regionCode"
        label={t('edit.statedRegion')}
        hint={t('edit.statedRegionHint')}
        value={values.regionCode}
        faults={faults}
        max={12}
        isMono
        onChange={(code) => set('regionCode', code)}
      />
    </>
  );
}
