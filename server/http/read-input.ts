import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import type { Caller } from '../domain/policy/caller.ts';
import { callerOf } from './callers.ts';
import { credentialsOf } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { localeOf } from './locale.ts';
import type { Locale } from './locale.ts';
import { parseQueryString } from './query-string.ts';
import { faultCount, InvalidRequestError } from './request-errors.ts';
import type { RequestFault } from './request-errors.ts';
import { readIfMatch } from './row-version.ts';
import type { ExpectedVersions } from './row-version.ts';
import { senderOf } from './sender.ts';
import type { Sender } from './sender.ts';
import { bodyFaults, parameterFaults, unknownText, WITH_INPUT } from './schema-faults.ts';
import { jsonFaults, textFault } from './text-rule.ts';
import { uploadOf } from './upload.ts';
import type { Upload } from './upload.ts';

/** What a handler gets: parsed values, never the request. */
export type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  /** The language the caller prefers, for texts that are made on the server. */
  readonly locale: Locale;
  /** `Idempotency-Key`: a POST that is sent again with it is done once. */
  readonly idempotencyKey: string | null;
  /** `If-Match`: the versions the caller builds on. Empty where the endpoint does not ask for it. */
  readonly ifMatch: ExpectedVersions;
  /** The file, where the endpoint takes one. */
  readonly upload: Upload | null;
  readonly caller: Caller;
  readonly sender: Sender;
  /** What came with the request to show who asks. */
  readonly credentials: Credentials | null;
  /** Adds a Set-Cookie header to the answer. */
  readonly setCookie: (cookie: string) => void;
};

type Read = { readonly data: unknown; readonly faults: readonly RequestFault[] };

/** Parses path, query and body and collects the faults of all three. Throws InvalidRequestError. */
export function readInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  endpoint: Endpoint<P, Q, B>,
  req: Request,
  res: Response,
): Input<P, Q, B> {
  const params = readParameters(endpoint.params, req.params, []);
  const query = parseQueryString(req.originalUrl);
  const parsedQuery = readParameters(endpoint.query, query.values, query.faults);
  const body = readBody(endpoint.body, req.body);
  const key = req.headers['idempotency-key'];
  const match = endpoint.ifMatch ? readIfMatch(req.headers['if-match']) : NO_MATCH;
  const faults = [
    ...[params, parsedQuery, body, match].flatMap((part) => part.faults),
    ...keyFaults(key),
  ];
  if (faults.length > 0) {
    throw new InvalidRequestError(faultCount(faults), faults);
  }
  return {
    params: params.data as z.output<P>,
    query: parsedQuery.data as z.output<Q>,
    body: body.data as z.output<B>,
    locale: localeOf(req),
    idempotencyKey: typeof key === 'string' ? key : null,
    ifMatch: match.versions,
    upload: endpoint.upload ? uploadOf(req, endpoint.upload) : null,
    caller: callerOf(res),
    sender: senderOf(req),
    credentials: shownBy(req),
    setCookie: (cookie) => void res.append('Set-Cookie', cookie),
  };
}

function shownBy(req: Request): Credentials | null {
  const credentials = credentialsOf(req);
  return credentials === 'malformed' ? null : credentials;
}

const NO_MATCH: ReturnType<typeof readIfMatch> = { versions: [], faults: [] };

/** Printable ASCII, as a header can hold it. */
const KEY = /^[\x21-\x7E]{1,200}$/;

const KEY_FORM = {
  zh: '应为 1 到 200 个可打印的 ASCII 字符。',
  en: 'Must be 1 to 200 printable ASCII characters',
};

function keyFaults(key: unknown): readonly RequestFault[] {
  if (key === undefined || (typeof key === 'string' && KEY.test(key))) return [];
  return [{ parameter: 'Idempotency-Key', detail: KEY_FORM }];
}

function readParameters(
  schema: z.ZodType | undefined,
  values: Readonly<Record<string, string | string[]>>,
  known: readonly RequestFault[],
): Read {
  const faults = [...known, ...textFaults(values)];
  if (schema === undefined) {
    const unknown = Object.keys(values).map((parameter) => ({
      parameter,
      detail: unknownText([]),
    }));
    return { data: undefined, faults: [...faults, ...unknown] };
  }
  const parsed = schema.safeParse(values, WITH_INPUT);
  if (parsed.success) return { data: parsed.data, faults };
  const told = new Set(faults.map((fault) => fault.parameter));
  const others = parameterFaults(parsed.error, namesOf(schema));
  return { data: undefined, faults: [...faults, ...others.filter((f) => !told.has(f.parameter))] };
}

function textFaults(values: Readonly<Record<string, string | string[]>>): RequestFault[] {
  return Object.entries(values).flatMap(([parameter, value]) => {
    const detail = textFault(parameter) ?? textFault(String(value));
    return detail === null ? [] : [{ parameter: parameter.replaceAll('\u0000', '\uFFFD'), detail }];
  });
}

function readBody(schema: z.ZodType | undefined, body: unknown): Read {
  if (schema === undefined) return { data: undefined, faults: [] };
  const faults = jsonFaults(body);
  // A schema is not asked about text or nesting that no schema may take.
  if (faults.length > 0) return { data: undefined, faults };
  const parsed = schema.safeParse(body, WITH_INPUT);
  return parsed.success
    ? { data: parsed.data, faults }
    : { data: undefined, faults: bodyFaults(parsed.error) };
}

function namesOf(schema: z.ZodType): readonly string[] {
  return 'shape' in schema ? Object.keys(schema.shape as object) : [];
}
