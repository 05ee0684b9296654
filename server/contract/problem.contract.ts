import { z } from 'zod';

/** Every kind of failure that the API can answer with; each has a page at `/problems/{slug}`. */
export const PROBLEM_SLUGS = [
  'invalid-request',
  'invalid-body',
  'not-found',
  'unauthenticated',
  'forbidden',
  'method-not-allowed',
  'not-acceptable',
  'conflict',
  'gone',
  'stale',
  'precondition-required',
  'too-many-requests',
  'overloaded',
  'rule-violation',
  'unsupported-media-type',
  'payload-too-large',
  'query-timeout',
  'internal',
] as const;

export type ProblemSlug = (typeof PROBLEM_SLUGS)[number];

const problemFault = z
  .object({
    detail: z.string().describe('What is wrong and what is expected'),
    pointer: z.string().optional().describe('JSON Pointer into the request body'),
    parameter: z.string().optional().describe('Name of the path or query parameter'),
  })
  .meta({ id: 'ProblemFault' });

/** RFC 9457 problem details. */
export const problem = z
  .object({
    type: z.string().describe('Absolute address of the page that explains this kind of problem'),
    title: z.string().describe('Constant per type and language'),
    status: z.int().describe('HTTP status code'),
    detail: z.string().optional().describe('What happened this time, safe to show'),
    instance: z.string().optional().describe('urn:uuid of the request, also in the server log'),
    errors: z.array(problemFault).optional().describe('Every fault of the request at once'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problem>;
export type ProblemFault = z.output<typeof problemFault>;
