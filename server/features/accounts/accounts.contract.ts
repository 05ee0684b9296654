import { z } from 'zod';
import { needs } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { regionCode, text, uuid } from '#server/contract/params.contract.ts';
import { idParams, typedText } from '#server/contract/register.contract.ts';
import { accountName, roleId } from './session.contract.ts';

const instant = z.iso.datetime({ offset: true });

const grant = z
  .object({
    id: uuid.describe('Id of the grant'),
    accountId: uuid.describe('Who has it'),
    role: roleId,
    regions: z
      .array(regionCode)
      .nullable()
      .describe('Regions with all below them that it is limited to; null: not limited by region'),
    jurisdictions: z
      .array(uuid)
      .describe('Jurisdictions that it is limited to, beside the regions'),
    fields: z
      .array(text(40))
      .nullable()
      .describe('Supervised fields that it is limited to; null: all'),
    enterpriseId: uuid.nullable().describe('The only enterprise it is for; null: not limited so'),
    expiresAt: instant.nullable().describe('It ends by itself then; null: it does not'),
    createdAt: instant.describe('When it was granted'),
  })
  .meta({ id: 'Grant' });

const account = z
  .object({
    id: uuid.describe('Id'),
    name: z.string().describe('Name typed at sign-in'),
    fullName: z.string().describe('Name of the person or office'),
    mustChangePassword: z.boolean().describe('The first password has not been changed yet'),
    isDisabled: z.boolean().describe('It can neither sign in nor use its keys'),
    isDemo: z.boolean().describe('An account of the demonstration'),
    createdAt: instant.describe('When it was made'),
    grants: z.array(grant).describe('Its grants in force'),
  })
  .meta({ id: 'Account' });

const MANAGED = needs('accounts.manage');

export const listAccounts = defineEndpoint({
  method: 'get',
  path: '/api/v1/accounts',
  operationId: 'listAccounts',
  summary: 'Accounts with their grants, by name',
  tags: ['accounts'],
  access: MANAGED,
  response: z.object({ items: z.array(account).describe('Accounts') }),
  problems: [],
});

export const createAccount = defineEndpoint({
  method: 'post',
  path: '/api/v1/accounts',
  operationId: 'createAccount',
  summary:
    'Make an account; its first password is told once and must be changed at the first sign-in',
  tags: ['accounts'],
  access: MANAGED,
  body: z
    .strictObject({
      name: accountName,
      fullName: typedText(100).describe('Name of the person or office'),
    })
    .meta({ id: 'NewAccount' }),
  response: z.object({
    account: account.describe('The new account'),
    firstPassword: z.string().describe('Told now and never again'),
  }),
  status: 201,
  problems: ['conflict'],
});

export const updateAccount = defineEndpoint({
  method: 'patch',
  path: '/api/v1/accounts/{id}',
  operationId: 'updateAccount',
  summary: 'Rename, disable or enable an account; a disabled one loses its sessions at once',
  tags: ['accounts'],
  access: MANAGED,
  params: idParams,
  body: z
    .strictObject({
      fullName: typedText(100).describe('Name of the person or office'),
      isDisabled: z.boolean().describe('True ends its sessions and stops its keys'),
    })
    .partial()
    .meta({ id: 'AccountChanges', description: 'Value = set, absent = leave' }),
  response: account,
  problems: ['not-found', 'conflict'],
});

export const createRecoveryLink = defineEndpoint({
  method: 'post',
  path: '/api/v1/accounts/{id}/recovery',
  operationId: 'createRecoveryLink',
  summary: 'Make a one-time address by which the account sets a new password',
  tags: ['accounts'],
  access: MANAGED,
  params: idParams,
  response: z.object({
    url: z.string().describe('The address, told now and never again'),
    expiresAt: instant.describe('It is of no use afterwards'),
  }),
  status: 201,
  problems: ['not-found', 'conflict'],
});

export const createGrant = defineEndpoint({
  method: 'post',
  path: '/api/v1/grants',
  operationId: 'createGrant',
  summary: 'Give an account a role in a part of the register',
  tags: ['accounts'],
  access: MANAGED,
  body: z
    .strictObject({
      accountId: uuid.describe('Who gets it'),
      role: roleId,
      regions: z.array(regionCode).max(100).nullable().default(null).describe('Null: everywhere'),
      jurisdictions: z
        .array(uuid)
        .max(100)
        .default([])
        .describe('Jurisdictions, beside the regions'),
      fields: z.array(text(40)).max(100).nullable().default(null).describe('Null: every field'),
      enterpriseId: uuid.nullable().default(null).describe('The only enterprise it is for'),
      expiresAt: instant.nullable().default(null).describe('When it ends by itself'),
    })
    .meta({ id: 'NewGrant' }),
  response: grant,
  status: 201,
  problems: ['rule-violation', 'conflict'],
});

export const revokeGrant = defineEndpoint({
  method: 'delete',
  path: '/api/v1/grants/{id}',
  operationId: 'revokeGrant',
  summary: 'Take a grant back; it ends at once',
  tags: ['accounts'],
  access: MANAGED,
  params: idParams,
  response: grant,
  problems: ['not-found', 'conflict'],
});

const key = z
  .object({
    id: uuid.describe('Id of the key'),
    name: z.string().describe('What it is for'),
    prefix: z.string().describe('The beginning of the key, to tell keys apart'),
    isReadOnly: z.boolean().describe('It changes nothing, whatever its account may'),
    regions: z.array(regionCode).nullable().describe('Narrower than its account; null: as wide'),
    createdAt: instant.describe('When it was made'),
    expiresAt: instant.describe('It is of no use afterwards'),
    usedAt: instant.nullable().describe('About when it was used last; null: never'),
  })
  .meta({ id: 'ApiKey' });

export const listKeys = defineEndpoint({
  method: 'get',
  path: '/api/v1/keys',
  operationId: 'listKeys',
  summary: 'The own keys that are of use, newest first',
  tags: ['accounts'],
  access: needs('register.read'),
  response: z.object({ items: z.array(key).describe('Keys') }),
  problems: ['unauthenticated'],
});

export const createKey = defineEndpoint({
  method: 'post',
  path: '/api/v1/keys',
  operationId: 'createKey',
  summary: 'Make a key for a program; it may what its account may, or less',
  tags: ['accounts'],
  access: needs('register.read'),
  body: z
    .strictObject({
      name: typedText(100).describe('What it is for'),
      isReadOnly: z.boolean().default(true).describe('It changes nothing'),
      regions: z
        .array(regionCode)
        .max(100)
        .nullable()
        .default(null)
        .describe('Null: as its account'),
      days: z.int().min(1).max(366).default(90).describe('Days until it expires'),
    })
    .meta({ id: 'NewApiKey' }),
  response: z.object({
    key: key.describe('The new key'),
    secret: z.string().describe('The key itself: told now and never again'),
  }),
  status: 201,
  problems: ['unauthenticated', 'rule-violation', 'conflict'],
});

export const revokeKey = defineEndpoint({
  method: 'delete',
  path: '/api/v1/keys/{id}',
  operationId: 'revokeKey',
  summary: 'Revoke an own key; it is refused from now on',
  tags: ['accounts'],
  access: needs('register.read'),
  params: idParams,
  response: key,
  problems: ['unauthenticated', 'not-found'],
});

export const accountEndpoints = [
  listAccounts,
  createAccount,
  updateAccount,
  createRecoveryLink,
  createGrant,
  revokeGrant,
  listKeys,
  createKey,
  revokeKey,
];
