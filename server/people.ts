import type { Config } from './config.ts';
import type { Database } from './db/open-database.ts';
import { inScope, SYSTEM } from './db/scope.ts';
import { accountNames } from './features/accounts/accounts.store.ts';
import { createAccounts } from './features/accounts/accounts.service.ts';
import { createCallers } from './features/accounts/callers.service.ts';
import type { CallersDeps } from './features/accounts/callers.service.ts';
import { createDemonstration } from './features/accounts/demonstration.ts';
import { rememberedOnlyDemo } from './features/accounts/only-demo.ts';
import { enterpriseExists, holdsOnlyDemo } from './features/accounts/register.store.ts';
import { createSessions } from './features/accounts/session.service.ts';
import { createAudit } from './features/audit/audit.service.ts';
import type { AuditRoutesDeps } from './features/audit/audit.routes.ts';
import { isLoopbackName } from './http/sender.ts';
import { tokenBucket } from './http/token-bucket.ts';
import type { Log } from './log.ts';

type People = {
  readonly db: Database;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly log: Log;
  readonly config: Config;
};

/** Who may come in, and what is told of what they did: the part of the composition that knows accounts. */
export function peopleFeatures(parts: People) {
  return { ...accountFeature(parts), audit: auditFeature(parts) };
}

function accountFeature({ db, clock, newId, config }: People) {
  const { publicUrl, isProduction } = config;
  const work: CallersDeps['accounts'] = (of) => db.accounts(of);
  const holdsOnly = () => inScope(SYSTEM, () => db.read(holdsOnlyDemo));
  const onlyDemo = rememberedOnlyDemo(holdsOnly, clock);
  const callers = createCallers({ accounts: work, write: (of) => db.write(of), clock, onlyDemo });
  const deps = { accounts: work, clock, newId, forget: callers.forget };
  const sessions = createSessions(deps);
  const demonstration = createDemonstration({
    onlyDemo,
    sessions,
    publicUrl,
    isProduction,
  });
  return {
    callers,
    session: {
      isLocalOnly: isLoopbackName(new URL(publicUrl).hostname),
      callers,
      sessions,
      demonstration,
      limit: tokenBucket({ capacity: 20, perSecond: 1 }),
    },
    accounts: {
      accounts: createAccounts({
        ...deps,
        enterpriseExists: (id) =>
          inScope(SYSTEM, () => db.read((trx) => enterpriseExists(trx, id))),
      }),
      publicUrl,
    },
  };
}

function auditFeature({ db, clock, log, config }: People): AuditRoutesDeps {
  const audit = createAudit({
    read: (work) => db.read(work),
    write: (work) => db.write(work),
    namesOf: (ids) => db.accounts((trx) => accountNames(trx, ids)),
    onError: (error) => log.error({ err: error }, 'audit could not be sealed'),
  });
  return { audit, clock, timeZone: config.timeZone };
}
