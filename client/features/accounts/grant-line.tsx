import { useTranslation } from 'react-i18next';
import {
  useAccountChanges,
  useEnterpriseName,
  useJurisdictions,
  useRegionNames,
} from '#client/api/accounts.ts';
import type { Grant } from '#client/api/accounts.ts';
import { useAbout } from '#client/api/queries.ts';
import { roleName } from '#client/ui/role-names.ts';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { Refusal } from './refusal.tsx';
import { useSending } from './use-sending.ts';

type Props = {
  readonly grant: Grant;
  /** It cannot be taken back. */
  readonly isFixed: boolean;
};

/** A role and where it holds, in words. */
export function GrantLine({ grant, isFixed }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const { revoke } = useAccountChanges();
  const sending = useSending();
  const role = roleName(grant.role, lang);
  const limits = useLimitWords(grant);
  return (
    <li className="grant">
      <span className="grant-words">
        <span className="grant-role">{role}</span>
        {limits.map((words) => (
          <span key={words} className="row-note">
            {words}
          </span>
        ))}
      </span>
      {isFixed ? null : (
        <ConfirmButton
          label={t('accounts.revoke')}
          of={role}
          confirm={t('accounts.revokeConfirm')}
          testId={`revoke-${grant.role}`}
          isSending={sending.isSending}
          run={() => sending.send(() => revoke(grant.id))}
        />
      )}
      <Refusal problem={sending.problem} faults={sending.faults} fields={[]} />
    </li>
  );
}

function useLimitWords(grant: Grant): readonly string[] {
  const { t } = useTranslation();
  const lang = useLang();
  const format = useFormats();
  const { regions, jurisdictions, fields, enterpriseId, expiresAt } = grant;
  const known = useAbout().data?.fields ?? [];
  const regionNames = useRegionNames(regions ?? []);
  const units = useJurisdictions() ?? [];
  const enterprise = useEnterpriseName(enterpriseId);
  const list = (words: readonly string[]) => words.join(t('app.listSeparator'));
  const fieldName = (code: string) => {
    const names = known.find((field) => field.code === code)?.names;
    return names === undefined ? code : nameIn(names, lang);
  };
  const places = (regions ?? []).map((code, index) => {
    const names = regionNames[index];
    return names === undefined ? code : nameIn(names, lang);
  });
  for (const id of jurisdictions) {
    const names = units.find((unit) => unit.id === id)?.names;
    places.push(names === undefined ? id : nameIn(names, lang));
  }
  return [
    places.length === 0 ? null : list(places),
    fields === null ? null : list(fields.map(fieldName)),
    enterpriseId === null
      ? null
      : enterprise === undefined
        ? t('accounts.oneEnterprise')
        : nameIn(enterprise, lang),
    places.length === 0 && enterpriseId === null ? t('accounts.everywhere') : null,
    expiresAt === null ? null : t('accounts.until', { day: format.date(expiresAt) }),
  ].filter((words) => words !== null);
}
