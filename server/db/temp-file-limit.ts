import type { Knex } from 'knex';

import { codeOf } from './pg-errors.ts';

type Found = {
  readonly login: string;
  readonly database: string;
  readonly is_limited: boolean;
  readonly may_set: boolean;
};

/** How the login of requests is held to a limit of temporary files. */
export type TempFileLimit =
  /** It is, before this program does anything. */
  | { readonly kind: 'limited' }
  /** It may set the limit itself: for each connection, when it begins. */
  | { readonly kind: 'own'; readonly option: string }
  /** Somebody else has to run this statement. */
  | { readonly kind: 'missing'; readonly statement: string };

/**
 * On a connection of the login: only a superuser, or who was granted the setting, may change `temp_file_limit`, and a
 * connection that asks for it without may not even begin. A limit that somebody has set already is left as it is.
 */
export async function readTempFileLimit(login: Knex, megabytes: number): Promise<TempFileLimit> {
  const { rows } = await login.raw<{ rows: Found[] }>(
    `SELECT current_user AS login, current_database() AS database,
       current_setting('temp_file_limit') <> '-1' AS is_limited,
       has_parameter_privilege('temp_file_limit', 'SET') AS may_set`,
  );
  const [found] = rows;
  if (found === undefined || found.is_limited) return { kind: 'limited' };
  if (found.may_set) return { kind: 'own', option: `-c temp_file_limit=${megabytes}MB` };
  const who = `ALTER ROLE ${quoted(found.login)} IN DATABASE ${quoted(found.database)}`;
  return { kind: 'missing', statement: `${who} SET temp_file_limit = '${megabytes}MB'` };
}

/** As the owner: for every connection of that login from now on. False where the owner may not. */
export async function imposeTempFileLimit(owner: Knex, statement: string): Promise<boolean> {
  try {
    await owner.raw(statement);
    return true;
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    return false;
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
