import express from 'express';
import type { Express, Router } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import type { Test } from 'supertest';
import type { Endpoint } from '#server/contract/endpoint.ts';
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
  app.use(requestId, hostCheck(TEST_URL), wellFormedPath);
  app.use(requestLog(log), securityHeaders(TEST_URL), originCheck(TEST_URL));
  app.use(knownPaths(endpoints));
  app.use(router, unknownRoute);
  app.use(problemHandler({ publicUrl: TEST_URL, log }));
  const agent = request.agent(app).set('Host', '127.0.0.1:8080');
  agent.use((test: Test) => {
    test.expect((res) => {
      if (res.status !== 500) checkAnswer(res);
    });
  });
  return { agent, app, lines };
}
