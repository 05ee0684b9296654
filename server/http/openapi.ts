import type { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import { featureCollection } from '../contract/geojson.contract.ts';
import { problem } from '../contract/problem.contract.ts';
import type { ProblemSlug } from '../contract/problem.contract.ts';
import { schemaOf } from './openapi-schema.ts';
import type { Components, JsonSchema } from './openapi-schema.ts';
import { isViewed } from '../domain/policy/view-as.ts';
import { PROBLEM_KINDS } from './problem-kinds.ts';

export type OpenApiParameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly style?: 'form';
  readonly explode?: false;
};

type Content = { readonly [mediaType: string]: { readonly schema: JsonSchema } };
type OpenApiResponse = { readonly description: string; readonly content?: Content };

export type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** Empty: for everyone. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-tier': string;
  readonly 'x-permission': string | null;
  readonly parameters: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
};

export type OpenApiDocument = {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: typeof SECURITY_SCHEMES;
  };
};

/** How a caller shows who he is; without either the public view is given, where there is one. */
const SECURITY_SCHEMES = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-rm',
    description:
      'Set by POST /api/v1/session (over http on the machine itself its name is rm). A change also sends X-CSRF-Token.',
  },
  key: { type: 'http', scheme: 'bearer', description: 'A key made at POST /api/v1/keys.' },
} as const;

/** Problems that any operation may answer with, beside those its endpoint declares. */
const EVERYWHERE: readonly ProblemSlug[] = [
  'invalid-request',
  'unauthenticated',
  'forbidden',
  'not-acceptable',
  'too-many-requests',
  'internal',
  'overloaded',
  'query-timeout',
];
const WITH_BODY: readonly ProblemSlug[] = [
  'invalid-body',
  'payload-too-large',
  'unsupported-media-type',
];

const WITH_IF_MATCH: readonly ProblemSlug[] = ['stale', 'precondition-required'];

/** All problems that the endpoint may answer with. */
export function problemsOf(
  endpoint: Pick<Endpoint, 'problems' | 'body' | 'upload' | 'ifMatch'>,
): readonly ProblemSlug[] {
  const { problems, body, upload, ifMatch } = endpoint;
  return [
    ...new Set([
      ...problems,
      ...EVERYWHERE,
      ...(body || upload ? WITH_BODY : []),
      ...(ifMatch ? WITH_IF_MATCH : []),
    ]),
  ];
}

type About = { readonly version: string; readonly publicUrl: string };

/** OpenAPI 3.1 made from the very descriptors that validate the requests. */
export function openApiDocument(
  endpoints: readonly Endpoint[],
  { version, publicUrl }: About,
): OpenApiDocument {
  const components: Components = new Map();
  const paths: Record<string, Record<string, Operation>> = {};
  for (const endpoint of endpoints) {
    const operations = (paths[endpoint.path] ??= {});
    operations[endpoint.method] = operation(endpoint, components);
  }
  const tags = [...new Set(endpoints.flatMap((endpoint) => endpoint.tags))];
  return {
    openapi: '3.1.1',
    info: {
      title: 'Four-colour risk map',
      version,
      description:
        'Levels of workplace-safety risk by place, and why. Coordinates are [longitude, latitude] in WGS 84. ' +
        'Failures are RFC 9457 problems; an unknown parameter is one.',
    },
    servers: [{ url: publicUrl }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function operation(endpoint: Endpoint, components: Components): Operation {
  const { operationId, summary, description, tags, access, params, query } = endpoint;
  return {
    operationId,
    summary,
    ...(description !== undefined && { description }),
    tags,
    security:
      access.tier === 'public'
        ? []
        : [{ session: [] }, { key: [] }, ...(access.hasPublicView ? [{}] : [])],
    'x-tier': access.tier,
    'x-permission': access.permission,
    parameters: [
      ...parametersOf(params, 'path', components),
      ...parametersOf(query, 'query', components),
      ...(endpoint.ifMatch ? [IF_MATCH] : []),
      ...(isViewed(access) ? [VIEW_AS] : []),
    ],
    ...requestBodyOf(endpoint, components),
    responses: { ...successOf(endpoint, components), ...failuresOf(endpoint, components) },
  };
}

const VIEW_AS: OpenApiParameter = {
  name: 'X-View-As',
  in: 'header',
  required: false,
  description:
    'Looks through other eyes, never at more than the caller sees, and changes nothing: `public`, `region:{code}` or `enterprise:{id}`',
  schema: { type: 'string' },
};

const IF_MATCH: OpenApiParameter = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'ETag of the resource as it was read',
  schema: { type: 'string' },
};

function requestBodyOf(
  { body, upload }: Endpoint,
  components: Components,
): Pick<Operation, 'requestBody'> {
  if (body !== undefined) {
    const content = { 'application/json': { schema: schemaOf(body, 'input', components) } };
    return { requestBody: { required: true, content } };
  }
  if (upload === undefined) return {};
  const file = { schema: { type: 'string', format: 'binary' } };
  const content = Object.fromEntries(upload.map((mediaType) => [mediaType, file]));
  return { requestBody: { required: true, content } };
}

/** A list parameter is parsed into an array, which OpenAPI writes as a form value that is not exploded: `1,2`. */
function parametersOf(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  components: Components,
): OpenApiParameter[] {
  if (schema === undefined) return [];
  const parsed = schemaOf(schema, 'output', components);
  const required = new Set((schemaOf(schema, 'input', components)['required'] ?? []) as string[]);
  const members = Object.entries((parsed['properties'] ?? {}) as Record<string, JsonSchema>);
  return members.map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    ...(typeof description === 'string' && { description }),
    schema: rest,
    ...(rest['type'] === 'array' && { style: 'form' as const, explode: false as const }),
  }));
}

function successOf(endpoint: Endpoint, components: Components): Record<string, OpenApiResponse> {
  const mediaType = endpoint.mediaType ?? 'application/json';
  const content: Record<string, { schema: JsonSchema }> = {
    [mediaType]: { schema: schemaOf(endpoint.response, 'output', components) },
  };
  if (endpoint.geojson) {
    const schema = schemaOf(featureCollection, 'output', components);
    content['application/geo+json'] = { schema };
  }
  const description = endpoint.status === 201 ? 'Created' : 'Success';
  return {
    [endpoint.status]: { description, content },
    ...(endpoint.mayBeEmpty && { '204': { description: 'Nothing here' } }),
  };
}

function failuresOf(endpoint: Endpoint, components: Components): Record<string, OpenApiResponse> {
  const schema = schemaOf(problem, 'output', components);
  const byStatus = new Map<number, string[]>();
  for (const slug of problemsOf(endpoint)) {
    const { status } = PROBLEM_KINDS[slug];
    byStatus.set(status, [...(byStatus.get(status) ?? []), slug]);
  }
  const responses = [...byStatus].map(([status, slugs]): [string, OpenApiResponse] => [
    String(status),
    { description: slugs.join(', '), content: { 'application/problem+json': { schema } } },
  ]);
  return Object.fromEntries(responses);
}
