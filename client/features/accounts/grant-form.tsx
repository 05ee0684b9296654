import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLE_IDS } from '#server/domain/policy/role.ts';
import { useAccountChanges } from '#client/api/accounts.ts';
import type { Faults } from '#client/ui/form/faults.ts';
import { ChoiceField, TextField } from '#client/ui/form/fields.tsx';
import { roleName, useWhatRoleMay } from '#client/ui/role-names.ts';
import { useLang } from '#client/ui/use-format.ts';
import { AccountForm } from './account-form.tsx';
import { grantBody, limitsOf, missingLimits } from './grant-limits.ts';
import type { GrantLimits, GrantValues } from './grant-limits.ts';
import { EnterpriseField, FieldsField, JurisdictionsField, RegionsField } from './limit-fields.tsx';
import { useSending } from './use-sending.ts';

type Props = { readonly accountId: string; readonly onDone: () => void };

const FIELDS = ['role', 'regions', 'jurisdictions', 'fields', 'enterpriseId', 'expiresAt'];
const EMPTY: GrantValues = {
  role: 'viewer',
  regions: [],
  jurisdictions: [],
  fields: [],
  enterpriseId: null,
  lastDay: '',
};

/** Gives an account a role; only the limits that the role takes are asked for. */
export function GrantForm({ accountId, onDone }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const [values, setValues] = useState(EMPTY);
  const sending = useSending();
  const { grant } = useAccountChanges();
  const change = (patch: Partial<GrantValues>) => setValues({ ...values, ...patch });
  const whatItMay = useWhatRoleMay(values.role);
  const limits = limitsOf(values.role);
  const { faults } = sending;
  const submit = () => {
    if (!sending.isGood(missingLimits(values, t('account.missing')))) return;
    sending.send(async () => {
      await grant(grantBody(accountId, values));
      onDone();
    });
  };
  return (
    <AccountForm
      sending={sending}
      fields={FIELDS}
      submitLabel={t('accounts.grant')}
      testId="grant-form"
      onSubmit={submit}
      onCancel={onDone}
    >
      <ChoiceField
        name="role"
        label={t('accounts.role')}
        hint={t('accounts.roleMay', { list: whatItMay })}
        faults={faults}
        value={values.role}
        choices={ROLE_IDS.map((id) => ({ value: id, label: roleName(id, lang) }))}
        onChange={(role) => change({ role })}
      />
      <LimitFields values={values} limits={limits} faults={faults} change={change} />
      <TextField
        name="expiresAt"
        label={t('accounts.lastDay')}
        hint={limits.expiry === 'must' ? undefined : t('accounts.lastDayHint')}
        type="date"
        max={10}
        faults={faults}
        isRequired={limits.expiry === 'must'}
        value={values.lastDay}
        onChange={(lastDay) => change({ lastDay })}
      />
    </AccountForm>
  );
}

type LimitProps = {
  readonly values: GrantValues;
  readonly limits: GrantLimits;
  readonly faults: Faults;
  readonly change: (patch: Partial<GrantValues>) => void;
};

/** Where the grant holds: what the role takes of it. */
function LimitFields({ values, limits, faults, change }: LimitProps) {
  return (
    <>
      {limits.enterprise === 'no' ? null : (
        <EnterpriseField
          wanted={limits.enterprise}
          value={values.enterpriseId}
          faults={faults}
          onChange={(enterpriseId) => change({ enterpriseId })}
        />
      )}
      {limits.regions === 'no' ? null : (
        <RegionsField
          wanted={limits.regions}
          value={values.regions}
          faults={faults}
          onChange={(regions) => change({ regions })}
        />
      )}
      {limits.regions === 'no' ? null : (
        <JurisdictionsField
          wanted={limits.regions}
          value={values.jurisdictions}
          faults={faults}
          onChange={(jurisdictions) => change({ jurisdictions })}
        />
      )}
      {limits.fields === 'no' ? null : (
        <FieldsField
          wanted={limits.fields}
          value={values.fields}
          faults={faults}
          onChange={(fields) => change({ fields })}
        />
      )}
    </>
  );
}
