import type { Config } from './config.ts';
import type { Database } from './db/open-database.ts';
import { inScope, SYSTEM } from './db/scope.ts';
import { hasAccounts } from './features/accounts/accounts.store.ts';
import { closeDemoAccounts, renewDemoAccounts } from './features/accounts/demo-accounts.ts';
import { demoPlaces, holdsOnlyDemo } from './features/accounts/register.store.ts';
import { createSessions } from './features/accounts/session.service.ts';
import { isLoopbackName } from './http/sender.ts';

type Welcome = {
  readonly db: Database;
  readonly config: Pick<Config, 'isProduction'>;
  readonly publicUrl: string;
  readonly clock: () => number;
  readonly newId: () => string;
};

/**
 * Who can come in, told to whoever has started the service: until somebody has an account, a one-time address for the
 * first administrator; where there is only invented data, the accounts of the demonstration.
 */
export async function welcome(parts: Welcome): Promise<readonly string[]> {
  return [...(await demonstration(parts)), ...(await setUpAddress(parts))];
}

async function setUpAddress({ db, publicUrl, clock, newId }: Welcome): Promise<readonly string[]> {
  const accounts: Database['accounts'] = (work) => db.accounts(work);
  if (await accounts(hasAccounts)) return [];
  const sessions = createSessions({ accounts, clock, newId, forget: () => undefined });
  return [`set-up: ${publicUrl}/set-up#${await sessions.newSetUpToken()}`];
}

async function demonstration({
  db,
  config,
  publicUrl,
  clock,
  newId,
}: Welcome): Promise<readonly string[]> {
  const accounts: Database['accounts'] = (work) => db.accounts(work);
  const deps = { accounts, clock, newId };
  const isHere = !config.isProduction && isLoopbackName(new URL(publicUrl).hostname);
  const isDemo = isHere && (await inScope(SYSTEM, () => db.read(holdsOnlyDemo)));
  const places = isDemo ? await inScope(SYSTEM, () => db.read(demoPlaces)) : null;
  if (places === null) {
    await closeDemoAccounts(deps);
    return [];
  }
  const logins = await renewDemoAccounts(deps, places);
  return [
    'demonstration accounts, with passwords for this start:',
    ...logins.map(({ name, password }) => `  ${name.padEnd(20)} ${password}`),
  ];
}
