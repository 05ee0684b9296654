import type { Knex } from 'knex';

import { StartupError } from '../startup-error.ts';

type Login = { readonly is_superuser: boolean; readonly bypasses: boolean; readonly owns: boolean };

/**
 * As the owner, where requests have a login of their own: refuses one that row policies would not hold for once it left
 * its role. Throws a StartupError that names every reason at once.
 */
export async function checkLogin(trx: Knex.Transaction, login: string): Promise<void> {
  const { rows } = await trx.raw<{ rows: Login[] }>(
    `SELECT r.rolsuper AS is_superuser, r.rolbypassrls AS bypasses,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname IN ('public', 'published', 'masked') AND c.relkind IN ('r', 'v') AND c.relowner = r.oid) AS owns
     FROM pg_roles r WHERE r.rolname = ?`,
    [login],
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`The database does not know its login ${login}`);
  const reasons = [
    ...(found.is_superuser ? ['it is a superuser'] : []),
    ...(found.bypasses ? ['it has BYPASSRLS'] : []),
    ...(found.owns ? ['it owns tables'] : []),
  ];
  if (reasons.length === 0) return;
  throw new StartupError(
    `The login of DATABASE_URL ("${login}") must be held to the row policies, but ${reasons.join(', ')}. ` +
      'Use a login that owns nothing, or leave DATABASE_OWNER_URL unset and use one login for both.',
  );
}
