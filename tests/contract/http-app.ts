import express from 'express';
import type { Express, Router } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import type { Test } from 'supertest';
import type { Endpoint } from '#server/contract/endpoint.ts';
import type { SignedIn } from '#server/domain/policy/caller.ts';
import { CALLERS } from '#server/http/callers.ts';
import type { Callers } from '#server/http/callers.ts';
import { knownPaths } from '#server/http/known-paths.ts';
import { CHECK_ANSWERS } from '#server/http/mount.ts';
import { problemHandler } from '#server/http/problem-handler.ts';
import { requestId } from '#server/http/request-id.ts';
import { requestLog } from '#server/http/request-log.ts';
import { hostCheck, originCheck, securityHeaders } from '#server/http/security.ts';
import { unknownRoute } from '#server/http/unknown-route.ts';
import { wellFormedPath } from '#server/http/well-formed-path.ts';
import { checkAnswer, TEST_URL } from '#tests/support/test-app.ts';

export type LogLine = Readonly<Record<string, unknown>>;

/** Whoever shows anything may do everything. */
const ANYBODY: Callers = {
  find: () => Promise.resolve(MASTER),
  viewed: (caller) => Promise.resolve(caller),
  enter: (_caller, _access, _from, work) => work(),
  note: () => Promise.resolve(),
};

const MASTER: SignedIn = {
  accountId: '00000000-0000-7000-8000-000000000000',
  name: 'master',
  keyId: null,
  isReadOnly: false,
  isDemo: false,
  mustChangePassword: false,
  grants: (['assessor', 'auditor', 'administrator'] as const).map((role) => ({
    role,
    part: { regions: null, jurisdictions: [], fields: null, enterprise: null },
  })),
};

/** The edge of the service around routes of the test's own; no database. `lines` collects the log. */
export function edgeApp(
  router: Router,
  endpoints: readonly Endpoint[] = [],
): {
  readonly agent: ReturnType<typeof request.agent>;
  readonly app: Express;
  readonly lines: LogLine[];
} {
  const lines: LogLine[] = [];
  const log = pino(
    { level: 'info', base: null },
    { write: (line) => lines.push(JSON.parse(line)) },
  );
  const app = express();
  app.set('query parser', false);
  app.set(CHECK_ANSWERS, true);
  app.set(CALLERS, ANYBODY);
  app.use(requestId, hostCheck(TEST_URL), wellFormedPath);
  app.use(requestLog(log), securityHeaders(TEST_URL), originCheck(TEST_URL));
  app.use(knownPaths(endpoints));
  app.use(router, unknownRoute);
  app.use(problemHandler({ publicUrl: TEST_URL, log }));
  const agent = request
    .agent(app)
    .set('Host', '127.0.0.1:8080')
    .set('Authorization', 'Bearer of-whoever-tests-this');
  agent.use((test: Test) => {
    test.expect((res) => {
      if (res.status !== 500) checkAnswer(res);
    });
  });
  return { agent, app, lines };
}
