import type { ProblemFault, ProblemSlug } from '#server/contract/problem.contract.ts';
import { PROBLEM_SLUGS } from '#server/contract/problem.contract.ts';

/** `network`: no answer at all; `unreadable`: an answer that is not what the service sends. */
export type FailureSlug = ProblemSlug | 'network' | 'unreadable';

type Details = {
  readonly slug: FailureSlug;
  readonly status: number;
  readonly detail?: string | undefined;
  readonly instance?: string | undefined;
  readonly faults?: readonly ProblemFault[] | undefined;
  readonly retryAfterSeconds?: number | undefined;
};

/** Any failed call: an RFC 9457 answer, or no usable answer. */
export class ApiProblem extends Error {
  readonly slug: FailureSlug;
  readonly status: number;
  readonly detail: string | null;
  readonly instance: string | null;
  readonly faults: readonly ProblemFault[];
  readonly retryAfterSeconds: number | null;

  constructor(details: Details) {
    super(details.detail ?? details.slug);
    this.name = 'ApiProblem';
    this.slug = details.slug;
    this.status = details.status;
    this.detail = details.detail ?? null;
    this.instance = details.instance ?? null;
    this.faults = details.faults ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
  }

  /** Whether asking again can help without the user changing anything. */
  get isTransient(): boolean {
    return ['network', 'overloaded', 'query-timeout', 'too-many-requests', 'internal'].includes(
      this.slug,
    );
  }
}

/** Turns a failed answer into an ApiProblem; never throws itself. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body = await readJson(response);
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem({
    slug: slugOf(body?.['type']) ?? slugOfStatus(response.status),
    status: response.status,
    detail: textOf(body?.['detail']) ?? textOf(body?.['title']),
    instance: textOf(body?.['instance']),
    faults: faultsOf(body?.['errors']),
    retryAfterSeconds: Number.isFinite(after) ? after : undefined,
  });
}

async function readJson(response: Response): Promise<Record<string, unknown> | null> {
  if (!(response.headers.get('content-type') ?? '').includes('json')) return null;
  try {
    const value: unknown = await response.json();
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function slugOf(type: unknown): ProblemSlug | null {
  const last = typeof type === 'string' ? type.split('/').at(-1) : undefined;
  return PROBLEM_SLUGS.find((slug) => slug === last) ?? null;
}

function slugOfStatus(status: number): FailureSlug {
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many-requests';
  if (status === 502 || status === 503 || status === 504) return 'overloaded';
  return status >= 500 ? 'internal' : 'unreadable';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function faultsOf(value: unknown): readonly ProblemFault[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (fault: unknown): fault is ProblemFault =>
      typeof fault === 'object' && fault !== null && 'detail' in fault,
  );
}
