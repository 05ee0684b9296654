import type { Knex } from 'knex';
import { noteAudit } from '#server/db/note-audit.ts';
import type { Work } from '#server/db/transaction.ts';
import { ConflictError, NotFoundError, RuleViolationError } from '#server/domain/errors.ts';
import type { Fault } from '#server/domain/errors.ts';
import { grantFaults } from '#server/domain/policy/grant-rules.ts';
import type { GrantRequest } from '#server/domain/policy/grant-rules.ts';
import {
  endGrant,
  findAccount,
  grantsInForce,
  insertAccount,
  insertGrant,
  listAccounts,
  updateAccount,
} from './accounts.store.ts';
import { findPlaces } from './granted-places.store.ts';
import type { Account, AccountChange, Grant } from './accounts.store.ts';
import { endKey, insertKey, listKeys } from './keys.store.ts';
import type { ApiKey } from './keys.store.ts';
import { firstPassword, hashPassword, newToken, tokenHash } from './secrets.ts';
import { endSessionsOf, insertLink } from './sessions.store.ts';

const LINK_MS = 86_400_000;
const DAY_MS = 86_400_000;

export type AccountsDeps = {
  readonly accounts: <T>(work: Work<T>) => Promise<T>;
  /** Whether there is such an enterprise, for whoever asks. */
  readonly enterpriseExists: (id: string) => Promise<boolean>;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly forget: () => void;
};

export type AccountView = Account & { readonly grants: readonly Grant[] };

export type AccountsService = ReturnType<typeof createAccounts>;

export function createAccounts(deps: AccountsDeps) {
  return {
    list: () => list(deps),
    create: (request: { readonly name: string; readonly fullName: string }) =>
      create(deps, request),
    update: (id: string, change: Pick<AccountChange, 'fullName' | 'isDisabled'>, by: string) =>
      update(deps, id, change, by),
    recoveryToken: (id: string) => recoveryToken(deps, id),
    grant: (request: GrantRequest & { readonly accountId: string }, by: string) =>
      grant(deps, request, by),
    revoke: (id: string, by: string) => revoke(deps, id, by),
    keys: (accountId: string) => deps.accounts((trx) => listKeys(trx, accountId, deps.clock())),
    createKey: (accountId: string, request: KeyRequest) => createKey(deps, accountId, request),
    revokeKey: async (accountId: string, id: string): Promise<ApiKey> => {
      const ended = await deps.accounts((trx) => endKey(trx, { id, accountId, now: deps.clock() }));
      deps.forget();
      if (ended === null) throw new NotFoundError('key', id);
      return ended;
    },
  };
}

async function list({ accounts, clock }: AccountsDeps): Promise<readonly AccountView[]> {
  return accounts(async (trx) => {
    const all = await listAccounts(trx);
    const grants = await grantsInForce(trx, clock());
    return all.map((account) => ({
      ...account,
      grants: grants.filter(({ accountId }) => accountId === account.id),
    }));
  });
}

async function create(
  { accounts, clock, newId }: AccountsDeps,
  { name, fullName }: { readonly name: string; readonly fullName: string },
): Promise<{ readonly account: AccountView; readonly firstPassword: string }> {
  const password = firstPassword();
  const passwordHash = await hashPassword(password);
  const id = newId();
  const account = await accounts(async (trx) => {
    const made = { id, name, fullName, passwordHash, mustChangePassword: true, now: clock() };
    if (!(await insertAccount(trx, made))) {
      throw new ConflictError({ zh: '该账号名已被使用。', en: 'This name is taken.' });
    }
    return getAccount(trx, id);
  });
  return { account: { ...account, grants: [] }, firstPassword: password };
}

async function update(
  { accounts, clock, forget }: AccountsDeps,
  id: string,
  change: Pick<AccountChange, 'fullName' | 'isDisabled'>,
  by: string,
): Promise<AccountView> {
  const view = await accounts(async (trx) => {
    refuseDemo(await getAccount(trx, id));
    if (change.isDisabled === true && id === by) throw new ConflictError(OWN_ACCOUNT);
    await updateAccount(trx, id, change, clock());
    if (change.isDisabled === true) await endSessionsOf(trx, id);
    const account = await getAccount(trx, id);
    return { ...account, grants: await grantsInForce(trx, clock(), id) };
  });
  forget();
  return view;
}

async function recoveryToken(
  { accounts, clock }: AccountsDeps,
  id: string,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = newToken();
  const now = clock();
  await accounts(async (trx) => {
    refuseDemo(await getAccount(trx, id));
    const link = { hash: tokenHash(token), purpose: 'recovery' as const, accountId: id, now };
    await insertLink(trx, { ...link, expiresAt: now + LINK_MS });
    const subject = { subjectKind: 'accounts', subjectId: id };
    await noteAudit(trx, { action: 'recovery-link', ...subject });
  });
  return { token, expiresAt: new Date(now + LINK_MS) };
}

