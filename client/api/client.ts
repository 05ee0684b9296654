import type { z } from 'zod';
import type { Endpoint, ResponseOf } from '#server/contract/endpoint.ts';
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
 * Calls one endpoint. The answer has the type that the endpoint declares.
 * Throws ApiProblem for anything but a 2xx answer; an abort passes through as it is.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: Options = {},
): Promise<ResponseOf<E>> {
  const { params, query, body, ifMatch, upload, idempotencyKey } = input as RawInput;
  const sent = upload ?? (body === undefined ? undefined : JSON.stringify(body));
  const request: RequestInit = {
    method: endpoint.method.toUpperCase(),
    headers: {
      accept: 'application/json',
      // What a write is refused for is said in the language of the page, not of the browser.
      ...(endpoint.method === 'get' ? {} : { 'accept-language': viewStore.get().lang }),
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
