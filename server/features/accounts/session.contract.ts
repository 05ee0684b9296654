import { z } from 'zod';
import { OPEN, SIGNED_IN } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { uuid } from '#server/contract/params.contract.ts';
import { typedText } from '#server/contract/register.contract.ts';
import { PERMISSIONS } from '#server/domain/policy/permission.ts';
import { ROLE_IDS } from '#server/domain/policy/role.ts';

export const roleId = z.enum(ROLE_IDS as [string, ...string[]]).describe('Id of a role');

/** Long enough to be a sentence, short enough that hashing it costs what is planned for. */
export const newPassword = z
  .string()
  .min(10)
  .max(200)
  .describe(
    'At least 10 characters, spaces included, of which 6 differ; not the name of the account, not a run such as 1234567890',
  );

const givenPassword = z.string().min(1).max(200).describe('Password');

/** The name that is typed at sign-in. */
export const accountName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,63}$/u)
  .describe('2 to 64 letters, digits and . _ -; capitals and small letters are the same');

export const session = z
  .object({
    account: z
      .object({
        id: uuid.describe('Id of the account'),
        name: z.string().describe('Name typed at sign-in'),
        fullName: z.string().describe('Name of the person or office'),
        mustChangePassword: z
          .boolean()
          .describe('The first password has to be changed before anything else'),
        isDemo: z.boolean().describe('An account of the demonstration'),
      })
      .nullable()
      .describe('Who is signed in; null: nobody'),
    roles: z.array(roleId).describe('Roles in force, each once'),
    permissions: z.array(z.enum(PERMISSIONS)).describe('What these roles may do somewhere'),
    isLimited: z
      .boolean()
      .describe(
        'What this caller reads is a part of the register, and counts and colours are of that part',
      ),
    csrfToken: z
      .string()
      .nullable()
      .describe('To be sent back as X-CSRF-Token with every change; null without a session'),
    demonstration: z
      .boolean()
      .describe('The demonstration accounts can be taken here without a password'),
  })
  .meta({ id: 'Session' });

export const getSession = defineEndpoint({
  method: 'get',
  path: '/api/v1/session',
  operationId: 'getSession',
  summary: 'Who is signed in, and what this caller may do',
  tags: ['session'],
  access: OPEN,
  response: session,
  problems: ['unauthenticated'],
});

export const signIn = defineEndpoint({
  method: 'post',
  path: '/api/v1/session',
  operationId: 'signIn',
  summary: 'Sign in; the answer sets the session cookie',
  description:
    'After five refusals in a row a name has to wait, twice as long each time, up to an hour. Not over plain http from another machine.',
  tags: ['session'],
  access: OPEN,
  ignoresCredentials: true,
  body: z
    .strictObject({ name: typedText(64).describe('Name of the account'), password: givenPassword })
    .meta({ id: 'SignIn' }),
  response: session,
  status: 201,
  problems: ['unauthenticated', 'too-many-requests'],
});

export const signInAsDemo = defineEndpoint({
  method: 'post',
  path: '/api/v1/session/demonstration',
  operationId: 'signInAsDemo',
  summary: 'Take a demonstration account',
  description:
    'Only on the machine itself, without a proxy between, and while the register holds demonstration data only.',
  tags: ['session'],
  access: OPEN,
  ignoresCredentials: true,
  body: z.strictObject({ role: roleId }).meta({ id: 'SignInAsDemo' }),
  response: session,
  status: 201,
  problems: ['conflict', 'too-many-requests'],
});

export const signOut = defineEndpoint({
  method: 'delete',
  path: '/api/v1/session',
  operationId: 'signOut',
  summary: 'Sign out; the session ends at once',
  tags: ['session'],
  access: SIGNED_IN,
  response: session,
  problems: ['unauthenticated'],
});

export const changePassword = defineEndpoint({
  method: 'post',
  path: '/api/v1/session/password',
  operationId: 'changePassword',
  summary: 'Change the own password; all other sessions of the account end',
  tags: ['session'],
  access: SIGNED_IN,
  body: z
    .strictObject({ current: givenPassword.describe('Present password'), next: newPassword })
    .meta({ id: 'PasswordChange' }),
  response: session,
  problems: ['unauthenticated', 'rule-violation', 'conflict', 'too-many-requests'],
});

const linkToken = z
  .string()
  .regex(/^[\w-]{20,100}$/)
  .describe('The secret part of the one-time address');

export const setUp = defineEndpoint({
  method: 'post',
  path: '/api/v1/set-up',
  operationId: 'setUp',
  summary: 'Make the first administrator, by the address that the first start prints',
  tags: ['session'],
  access: OPEN,
  ignoresCredentials: true,
  body: z
    .strictObject({
      token: linkToken,
      name: accountName,
      fullName: typedText(100).describe('Name of the person or office'),
      password: newPassword,
    })
    .meta({ id: 'SetUp' }),
  response: session,
  status: 201,
  problems: ['gone', 'rule-violation', 'too-many-requests'],
});

export const recover = defineEndpoint({
  method: 'post',
  path: '/api/v1/recovery',
  operationId: 'recover',
  summary: 'Set a new password by a one-time address that an administrator has made',
  tags: ['session'],
  access: OPEN,
  ignoresCredentials: true,
  body: z.strictObject({ token: linkToken, password: newPassword }).meta({ id: 'Recovery' }),
  response: session,
  status: 201,
  problems: ['gone', 'rule-violation', 'too-many-requests'],
});

export const lookAtLink = defineEndpoint({
  method: 'post',
  path: '/api/v1/session/link',
  operationId: 'lookAtLink',
  summary: 'What a one-time address is good for; it stays as it is',
  tags: ['session'],
  access: OPEN,
  ignoresCredentials: true,
  body: z
    .strictObject({
      token: linkToken,
      purpose: z
        .enum(['set-up', 'recovery'])
        .describe('Of the first administrator, or for a new password'),
    })
    .meta({ id: 'LinkToLookAt' }),
  response: z
    .object({
      account: z
        .object({
          name: z.string().describe('Name typed at sign-in'),
          fullName: z.string().describe('Name of the person or office'),
        })
        .nullable()
        .describe('Whose password is set; null for the first administrator'),
      expiresAt: z.iso.datetime({ offset: true }).describe('It is of no use afterwards'),
    })
    .meta({ id: 'LinkUse' }),
  problems: ['gone', 'too-many-requests'],
});

export const sessionEndpoints = [
  getSession,
  signIn,
  signInAsDemo,
  signOut,
  changePassword,
  setUp,
  recover,
  lookAtLink,
];