async function grant(
  deps: AccountsDeps,
  { accountId, ...request }: GrantRequest & { readonly accountId: string },
  by: string,
): Promise<Grant> {
  const { accounts, clock, newId, forget } = deps;
  const now = clock();
  const faults = [...grantFaults(request, now), ...(await enterpriseFaults(deps, request))];
  const granted = await accounts(async (trx) => {
    const account = await findAccount(trx, accountId);
    const unknown = account === null ? [fault('/accountId', NO_ACCOUNT)] : [];
    refuse([...unknown, ...faults, ...(await placeFaults(trx, request))]);
    if (account) refuseDemo(account);
    const expiresAt = request.expiresAt === null ? null : new Date(request.expiresAt);
    return insertGrant(
      trx,
      { ...request, id: newId(), accountId, expiresAt },
      { accountId: by, now },
    );
  });
  forget();
  return granted;
}

async function revoke(
  { accounts, clock, forget }: AccountsDeps,
  id: string,
  by: string,
): Promise<Grant> {
  const ended = await accounts(async (trx) => {
    const found = await endGrant(trx, id, clock());
    if (found === null) throw new NotFoundError('grant', id);
    const account = await getAccount(trx, found.accountId);
    refuseDemo(account);
    // Nobody would be left to grant it again.
    if (found.role === 'administrator' && found.accountId === by)
      throw new ConflictError(OWN_GRANT);
    return found;
  });
  forget();
  return ended;
}

export type KeyRequest = {
  readonly name: string;
  readonly isReadOnly: boolean;
  readonly regions: readonly string[] | null;
  readonly days: number;
};

async function createKey(
  { accounts, clock, newId }: AccountsDeps,
  accountId: string,
  { name, isReadOnly, regions, days }: KeyRequest,
): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  const secret = `rm_${newToken()}`;
  const now = clock();
  const key = await accounts(async (trx) => {
    refuseDemo(await getAccount(trx, accountId));
    const places = { regions: regions ?? [], jurisdictions: [], fields: [] };
    refuse(await placeFaults(trx, { ...places, regions }));
    return insertKey(trx, {
      id: newId(),
      accountId,
      name,
      prefix: secret.slice(0, 8),
      secretHash: tokenHash(secret),
      isReadOnly,
      regions,
      createdAt: new Date(now),
      expiresAt: new Date(now + days * DAY_MS),
    });
  });
  return { key, secret };
}

async function getAccount(trx: Knex.Transaction, id: string): Promise<Account> {
  const account = await findAccount(trx, id);
  if (account === null) throw new NotFoundError('account', id);
  return account;
}

/** Demonstration accounts are made anew at each start; a change would not last, and a key would outlive the rule. */
function refuseDemo({ isDemo }: Account): void {
  if (isDemo) throw new ConflictError(DEMO);
}

async function placeFaults(
  trx: Knex.Transaction,
  {
    regions,
    jurisdictions,
    fields,
  }: {
    readonly regions: readonly string[] | null;
    readonly jurisdictions: readonly string[];
    readonly fields: readonly string[] | null;
  },
): Promise<readonly Fault[]> {
  const known = await findPlaces(trx, {
    regions: regions ?? [],
    jurisdictions,
    fields: fields ?? [],
  });
  const missing = (name: 'regions' | 'jurisdictions' | 'fields', codes: readonly string[]) =>
    codes.flatMap((code, index) =>
      known[name].has(code) ? [] : [fault(`/${name}/${index}`, unknownCode(code))],
    );
  return [
    ...missing('regions', regions ?? []),
    ...missing('jurisdictions', jurisdictions),
    ...missing('fields', fields ?? []),
  ];
}

async function enterpriseFaults(
  { enterpriseExists }: AccountsDeps,
  { enterpriseId }: GrantRequest,
): Promise<readonly Fault[]> {
  if (enterpriseId === null || (await enterpriseExists(enterpriseId))) return [];
  return [fault('/enterpriseId', unknownCode(enterpriseId))];
}

function fault(pointer: string, detail: Fault['detail']): Fault {
  return { pointer, detail };
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new RuleViolationError(REFUSED, faults);
}

function unknownCode(code: string): Fault['detail'] {
  return { zh: `没有 ${code}。`, en: `There is no ${code}.` };
}

const REFUSED = { zh: '授权有误。', en: 'The request names what there is not, or breaks a rule.' };
const NO_ACCOUNT = { zh: '没有这个账号。', en: 'There is no such account.' };
const DEMO = {
  zh: '演示账号在每次启动时重新生成，不能更改。',
  en: 'Demonstration accounts are made anew at each start and cannot be changed.',
};
const OWN_ACCOUNT = {
  zh: '不能停用自己的账号。',
  en: 'Nobody may disable the own account.',
};
const OWN_GRANT = {
  zh: '不能收回自己的管理员授权。',
  en: 'Nobody may take back the own grant as administrator.',
};
