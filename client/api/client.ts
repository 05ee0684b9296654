import type { z } from 'zod';
import type { Endpoint, ResponseOf } from '#server/contract/endpoint.ts';
import { getSession } from '#server/features/accounts/session.contract.ts';
import { seenAsOf, sessionStore } from '#client/state/session-store.ts';
import { viewHeader } from '#client/state/seen-as.ts';
import { viewStore } from '#client/state/view-store.ts';
import { ApiProblem, readProblem } from './problem.ts';

type Part<Name extends string, Schema extends z.ZodType> = Schema extends z.ZodUndefined
  ? { readonly [K in Name]?: undefined }
  : Record<string, never> extends z.input<Schema>
    ? { readonly [K in Name]?: z.input<Schema> | undefined }
    : { readonly [K in Name]: z.input<Schema> };

/** What a call of the endpoint needs: path parameters, query and body, as they go on the wire. */
export type InputOf<E> =
  E extends Endpoint<infer P, infer Q, infer B>
    ? Part<'params', P> & Part<'query', Q> & Part<'body', B> & Extras
    : never;

/**
 * `ifMatch`: the version that a change builds on. `upload`: the file, its media type told by the blob.
 * `idempotencyKey`: a POST with the same one is carried out once, however often it is sent.
 */
type Extras = {
  readonly ifMatch?: number;
  readonly upload?: Blob;
  readonly idempotencyKey?: string;
};

/** Path and query parameters are text on the wire, whatever they are parsed into. */
type Wire = Readonly<Record<string, string | undefined>>;

type RawInput = Extras & {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
};

type Options = { readonly signal?: AbortSignal; readonly fetch?: typeof fetch };

/**
 * Calls one endpoint. The answer has the type that the endpoint declares. A change whose token is of an earlier
 * session is sent once more with the present one; an answer that the session has ended makes the page look anew.
 * Throws ApiProblem for anything but a 2xx answer; an abort passes through as it is.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: Options = {},
): Promise<ResponseOf<E>> {
  const token = csrfToken();
  try {
    return await callOnce(endpoint, input, options);
  } catch (error) {
    if (!(error instanceof ApiProblem) || endpoint.operationId === getSession.operationId) {
      throw error;
    }
    if (error.status === 401 && token !== null && endpoint.ignoresCredentials !== true) {
      await reloadSession(options).catch(() => undefined);
    }
    if (error.status !== 403 || endpoint.method === 'get') throw error;
    await reloadSession(options).catch(() => undefined);
    if (csrfToken() === token || csrfToken() === null) throw error;
    return callOnce(endpoint, input, options);
  }
}

const csrfToken = () => sessionStore.get().session?.csrfToken ?? null;

let asking: Promise<void> | null = null;

/** Asks who is signed in, once for all who want to know at the same time. Throws ApiProblem. */
export function reloadSession(options: Options = {}): Promise<void> {
  asking ??= askSession(options).finally(() => {
    asking = null;
  });
  return asking;
}

async function askSession({ fetch: own }: Options): Promise<void> {
  const options: Options = own === undefined ? {} : { fetch: own };
  sessionStore.set({ problem: null });
  try {
    const session = await callOnce(getSession, {}, options).catch((error: unknown) => {
      // The refusal has taken the dead cookie away: without it the answer is that nobody is signed in.
      if (error instanceof ApiProblem && error.status === 401) {
        return callOnce(getSession, {}, options);
      }
      throw error;
    });
    sessionStore.set({ session });
  } catch (error) {
    sessionStore.set({ problem: error });
    throw error;
  }
}

async function callOnce<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: Options,
): Promise<ResponseOf<E>> {
  const { params, query, body, ifMatch, upload, idempotencyKey } = input as RawInput;
  const token = csrfToken();
  const sent = upload ?? (body === undefined ? undefined : JSON.stringify(body));
  const request: RequestInit = {
    method: endpoint.method.toUpperCase(),
    headers: {
      accept: 'application/json',
      ...seenHeaders(),
      // What a write is refused for is said in the language of the page, not of the browser.
      ...(endpoint.method === 'get' ? {} : { 'accept-language': viewStore.get().lang }),
      ...(endpoint.method === 'get' || token === null ? {} : { 'x-csrf-token': token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(upload === undefined ? {} : { 'content-type': upload.type }),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(sent === undefined ? {} : { body: sent }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const response = await send(address(endpoint.path, params, query), request, options.fetch);
  if (!response.ok) throw await readProblem(response);
  return (await readBody(response)) as ResponseOf<E>;
}

/** Whose eyes the service is to answer; none for the reader's own. */
export function seenHeaders(): Readonly<Record<string, string>> {
  const seenAs = seenAsOf(sessionStore.get());
  return seenAs === null ? {} : { 'x-view-as': viewHeader(seenAs) };
}

/** Path with its parameters filled in and the query appended; empty values are left out. */
export function address(path: string, params: unknown, query: unknown): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((params as Wire | undefined)?.[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries((query ?? {}) as Wire)) {
    if (value !== undefined && value !== '') search.set(key, value);
  }
  // A comma is legal in a query and far easier to read in a log than %2C.
  const text = search.toString().replaceAll('%2C', ',');
  return text === '' ? filled : `${filled}?${text}`;
}

async function send(url: string, request: RequestInit, own?: typeof fetch): Promise<Response> {
  try {
    return await (own ?? fetch)(url, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem({ slug: 'network', status: 0 });
  }
}

async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new ApiProblem({ slug: 'unreadable', status: response.status });
  }
}
