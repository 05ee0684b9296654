import { useTranslation } from 'react-i18next';
import { MEASURE_KINDS } from '#server/domain/control.ts';
import { loadRecord, saveRecord } from '#client/api/edit.ts';
import type { RecordOf } from '#client/api/edit.ts';
import { useRiskPoint } from '#client/api/queries.ts';
import type { EditTarget } from '#client/state/edit-store.ts';
import { backToCard, EditFrame } from '#client/ui/form/edit-frame.tsx';
import { ChoiceField, LongField } from '#client/ui/form/fields.tsx';
import { faultsOfChecks } from '#client/ui/form/local-checks.ts';
import { RecordLoader } from '#client/ui/form/record-loader.tsx';
import { useEditForm } from '#client/ui/form/use-edit-form.ts';
import type { EditFormState } from '#client/ui/form/use-edit-form.ts';
import { useShow } from '#client/ui/form/use-show.ts';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { measureValues, measureWire, NEW_MEASURE } from './measure-values.ts';
import type { MeasureValues } from './measure-values.ts';

type Target = EditTarget & { readonly kind: 'measure' };

const MOST_CHARACTERS = 1000;

/** Form of a new control measure of a risk point, or of one that is in the register. */
export function MeasureForm({ target }: { readonly target: Target }) {
  if (target.id === null) return <Loaded target={target} record={null} />;
  return (
    <RecordLoader kind="measure" id={target.id}>
      {(record) => <Loaded target={target} record={record} />}
    </RecordLoader>
  );
}

type LoadedProps = { readonly target: Target; readonly record: RecordOf<'measure'> | null };

function Loaded({ target, record }: LoadedProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const show = useShow();
  const form = useMeasureForm(target, record);
  const point = useRiskPoint(target.riskPointId).data;
  const sources = [
    { value: '', label: t('edit.wholePoint') },
    ...(point?.hazardSources ?? []).map(({ id, names }) => ({
      value: id,
      label: nameIn(names, lang),
    })),
  ];
  const nameOf = (id: string) => sources.find(({ value }) => value === id)?.label ?? id;
  return (
    <EditFrame
      kicker={point === undefined ? t('edit.measure') : nameIn(point.names, lang)}
      title={t(form.isNew ? 'edit.newMeasure' : 'edit.measure')}
      form={form}
      members={{
        kind: { label: t('edit.kind'), show: (value) => t(`riskPoint.measureKind.${value}`) },
        text: { label: t('edit.measureText'), show: show.names },
        hazardSourceId: { label: t('edit.against'), show: nameOf },
      }}
    >
      <Fields form={form} sources={sources} />
    </EditFrame>
  );
}

type FieldsProps = {
  readonly form: EditFormState<MeasureValues>;
  readonly sources: readonly { readonly value: string; readonly label: string }[];
};

function Fields({ form, sources }: FieldsProps) {
  const { t } = useTranslation();
  const { values, faults, set } = form;
  return (
    <>
      <ChoiceField
        name="kind"
        label={t('edit.kind')}
        value={values.kind}
        faults={faults}
        choices={MEASURE_KINDS.map((value) => ({
          value,
          label: t(`riskPoint.measureKind.${value}`),
        }))}
        onChange={(kind) => set('kind', kind)}
      />
      <LongField
        name="text/zh"
        label={t('edit.inChinese', { label: t('edit.measureText') })}
        value={values.text.zh}
        faults={faults}
        max={MOST_CHARACTERS}
        lang="zh-CN"
        isRequired
        onChange={(zh) => set('text', { ...values.text, zh })}
      />
      <ChoiceField
        name="hazardSourceId"
        label={t('edit.against')}
        value={values.hazardSourceId}
        faults={faults}
        choices={sources}
        onChange={(id) => set('hazardSourceId', id)}
      />
      <LongField
        name="text/en"
        label={t('edit.inEnglish', { label: t('edit.measureText') })}
        value={values.text.en}
        faults={faults}
        max={MOST_CHARACTERS}
        lang="en"
        onChange={(en) => set('text', { ...values.text, en })}
      />
    </>
  );
}

function useMeasureForm(target: Target, record: RecordOf<'measure'> | null) {
  const { t } = useTranslation();
  return useEditForm<MeasureValues, RecordOf<'measure'>>({
    target,
    initial: {
      values: record === null ? NEW_MEASURE : measureValues(record),
      version: record?.version ?? null,
    },
    toWire: measureWire,
    parent: { riskPointId: target.riskPointId },
    check: ({ text }) =>
      faultsOfChecks({ 'text/zh': text.zh.trim() === '' ? t('edit.fault.text') : null }),
    load: async () => {
      const now = await loadRecord('measure', target.id ?? '');
      return { values: measureValues(now), version: now.version };
    },
    send: (sending) => saveRecord('measure', target.id, sending),
    onSaved: (saved) => {
      if (saved === null) return backToCard();
      backToCard(t(target.id === null ? 'edit.measureAdded' : 'edit.measureSaved'));
    },
  });
}
