import { v7 } from 'uuid';
import { createSessions } from '#server/features/accounts/session.service.ts';
import type { Agent, TestApp } from './test-app.ts';

export const PASSWORD = '松花江上的清晨 2026';
export const SESSION = '/api/v1/session';

export type Session = {
  account: { id: string; name: string; mustChangePassword: boolean } | null;
  csrfToken: string | null;
  roles: string[];
  permissions: string[];
};

/** A one-time address as the first start prints it. */
export function setUpToken(app: TestApp): Promise<string> {
  const { accounts } = app.database;
  return createSessions({
    accounts,
    clock: () => app.clock.now,
    newId: v7,
    forget: () => undefined,
  }).newSetUpToken();
}

/** The first administrator, signed in. */
export async function setUp(app: TestApp, agent: Agent): Promise<Session> {
  const body = {
    token: await setUpToken(app),
    name: 'admin',
    fullName: '管理员',
    password: PASSWORD,
  };
  return (await agent.post('/api/v1/set-up').send(body).expect(201)).body as Session;
}

export const signIn = (agent: Agent, name: string, password: string) =>
  agent.post(SESSION).send({ name, password });
