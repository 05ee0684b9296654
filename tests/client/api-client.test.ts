import { z } from 'zod';
import { OPEN } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { listMethods } from '#server/features/methods/methods.contract.ts';
import { getRegionSummary } from '#server/features/regions/regions.contract.ts';
import { listRiskPoints } from '#server/features/risk-points/risk-points.contract.ts';
import { address, call } from '#client/api/client.ts';
import { ApiProblem } from '#client/api/problem.ts';
import { shouldRetry } from '#client/api/queries.ts';

type Seen = { url: string; init: RequestInit };

/** Answers every request with the same response and remembers what was asked. */
function aFetch(answer: () => Response | Promise<Response>) {
  const seen: Seen[] = [];
  const own = ((url: string, init: RequestInit) => {
    seen.push({ url, init });
    return Promise.resolve(answer());
  }) as typeof fetch;
  return { own, seen };
}

const json = (body: unknown, status = 200, type = 'application/json', headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type, ...headers } });

const save = defineEndpoint({
  method: 'post',
  path: '/api/v1/things/{id}/parts/{part}',
  operationId: 'saveThing',
  summary: 'Saves',
  tags: [],
  access: OPEN,
  params: z.object({ id: z.string(), part: z.string() }),
  body: z.object({ name: z.string() }),
  response: z.object({ ok: z.boolean() }),
  problems: [],
});

async function problemOf(promise: Promise<unknown>): Promise<ApiProblem> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiProblem);
  return error as ApiProblem;
}

describe('the address of a call', () => {
  it('fills in the path, keeps commas readable and leaves empty values out', () => {
    const query = { level: '1,2', region: undefined, q: '', field: 'a b' };

    expect(address('/api/v1/regions/{code}/children', { code: '220000' }, query)).toBe(
      '/api/v1/regions/220000/children?level=1,2&field=a+b',
    );
  });

  it('escapes a value so that it cannot leave its place in the path', () => {
    expect(address('/a/{id}', { id: '../b?c' }, undefined)).toBe('/a/..%2Fb%3Fc');
  });
});

describe('a call', () => {
  it('sends method, query and headers of the endpoint and gives the answer as it is', async () => {
    const { own, seen } = aFetch(() => json({ items: [], next: null }));

    const answer = await call(
      listRiskPoints,
      { query: { region: '220100', limit: '50' } },
      { fetch: own },
    );

    expect(answer).toEqual({ items: [], next: null });
    expect(seen[0]?.url).toBe('/api/v1/risk-points?region=220100&limit=50');
    expect(seen[0]?.init.method).toBe('GET');
    expect(seen[0]?.init.body).toBeUndefined();
  });

  it('sends a body as JSON', async () => {
    const { own, seen } = aFetch(() => json({ ok: true }));

    await call(save, { params: { id: '1', part: '2' }, body: { name: '示例' } }, { fetch: own });

    expect(seen[0]?.url).toBe('/api/v1/things/1/parts/2');
    expect(seen[0]?.init.method).toBe('POST');
    expect(seen[0]?.init.body).toBe('{"name":"示例"}');
    expect(seen[0]?.init.headers).toMatchObject({ 'content-type': 'application/json' });
  });

  it('turns problem+json into an ApiProblem with slug, faults and the wait asked for', async () => {
    const body = {
      type: 'http://localhost/problems/rule-violation',
      title: 'Rule violation',
      status: 422,
      detail: 'L is not on the scale',
      instance: 'urn:uuid:1',
      errors: [{ detail: 'choose one of 10, 6, 3', pointer: '/inputs/L' }, 'noise'],
    };
    const { own } = aFetch(() =>
      json(body, 422, 'application/problem+json', { 'retry-after': '3' }),
    );

    const problem = await problemOf(call(listMethods, {}, { fetch: own }));

    expect(problem).toMatchObject({
      slug: 'rule-violation',
      status: 422,
      detail: 'L is not on the scale',
      instance: 'urn:uuid:1',
      retryAfterSeconds: 3,
      faults: [{ detail: 'choose one of 10, 6, 3', pointer: '/inputs/L' }],
    });
  });

  it.each([
    [404, 'not-found'],
    [429, 'too-many-requests'],
    [500, 'internal'],
    [502, 'overloaded'],
    [418, 'unreadable'],
  ])(
    'names a failure by its status %i when the answer is no problem document',
    async (status, slug) => {
      const { own } = aFetch(() => new Response('<html>', { status }));

      const problem = await problemOf(call(listMethods, {}, { fetch: own }));

      expect(problem.slug).toBe(slug);
    },
  );

  it('says that the service cannot be reached when there is no answer at all', async () => {
    const { own } = aFetch(() => Promise.reject(new TypeError('fetch failed')));

    const problem = await problemOf(call(listMethods, {}, { fetch: own }));

    expect(problem.slug).toBe('network');
  });

  it('says that the answer cannot be read when it is not JSON', async () => {
    const { own } = aFetch(() => new Response('hello', { status: 200 }));

    const problem = await problemOf(call(listMethods, {}, { fetch: own }));

    expect(problem.slug).toBe('unreadable');
  });

  it('lets an abort through as an abort, not as a failure', async () => {
    const { own } = aFetch(() => Promise.reject(new DOMException('stop', 'AbortError')));

    const promise = call(getRegionSummary, { params: { code: '220000' } }, { fetch: own });

    await expect(promise).rejects.toHaveProperty('name', 'AbortError');
  });
});

describe('asking again', () => {
  it('tries twice more where waiting can help and never where it cannot', () => {
    const network = new ApiProblem({ slug: 'network', status: 0 });
    const notFound = new ApiProblem({ slug: 'not-found', status: 404 });

    expect([shouldRetry(0, network), shouldRetry(1, network), shouldRetry(2, network)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(shouldRetry(0, notFound)).toBe(false);
    expect(shouldRetry(0, new Error('bug'))).toBe(false);
  });
});
