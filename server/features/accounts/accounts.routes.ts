import { Router } from 'express';
import type { Caller } from '#server/domain/policy/caller.ts';
import { isRole } from '#server/domain/policy/grant-rules.ts';
import { mount } from '#server/http/mount.ts';
import { RequestRefusedError } from '#server/http/request-errors.ts';
import {
  createAccount,
  createGrant,
  createKey,
  createRecoveryLink,
  listAccounts,
  listKeys,
  revokeGrant,
  revokeKey,
  updateAccount,
} from './accounts.contract.ts';
import type { AccountsService, AccountView } from './accounts.service.ts';
import type { Grant } from './accounts.store.ts';
import type { ApiKey } from './keys.store.ts';

export type AccountRoutesDeps = { readonly accounts: AccountsService; readonly publicUrl: string };

export function accountRoutes(deps: AccountRoutesDeps): Router {
  const router = Router();
  mountAccounts(router, deps);
  mountGrants(router, deps);
  mountKeys(router, deps);
  return router;
}

function mountAccounts(router: Router, { accounts, publicUrl }: AccountRoutesDeps): void {
  mount(router, listAccounts, async () => ({ items: (await accounts.list()).map(toAccount) }));
  mount(
    router,
    createAccount,
    async ({ body, caller }) => {
      changerOf(caller);
      const made = await accounts.create(body);
      return { account: toAccount(made.account), firstPassword: made.firstPassword };
    },
    { location: ({ account }) => `/api/v1/accounts/${account.id}` },
  );
  mount(router, updateAccount, async ({ params, body, caller }) => {
    const { fullName, isDisabled } = body;
    const change = {
      ...(fullName !== undefined && { fullName }),
      ...(isDisabled !== undefined && { isDisabled }),
    };
    return toAccount(await accounts.update(params.id, change, changerOf(caller)));
  });
  mount(router, createRecoveryLink, async ({ params, caller }) => {
    changerOf(caller);
    const { token, expiresAt } = await accounts.recoveryToken(params.id);
    return { url: `${publicUrl}/recover#${token}`, expiresAt: expiresAt.toISOString() };
  });
}

function mountGrants(router: Router, { accounts }: AccountRoutesDeps): void {
  mount(router, createGrant, async ({ body, caller }) => {
    const { role, ...others } = body;
    if (!isRole(role)) throw new Error(`${role} passed the contract`);
    return toGrant(await accounts.grant({ ...others, role }, changerOf(caller)));
  });
  mount(router, revokeGrant, async ({ params, caller }) =>
    toGrant(await accounts.revoke(params.id, changerOf(caller))),
  );
}

function mountKeys(router: Router, { accounts }: AccountRoutesDeps): void {
  mount(router, listKeys, async ({ caller }) => ({
    items: (await accounts.keys(idOf(caller))).map(toKey),
  }));
  mount(router, createKey, async ({ body, caller }) => {
    const { key, secret } = await accounts.createKey(holderOf(caller), body);
    return { key: toKey(key), secret };
  });
  mount(router, revokeKey, async ({ params, caller }) =>
    toKey(await accounts.revokeKey(holderOf(caller), params.id)),
  );
}

function idOf(caller: Caller): string {
  if (caller === null) throw new Error('Nobody passed the check of the caller');
  return caller.accountId;
}

/** Who changes accounts. What the demonstration made would outlive it: its administrator only looks at them. */
function changerOf(caller: Caller): string {
  if (caller?.isDemo) throw new RequestRefusedError('forbidden', NOT_IN_DEMO);
  return idOf(caller);
}

/** Whose keys are changed; a key makes and revokes none: it would outlive its own end. */
function holderOf(caller: Caller): string {
  if (caller?.keyId != null) throw new RequestRefusedError('forbidden', NOT_WITH_KEY);
  return idOf(caller);
}

function toAccount({ grants, createdAt, ...account }: AccountView) {
  return { ...account, createdAt: createdAt.toISOString(), grants: grants.map(toGrant) };
}

function toGrant({ expiresAt, createdAt, ...grant }: Grant) {
  return {
    ...grant,
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

function toKey({ accountId: _own, createdAt, expiresAt, usedAt, ...key }: ApiKey) {
  return {
    ...key,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  };
}

const NOT_WITH_KEY = {
  zh: '密钥只能在登录后新建或撤销。',
  en: 'Keys are made and revoked in a session, not with a key.',
};
const NOT_IN_DEMO = {
  zh: '演示身份只能查看账号，不能更改。',
  en: 'An account of the demonstration looks at accounts and changes none.',
};
