import { useTranslation } from 'react-i18next';
import { checkUscc } from '#server/domain/identifiers/uscc.ts';
import { LIFECYCLES } from '#server/domain/lifecycle.ts';
import { loadRecord, saveRecord } from '#client/api/edit.ts';
import type { RecordOf } from '#client/api/edit.ts';
import type { EditTarget } from '#client/state/edit-store.ts';
import { pulseAt } from '#client/state/place-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { backToCard, EditFrame } from '#client/ui/form/edit-frame.tsx';
import type { Faults } from '#client/ui/form/faults.ts';
import { ChoiceField, TextField } from '#client/ui/form/fields.tsx';
import {
  badRegion,
  faultsOfChecks,
  halfName,
  missingName,
  missingPlace,
} from '#client/ui/form/local-checks.ts';
import { SupervisedFields } from '#client/ui/form/many-field.tsx';
import { MoreFields } from '#client/ui/form/more-fields.tsx';
import { ChineseName, EnglishName } from '#client/ui/form/names-field.tsx';
import { PlaceField } from '#client/ui/form/place-field.tsx';
import { RecordLoader } from '#client/ui/form/record-loader.tsx';
import { useEditForm } from '#client/ui/form/use-edit-form.ts';
import type { EditFormState } from '#client/ui/form/use-edit-form.ts';
import { useShow } from '#client/ui/form/use-show.ts';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { enterpriseValues, enterpriseWire, newEnterprise, plainUscc } from './enterprise-values.ts';
import type { EnterpriseValues } from './enterprise-values.ts';
import { UsccField } from './uscc-field.tsx';

type Target = EditTarget & { readonly kind: 'enterprise' };

/** Form of a new enterprise, or of one that is in the register. */
export function EnterpriseForm({ target }: { readonly target: Target }) {
  if (target.id === null) return <Loaded target={target} record={null} />;
  return (
    <RecordLoader kind="enterprise" id={target.id}>
      {(record) => <Loaded target={target} record={record} />}
    </RecordLoader>
  );
}

type LoadedProps = { readonly target: Target; readonly record: RecordOf<'enterprise'> | null };

function Loaded({ target, record }: LoadedProps) {
  const { t } = useTranslation();
  const show = useShow();
  const form = useEnterpriseForm(target, record);
  return (
    <EditFrame
      kicker={t(form.isNew ? 'edit.newEnterprise' : 'edit.enterprise')}
      title={show.title(form.values.names)}
      form={form}
      members={{
        names: { label: t('edit.name'), show: show.names },
        uscc: { label: t('enterprise.uscc'), show: show.text },
        usccReason: { label: t('edit.uscc.reason'), show: show.text },
        position: { label: t('edit.place.label'), show: show.place },
        lifecycle: {
          label: t('enterprise.lifecycleLabel'),
          show: (value) => t(`enterprise.lifecycle.${value}`),
        },
        fields: { label: t('enterprise.fields'), show: show.fields },
        principalPost: { label: t('enterprise.principalPost'), show: show.names },
        principalName: { label: t('edit.principalName'), show: show.text },
        address: { label: t('enterprise.address'), show: show.text },
        category: { label: t('edit.category'), show: show.text },
        industry: { label: t('enterprise.industry'), show: show.text },
        regionCode: { label: t('edit.statedRegion'), show: show.text },
      }}
    >
      <MainFields form={form} />
      <MoreFields>
        <RareFields form={form} />
      </MoreFields>
    </EditFrame>
  );
}

type FieldsProps = { readonly form: EditFormState<EnterpriseValues> };

function MainFields({ form }: FieldsProps) {
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
      <UsccField
        code={values.uscc}
        reason={values.usccReason}
        faults={faults}
        onCode={(code) => set('uscc', code)}
        onReason={(reason) => set('usccReason', reason)}
      />
      <PlaceField
        value={values.position}
        faults={faults}
        onChange={(place) => set('position', place)}
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
      <ChineseName
        name="principalPost"
        label={t('enterprise.principalPost')}
        value={values.principalPost}
        faults={faults}
        max={200}
        onChange={(post) => set('principalPost', post)}
      />
      <TextField
        name="principalName"
        label={t('edit.principalName')}
        value={values.principalName}
        faults={faults}
        max={100}
        onChange={(name) => set('principalName', name)}
      />
      <TextField
        name="address"
        label={t('enterprise.address')}
        value={values.address}
        faults={faults}
        max={300}
        onChange={(address) => set('address', address)}
      />
    </>
  );
}

function RareFields({ form }: FieldsProps) {
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
        name="principalPost"
        label={t('enterprise.principalPost')}
        value={values.principalPost}
        faults={faults}
        max={200}
        onChange={(post) => set('principalPost', post)}
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
        name="industry"
        label={t('enterprise.industry')}
        value={values.industry}
        faults={faults}
        max={40}
        onChange={(industry) => set('industry', industry)}
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

function useEnterpriseForm(target: Target, record: RecordOf<'enterprise'> | null) {
  const { t } = useTranslation();
  const lang = useLang();
  const check = useCheck();
  return useEditForm<EnterpriseValues, RecordOf<'enterprise'>>({
    target,
    initial: {
      values: record === null ? newEnterprise(target.at) : enterpriseValues(record),
      version: record?.version ?? null,
    },
    toWire: enterpriseWire,
    check,
    load: async () => {
      const now = await loadRecord('enterprise', target.id ?? '');
      return { values: enterpriseValues(now), version: now.version };
    },
    send: (sending) => saveRecord('enterprise', target.id, sending),
    onSaved: (saved) => {
      if (saved === null) return backToCard();
      const name = nameIn(saved.names, lang);
      backToCard(t(target.id === null ? 'edit.added' : 'edit.saved', { name }));
      pulseAt(saved.position);
      viewStore.set({ node: { kind: 'enterprise', id: saved.id } }, 'push');
    },
  });
}

type Check = (values: EnterpriseValues, base: EnterpriseValues) => Faults;

function useCheck(): Check {
  const { t } = useTranslation();
  const lang = useLang();
  return (values, base) => {
    const uscc = plainUscc(values.uscc);
    const isTouched = values.uscc !== base.uscc || values.usccReason !== base.usccReason;
    const needsNoReason = uscc === null || !isTouched || values.usccReason.trim() !== '';
    const wrong = needsNoReason ? [] : checkUscc(uscc).faults.map((fault) => nameIn(fault, lang));
    return faultsOfChecks({
      'names/zh': missingName(t, values.names),
      uscc: wrong.length === 0 ? null : [...wrong, t('edit.uscc.fails')],
      position: missingPlace(t, values.position),
      'principalPost/zh': halfName(t, values.principalPost),
      regionCode: badRegion(t, values.regionCode),
    });
  };
}
