import type { z } from 'zod';
import type { Access } from '../domain/policy/permission.ts';
import type { ProblemSlug } from './problem.contract.ts';

/** One HTTP operation: it drives validation on the server, the OpenAPI document and the client's types. */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> = {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** OpenAPI style path: `/api/v1/regions/{code}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** What the summary has no room for, such as limits. */
  readonly description?: string;
  readonly tags: readonly string[];
  /** How far its answer may be told, and what its caller must be allowed. Has no default: each operation says it. */
  readonly access: Access;
  /** For signing in: what the request shows of its caller is not looked at. */
  readonly ignoresCredentials?: boolean;
  /** Its answers are noted in the audit: what was read or handed out, of which kind. */
  readonly audited?: { readonly action: 'read' | 'export'; readonly subject: string };
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly response: Response;
  readonly status: 200 | 201;
  /** Lists also answer `Accept: application/geo+json` with a FeatureCollection. */
  readonly geojson?: boolean;
  /** The change must name the version it builds on: `If-Match` (428 without, 412 when it is stale). */
  readonly ifMatch?: boolean;
  /** The body is a file of one of these media types. */
  readonly upload?: readonly string[];
  /** Media type of the answer where it is not JSON. */
  readonly mediaType?: string;
  /** The answer may also be 204 without a body. */
  readonly mayBeEmpty?: boolean;
  readonly problems: readonly ProblemSlug[];
};

type Options<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> = Omit<Endpoint<P, Q, B, R>, 'status'> & { readonly status?: 200 | 201 };

/** Declares an endpoint; the type parameters are inferred from the schemas. */
export function defineEndpoint<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodType,
>(options: Options<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return { status: 200, ...options };
}

export type ResponseOf<E> =
  E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;
