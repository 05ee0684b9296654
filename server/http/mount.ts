import { isDeepStrictEqual } from 'node:util';
import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import { featureCollection } from '../contract/geojson.contract.ts';
import type { Fault } from '../domain/errors.ts';
import { soundMembers, withRuleFaults } from './body-rules.ts';
import { authorised, callerOf, inCallersName, noteAnswer } from './callers.ts';
import { toFeatureCollection } from './feature-collection.ts';
import type { FeatureCollection } from './feature-collection.ts';
import { jsonBody } from './json-body.ts';
import { readInput } from './read-input.ts';
import type { Input } from './read-input.ts';
import { InvalidRequestError, RequestRefusedError } from './request-errors.ts';
import { rowTag } from './row-version.ts';
import { acceptUpload, answeringUpload, MOST_OF_A_STRANGER } from './upload.ts';

/** What the endpoint answers with, readonly all the way down so that handlers can pass domain values on. */
export type Answer<R extends z.ZodType> = DeepReadonly<z.output<R>>;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
type Awaitable<T> = T | Promise<T>;

export type Options<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> = {
  /** Makes the GeoJSON answer of a list; default: its items as features (`geometry`, `position` or `label`). */
  readonly geojson?: (answer: Answer<R>, input: Input<P, Q, B>) => Awaitable<FeatureCollection>;
  /** Address of what a 201 made. */
  readonly location?: (answer: Answer<R>) => string;
  /** Version of the row that the answer shows: it becomes the ETag that If-Match is held to. */
  readonly version?: (answer: Answer<R>) => number;
  /** What else is wrong with a body that breaks its schema: asked about its sound members, to tell all at once. */
  readonly rules?: (
    sound: Partial<z.output<B>>,
    params: z.output<P>,
  ) => Awaitable<readonly Fault[]>;
  /** Runs before anything is read, e.g. a rate limit. */
  readonly before?: RequestHandler;
};

/** App setting: answers are held against their schema, and one that differs is an error. For tests. */
export const CHECK_ANSWERS = 'check answers';

const JSON_TYPE = 'application/json';
const GEOJSON_TYPE = 'application/geo+json';

/**
 * Endpoint + handler → Express route: negotiates, reads the input, calls the handler with typed values, serialises.
 * Throws InvalidRequestError with all faults of path, query and body at once.
 */
export function mount<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  router: Router,
  endpoint: Endpoint<P, Q, B, R>,
  handler: (input: Input<P, Q, B>) => Awaitable<Answer<R>>,
  options: Options<P, Q, B, R> = {},
): void {
  const run: RequestHandler = async (req, res) => {
    const mediaType = negotiate(req, res, endpoint);
    const caller = callerOf(res);
    const asCaller = <T>(work: () => T): T => inCallersName(req, caller, endpoint.access, work);
    const input = await asCaller(() => readAll(endpoint, req, res, options.rules));
    const answer = await asCaller(() => handler(input));
    await noteAnswer(req, caller, endpoint, input);
    if (mediaType === GEOJSON_TYPE) {
      const collection = await asCaller(() => (options.geojson ?? defaultGeojson)(answer, input));
      check(req, featureCollection, collection, endpoint.operationId);
      send(res, GEOJSON_TYPE, Buffer.from(JSON.stringify(collection)));
      return;
    }
    check(req, endpoint.response, answer, endpoint.operationId);
    if (options.location) res.location(options.location(answer));
    res.status(endpoint.status);
    const bytes = Buffer.from(JSON.stringify(answer));
    if (options.version) res.set('ETag', rowTag(options.version(answer), bytes));
    send(res, JSON_TYPE, bytes);
  };
  const before = handlersBefore(endpoint, options.before);
  const handle = endpoint.upload ? answeringUpload(run) : run;
  router[endpoint.method](expressPath(endpoint.path), ...before, handle);
}

/** Who asks, then what the endpoint wants done before anything is read. */
function handlersBefore(
  endpoint: Pick<Endpoint, 'access' | 'ignoresCredentials' | 'body' | 'upload'>,
  own?: RequestHandler,
): RequestHandler[] {
  const guard = authorised(endpoint);
  return [
    endpoint.upload ? answeringUpload(guard, MOST_OF_A_STRANGER) : guard,
    ...(own ? [own] : []),
    ...(endpoint.body ? [jsonBody] : []),
    ...(endpoint.upload ? [answeringUpload(acceptUpload(endpoint.upload))] : []),
  ];
}

async function readAll<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  endpoint: Endpoint<P, Q, B>,
  req: Request,
  res: Response,
  rules: Options<P, Q, B, z.ZodType>['rules'],
): Promise<Input<P, Q, B>> {
  try {
    return readInput(endpoint, req, res);
  } catch (error) {
    const isBody = error instanceof InvalidRequestError && error.slug === 'invalid-body';
    if (!isBody || !rules || !endpoint.body) throw error;
    const sound = soundMembers(endpoint.body, req.body) as Partial<z.output<B>>;
    const params = endpoint.params?.parse(req.params) as z.output<P>;
    throw withRuleFaults(error, await rules(sound, params));
  }
}

/** `/regions/{code}` → `/regions/:code`. */
function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function negotiate(req: Request, res: Response, endpoint: Pick<Endpoint, 'geojson'>): string {
  const offers = endpoint.geojson ? [JSON_TYPE, GEOJSON_TYPE] : [JSON_TYPE];
  if (endpoint.geojson) res.vary('Accept');
  const accepted = req.accepts(offers);
  if (accepted === false) {
    throw new RequestRefusedError('not-acceptable', {
      zh: `该地址只能以 ${offers.join(' 或 ')} 回答。`,
      en: `This address answers with ${offers.join(' or ')}.`,
    });
  }
  return accepted;
}

const list = z.looseObject({ items: z.array(z.looseObject({})), next: z.string().nullable() });

function defaultGeojson(answer: unknown): FeatureCollection {
  const { items, next } = list.parse(answer);
  return toFeatureCollection(items, next);
}

/** JSON as text, so that Express neither escapes nor pretty-prints; it adds the ETag and answers 304. */
function send(res: Response, mediaType: string, bytes: Buffer): void {
  res.set('Content-Type', mediaType === JSON_TYPE ? `${JSON_TYPE}; charset=utf-8` : mediaType);
  res.send(bytes);
}

function check(req: Request, schema: z.ZodType, answer: unknown, operation: string): void {
  if (req.app.get(CHECK_ANSWERS) !== true) return;
  const wire: unknown = JSON.parse(JSON.stringify(answer));
  const parsed = schema.safeParse(wire);
  if (!parsed.success)
    throw new Error(`${operation} breaks its contract: ${z.prettifyError(parsed.error)}`);
  // Members that the schema does not know were stripped by parsing.
  if (!isDeepStrictEqual(parsed.data, wire)) {
    throw new Error(
      `${operation} answers members that its contract does not name: ${JSON.stringify(wire)}`,
    );
  }
}
