import { useTranslation } from 'react-i18next';
import type { Level } from '#server/domain/level.ts';
import { loadRecord, saveRecord } from '#client/api/edit.ts';
import type { RecordOf } from '#client/api/edit.ts';
import { useAbout, useEnterprise } from '#client/api/queries.ts';
import type { EditTarget } from '#client/state/edit-store.ts';
import { pulseAt } from '#client/state/place-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { backToCard, EditFrame } from '#client/ui/form/edit-frame.tsx';
import type { Faults } from '#client/ui/form/faults.ts';
import {
  badRegion,
  faultsOfChecks,
  halfName,
  missingName,
  missingPlace,
} from '#client/ui/form/local-checks.ts';
import { MoreFields } from '#client/ui/form/more-fields.tsx';
import { RecordLoader } from '#client/ui/form/record-loader.tsx';
import { useEditForm } from '#client/ui/form/use-edit-form.ts';
import { useShow } from '#client/ui/form/use-show.ts';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { MainFields, RareFields } from './risk-point-fields.tsx';
import { isInFuture, newRiskPoint, riskPointValues, riskPointWire } from './risk-point-values.ts';
import type { RiskPointValues } from './risk-point-values.ts';

type Target = EditTarget & { readonly kind: 'risk-point' };

/** Form of a new risk point, of an enterprise or a public place, or of one that is in the register. */
export function RiskPointForm({ target }: { readonly target: Target }) {
  const { data: about } = useAbout();
  if (about === undefined) return null;
  const { timeZone } = about;
  if (target.id === null) return <Loaded target={target} record={null} timeZone={timeZone} />;
  return (
    <RecordLoader kind="risk-point" id={target.id}>
      {(record) => <Loaded target={target} record={record} timeZone={timeZone} />}
    </RecordLoader>
  );
}

type LoadedProps = {
  readonly target: Target;
  readonly record: RecordOf<'risk-point'> | null;
  readonly timeZone: string;
};

function Loaded({ target, record, timeZone }: LoadedProps) {
  const { t } = useTranslation();
  const show = useShow();
  const form = useRiskPointForm(target, record, timeZone);
  const level: Level | null = record?.level ?? null;
  return (
    <EditFrame
      kicker={useKicker(form.isNew, target, record)}
      title={show.title(form.values.names)}
      form={form}
      members={{
        names: { label: t('edit.name'), show: show.names },
        enterpriseId: { label: t('enterprise.kind'), show: show.text },
        kind: { label: t('edit.kind'), show: (value) => t(`riskPoint.kind.${value}`) },
        code: { label: t('edit.code'), show: show.text },
        position: { label: t('edit.place.label'), show: show.place },
        lifecycle: {
          label: t('enterprise.lifecycleLabel'),
          show: (value) => t(`enterprise.lifecycle.${value}`),
        },
        fields: { label: t('enterprise.fields'), show: show.fields },
        controlLevel: {
          label: t('riskPoint.controlLevel.label'),
          show: (value) => (value === '' ? '' : t(`riskPoint.controlLevel.${value}`)),
        },
        department: { label: t('riskPoint.department'), show: show.names },
        post: { label: t('riskPoint.post'), show: show.names },
        person: { label: t('edit.person'), show: show.text },
        location: { label: t('edit.location'), show: show.text },
        category: { label: t('edit.category'), show: show.text },
        existsFrom: { label: t('edit.existsFrom'), show: show.text },
        regionCode: { label: t('edit.statedRegion'), show: show.text },
      }}
    >
      <MainFields
        form={form}
        level={level}
        hasShape={record !== null && record.geometry.type !== 'Point'}
      />
      <MoreFields>
        <RareFields form={form} />
      </MoreFields>
    </EditFrame>
  );
}

/** What is edited and whose it is. */
function useKicker(isNew: boolean, { enterpriseId }: Target, record: LoadedProps['record']) {
  const { t } = useTranslation();
  const lang = useLang();
  const owner = useEnterprise(record === null ? enterpriseId : null).data?.names;
  const names = record?.enterprise?.names ?? owner;
  const what = t(isNew ? 'edit.newRiskPoint' : 'edit.riskPoint');
  const whose = names === undefined ? t('riskPoint.kind.public_place') : nameIn(names, lang);
  return `${what} · ${whose}`;
}

function useRiskPointForm(target: Target, record: RecordOf<'risk-point'> | null, timeZone: string) {
  const { t } = useTranslation();
  const lang = useLang();
  const check = useCheck(timeZone);
  return useEditForm<RiskPointValues, RecordOf<'risk-point'>>({
    target,
    initial: {
      values:
        record === null
          ? newRiskPoint(target.enterpriseId, target.at)
          : riskPointValues(record, timeZone),
      version: record?.version ?? null,
    },
    toWire: (values) => riskPointWire(values, timeZone),
    check,
    load: async () => {
      const now = await loadRecord('risk-point', target.id ?? '');
      return { values: riskPointValues(now, timeZone), version: now.version };
    },
    send: (sending) => saveRecord('risk-point', target.id, sending),
    onSaved: (saved) => {
      if (saved === null) return backToCard();
      const name = nameIn(saved.names, lang);
      backToCard(t(target.id === null ? 'edit.added' : 'edit.saved', { name }));
      pulseAt(saved.position);
      viewStore.set({ node: { kind: 'risk-point', id: saved.id } }, 'push');
    },
  });
}

type Check = (values: RiskPointValues, base: RiskPointValues) => Faults;

function useCheck(timeZone: string): Check {
  const { t } = useTranslation();
  const dayFault = (day: string, stored: string) => {
    if (isInFuture(day, timeZone, Date.now())) return t('edit.fault.future');
    return day === '' && stored !== '' ? t('edit.fault.day') : null;
  };
  return (values, base) =>
    faultsOfChecks({
      'names/zh': missingName(t, values.names),
      position: missingPlace(t, values.position),
      'department/zh': halfName(t, values.department),
      'post/zh': halfName(t, values.post),
      existsFrom: dayFault(values.existsFrom, base.existsFrom),
      regionCode: badRegion(t, values.regionCode),
    });
}
