import type { Config } from './config.ts';
import type { Database } from './db/open-database.ts';
import { inScope, SYSTEM } from './db/scope.ts';
import { hasAccounts } from './features/accounts/accounts.store.ts';
import { closeDemoAccounts, renewDemoAccounts } from './features/accounts/demo-accounts.ts';
import type { DemoLogin } from './features/accounts/demo-accounts.ts';
import { demoPlaces, holdsOnlyDemo } from './features/accounts/register.store.ts';
import { createSessions } from './features/accounts/session.service.ts';
import { isLoopbackName } from './http/sender.ts';

type Parts = {
  readonly db: Database;
  readonly config: Pick<Config, 'isProduction' | 'publicUrl'>;
  readonly clock: () => number;
  readonly newId: () => string;
};

/** Who can come in, told to whoever has started the service, in lines; the address is known once it listens. */
export type Welcome = (publicUrl: string) => readonly string[];

/**
 * Until somebody has an account, a one-time address for the first administrator; where there is only invented data, the
 * accounts of the demonstration. To be done before the service answers: it ends the sessions of earlier starts.
 */
export async function prepareWelcome(parts: Parts): Promise<Welcome> {
  const logins = await demonstration(parts);
  const token = await setUpToken(parts);
  return (publicUrl) => [
    ...(logins.length === 0 ? [] : ['demonstration accounts, with passwords for this start:']),
    ...logins.map(({ name, password }) => `  ${name.padEnd(20)} ${password}`),
    ...(token === null ? [] : [`set-up: ${publicUrl}/set-up#${token}`]),
  ];
}

async function setUpToken({ db, clock, newId }: Parts): Promise<string | null> {
  const accounts: Database['accounts'] = (work) => db.accounts(work);
  if (await accounts(hasAccounts)) return null;
  return createSessions({ accounts, clock, newId, forget: () => undefined }).newSetUpToken();
}

async function demonstration({ db, config, clock, newId }: Parts): Promise<readonly DemoLogin[]> {
  const accounts: Database['accounts'] = (work) => db.accounts(work);
  const deps = { accounts, clock, newId };
  const isHere = !config.isProduction && isLoopbackName(new URL(config.publicUrl).hostname);
  const isDemo = isHere && (await inScope(SYSTEM, () => db.read(holdsOnlyDemo)));
  const places = isDemo ? await inScope(SYSTEM, () => db.read(demoPlaces)) : null;
  if (places !== null) return renewDemoAccounts(deps, places);
  await closeDemoAccounts(deps);
  return [];
}
