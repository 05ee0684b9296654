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
    async ({ body }) => {
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
    return toAccount(await accounts.update(params.id, change, idOf(caller)));
  });
  mount(router, createRecoveryLink, async ({ params }) => {
    const { token, expiresAt } = await accounts.recoveryToken(params.id);
    return { url: `${publicUrl}/recover#${token}`, expiresAt: expiresAt.toISOString() };
  });
}

function mountGrants(router: Router, { accounts }: AccountRoutesDeps): void {
  mount(router, createGrant, async ({ body, caller }) => {
    const { role, ...others } = body;
    if (!isRole(role)) throw new Error(`${role} passed the contract`);
    return toGrant(await accounts.grant({ ...others, role }, idOf(caller)));
  });
  mount(router, revokeGrant, async ({ params, caller }) =>
    toGrant(await accounts.revoke(params.id, idOf(caller))),
  );
}

function mountKeys(router: Router, { accounts }: AccountRoutesDeps): void {
  mount(router, listKeys, async ({ caller }) => ({
    items: (await accounts.keys(idOf(caller))).map(toKey),
  }));
  mount(router, createKey, async ({ body, caller }) => {
    // A key that makes keys would outlive its own end.
    if (caller?.keyId != null) throw new RequestRefusedError('forbidden', NOT_WITH_KEY);
    const { key, secret } = await accounts.createKey(idOf(caller), body);
    return { key: toKey(key), secret };
  });
  mount(router, revokeKey, async ({ params, caller }) =>
    toKey(await accounts.revokeKey(idOf(caller), params.id)),
  );
}

function idOf(caller: Caller): string {
  if (caller === null) throw new Error('Nobody passed the check of the caller');
  return caller.accountId;
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
  zh: '密钥只能在登录后新建。',
  en: 'A key is made in a session, not with another key.',
};
