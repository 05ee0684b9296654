import { once } from 'node:events';
import request from 'supertest';
import type { Response, Test } from 'supertest';
import { createApp } from '#server/app.ts';
import { createServices } from '#server/composition.ts';
import type { Services } from '#server/composition.ts';
import { problem } from '#server/contract/problem.contract.ts';
import { problemsOf } from '#server/http/openapi.ts';
import { PROBLEM_KINDS } from '#server/http/problem-kinds.ts';
import { endpoints } from '#server/routes.ts';
import { seedShippedData } from '#server/seed.ts';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { addCaller, EVERY_RIGHT } from './callers.ts';
import type { TestGrant } from './callers.ts';
import { checkLanguage } from './check-language.ts';
import { openTestDatabase } from './test-database.ts';
import type { Seed, TestDatabase } from './test-database.ts';

export const TEST_URL = 'http://127.0.0.1:8080';
/** 2026-06-15 12:00 in Shanghai. */
export const TEST_NOW = Date.UTC(2026, 5, 15, 4);

export type Agent = ReturnType<typeof request.agent>;

export type TestApp = {
  /** Of a caller who may do everything everywhere. Every answer is held against the contract. */
  readonly agent: Agent;
  /** Value of the Authorization header that `agent` sends. */
  readonly authorization: string;
  /** Of a caller with these grants; none: of somebody who may do nothing. */
  readonly agentOf: (...grants: readonly TestGrant[]) => Promise<Agent>;
  /** A browser of its own: nobody until it signs in, it keeps cookies. */
  readonly visitor: () => Agent;
  readonly database: TestDatabase;
  readonly services: Services;
  /** The time that the service sees; set it to travel. */
  readonly clock: { now: number };
  close(): Promise<void>;
};

type Options = {
  readonly seed?: Seed;
  readonly now?: number;
  readonly clientDir?: string;
};

/** What each database has that a service has started on. */
export const shippedSeed: Seed = {
  name: 'shipped',
  fill: async (database) => {
    await seedShippedData(database);
  },
};

/** The whole service on a database of this test file alone, as after a start; demonstration data only by a seed. */
export async function testApp({
  seed = shippedSeed,
  now,
  clientDir,
}: Options = {}): Promise<TestApp> {
  const database = await openTestDatabase({ seed });
  const clock = { now: now ?? TEST_NOW };
  const failures: string[] = [];
  const log = pino({ level: 'error' }, { write: (line) => failures.push(line) });
  const config = {
    ...database.config,
    publicUrl: TEST_URL,
    // Tests ask more than any caller may; the limits have a test of their own.
    rateLimits: false,
    trustedProxies: ['127.0.0.1'],
  };
  const services = createServices({
    db: database.unscoped,
    clock: () => clock.now,
    newId: () => v7(),
    log,
    config,
  });
  const app = createApp({
    services,
    config,
    log,
    checkAnswers: true,
    ...(clientDir !== undefined && { clientDir }),
  });
  // One for all requests: without it each of them would open a server of its own.
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const newAgent = (): Agent => {
    const agent = request.agent(server).set('Host', '127.0.0.1:8080');
    agent.use((test: Test) => {
      test.expect((res: Response) => checkAnswer(res, failures.splice(0)));
    });
    return agent;
  };
  const agentOf: TestApp['agentOf'] = async (...grants) => {
    const caller = await addCaller(database, grants);
    return newAgent().set('Authorization', caller.authorization);
  };
  const { authorization } = await addCaller(database, EVERY_RIGHT);
  return {
    agent: newAgent().set('Authorization', authorization),
    authorization,
    agentOf,
    visitor: newAgent,
    database,
    services,
    clock,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await database.dispose();
    },
  };
}

/** Successes are checked by the app itself (`checkAnswers`): a breach is a 500 that no test expects. */
export function checkAnswer(res: Response, failures: readonly string[] = []): void {
  if (res.status === 500) throw new Error(`The service failed: ${failures.join('\n')}`);
  if (res.status < 400 || res.headers['content-type']?.startsWith('text/html')) return;
  if (res.headers['content-type'] !== 'application/problem+json') {
    throw new Error(`${res.status} came as ${String(res.headers['content-type'])}`);
  }
  const raw = res.body as unknown;
  const text = Buffer.isBuffer(raw) ? raw.toString() : res.text || JSON.stringify(raw);
  const body = problem.strict().parse(JSON.parse(text));
  const slug = body.type.replace(`${TEST_URL}/problems/`, '');
  const kind = Object.entries(PROBLEM_KINDS).find(([known]) => known === slug)?.[1];
  const isEnglish = res.headers['content-language'] === 'en';
  if (kind?.status !== res.status || body.title !== (isEnglish ? kind.title : kind.titleZh)) {
    throw new Error(`${slug} came with the status ${res.status} and the title ${body.title}`);
  }
  checkLanguage(res.headers['content-language'], body, givenIn(res));
  if (!String(res.headers['vary']).includes('Accept-Language')) {
    throw new Error('The answer does not say that it depends on the language');
  }
  if (body.instance !== `urn:uuid:${String(res.headers['x-request-id'])}`) {
    throw new Error('instance and X-Request-Id differ');
  }
  checkDeclared(res, slug);
}

/** What the request said in its address and body. */
function givenIn(res: Response): string {
  const { path } = (res as unknown as { req: { path: string } }).req;
  const { _data: body } = (res as unknown as { request: { _data?: unknown } }).request;
  return `${decoded(path)} ${Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body ?? '')}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch {
    return path;
  }
}

/** The problem must be one that the endpoint declares. */
function checkDeclared(res: Response, slug: string): void {
  const { method, path } = (res as unknown as { req: { method: string; path: string } }).req;
  const pathname = path.split('?')[0] ?? '';
  const endpoint = endpoints.find(
    (candidate) =>
      candidate.method === method.toLowerCase() &&
      new RegExp(
        `^${candidate.path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}$`,
      ).test(pathname),
  );
  if (endpoint && !problemsOf(endpoint).some((declared) => declared === slug)) {
    throw new Error(`${endpoint.operationId} does not declare the problem ${slug}`);
  }
}
