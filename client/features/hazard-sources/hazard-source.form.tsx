import { useTranslation } from 'react-i18next';
import { loadRecord, saveRecord } from '#client/api/edit.ts';
import type { RecordOf } from '#client/api/edit.ts';
import { useRiskPoint } from '#client/api/queries.ts';
import type { EditTarget } from '#client/state/edit-store.ts';
import { backToCard, EditFrame } from '#client/ui/form/edit-frame.tsx';
import { ChoiceField, TextField } from '#client/ui/form/fields.tsx';
import { faultsOfChecks, missingName } from '#client/ui/form/local-checks.ts';
import { TagsField } from '#client/ui/form/many-field.tsx';
import { MoreFields } from '#client/ui/form/more-fields.tsx';
import { ChineseName, EnglishName } from '#client/ui/form/names-field.tsx';
import { RecordLoader } from '#client/ui/form/record-loader.tsx';
import { useEditForm } from '#client/ui/form/use-edit-form.ts';
import type { EditFormState } from '#client/ui/form/use-edit-form.ts';
import { useShow } from '#client/ui/form/use-show.ts';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { ACCIDENT_TYPES } from './accident-types.ts';
import {
  accidentsOf,
  hazardSourceValues,
  hazardSourceWire,
  NEW_HAZARD_SOURCE,
} from './hazard-source-values.ts';
import type { HazardSourceValues } from './hazard-source-values.ts';

type Target = EditTarget & { readonly kind: 'hazard-source' };

const KINDS = ['activity', 'equipment', 'substance', 'condition'] as const;

/** Form of a new hazard source of a risk point, or of one that is in the register. */
export function HazardSourceForm({ target }: { readonly target: Target }) {
  if (target.id === null) return <Loaded target={target} record={null} />;
  return (
    <RecordLoader kind="hazard-source" id={target.id}>
      {(record) => <Loaded target={target} record={record} />}
    </RecordLoader>
  );
}

type LoadedProps = { readonly target: Target; readonly record: RecordOf<'hazard-source'> | null };

function Loaded({ target, record }: LoadedProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const show = useShow();
  const form = useHazardSourceForm(target, record);
  const point = useRiskPoint(target.riskPointId).data;
  const what = t(form.isNew ? 'edit.newHazardSource' : 'edit.hazardSource');
  return (
    <EditFrame
      kicker={point === undefined ? what : `${what} · ${nameIn(point.names, lang)}`}
      title={show.title(form.values.names)}
      form={form}
      members={{
        names: { label: t('edit.name'), show: show.names },
        kind: { label: t('edit.kind'), show: (value) => t(`riskPoint.hazardKind.${value}`) },
        accidentTypes: {
          label: t('edit.accidents'),
          show: (value) => show.list(value.map((names) => nameIn(names, lang))),
        },
        category: { label: t('edit.category'), show: show.text },
      }}
    >
      <Fields form={form} />
    </EditFrame>
  );
}

function Fields({ form }: { readonly form: EditFormState<HazardSourceValues> }) {
  const { t } = useTranslation();
  const lang = useLang();
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
      <ChoiceField
        name="kind"
        label={t('edit.kind')}
        value={values.kind}
        faults={faults}
        choices={KINDS.map((value) => ({ value, label: t(`riskPoint.hazardKind.${value}`) }))}
        onChange={(kind) => set('kind', kind)}
      />
      <TagsField
        name="accidentTypes"
        label={t('edit.accidents')}
        hint={t('edit.accidentsHint')}
        value={values.accidentTypes.map((names) => nameIn(names, lang))}
        faults={faults}
        suggestions={ACCIDENT_TYPES.map((names) => nameIn(names, lang))}
        onChange={(words) => set('accidentTypes', accidentsOf(words, values.accidentTypes))}
      />
      <MoreFields>
        <EnglishName
          name="names"
          label={t('edit.name')}
          value={values.names}
          faults={faults}
          max={200}
          onChange={(names) => set('names', names)}
        />
        <TextField
          name="category"
          label={t('edit.category')}
          value={values.category}
          faults={faults}
          max={100}
          onChange={(category) => set('category', category)}
        />
      </MoreFields>
    </>
  );
}

function useHazardSourceForm(target: Target, record: RecordOf<'hazard-source'> | null) {
  const { t } = useTranslation();
  const lang = useLang();
  return useEditForm<HazardSourceValues, RecordOf<'hazard-source'>>({
    target,
    initial: {
      values: record === null ? NEW_HAZARD_SOURCE : hazardSourceValues(record),
      version: record?.version ?? null,
    },
    toWire: hazardSourceWire,
    parent: { riskPointId: target.riskPointId },
    check: (values) => faultsOfChecks({ 'names/zh': missingName(t, values.names) }),
    load: async () => {
      const now = await loadRecord('hazard-source', target.id ?? '');
      return { values: hazardSourceValues(now), version: now.version };
    },
    send: (sending) => saveRecord('hazard-source', target.id, sending),
    onSaved: (saved) => {
      if (saved === null) return backToCard();
      const name = nameIn(saved.names, lang);
      backToCard(t(target.id === null ? 'edit.added' : 'edit.saved', { name }));
    },
  });
}
