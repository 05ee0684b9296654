import { useTranslation } from 'react-i18next';
import { ROLE_IDS } from '#server/domain/policy/role.ts';
import { closeSession, openDemoSession } from '#client/api/session.ts';
import { leaveEdit } from '#client/state/edit-store.ts';
import { sessionStore } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { roleName } from '#client/ui/role-names.ts';
import { useLang } from '#client/ui/use-format.ts';
import { DemonstrationBadge } from './corner-notes.tsx';

const PUBLIC = 'public';
const OWN = 'own';

/** Beside the word that the data are invented: as whom they are seen, and to see them as somebody else. */
export function DemonstrationBar() {
  const { session } = useStore(sessionStore);
  return (
    <div className="demo-bar" data-testid="demo-bar">
      <DemonstrationBadge />
      {session?.demonstration === true ? <IdentitySelect /> : null}
    </div>
  );
}

function IdentitySelect() {
  const { t } = useTranslation();
  const lang = useLang();
  const { session } = useStore(sessionStore);
  const account = session?.account ?? null;
  const isOwn = account !== null && !account.isDemo;
  const value = account === null ? PUBLIC : isOwn ? OWN : (session?.roles[0] ?? OWN);
  const choose = (next: string) => {
    if (next === OWN || next === value) return;
    leaveEdit(() => {
      const change = next === PUBLIC ? closeSession() : openDemoSession(next);
      change.catch(() => uiStore.set({ toast: { text: t('account.notSwitched') } }));
    });
  };
  return (
    <label className="demo-identity">
      <span className="demo-identity-label">{t('account.seenAs')}</span>
      <select
        data-testid="demo-identity"
        aria-label={t('account.switch')}
        title={t('account.switch')}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {isOwn || value === OWN ? <option value={OWN}>{account?.fullName}</option> : null}
        {ROLE_IDS.map((role) => (
          <option key={role} value={role}>
            {roleName(role, lang)}
          </option>
        ))}
        <option value={PUBLIC}>{t('account.public')}</option>
      </select>
    </label>
  );
}
