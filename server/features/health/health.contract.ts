import { z } from 'zod';
import { OPEN } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';

export const getHealthz = defineEndpoint({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealthz',
  summary: 'Whether the process is alive',
  tags: ['service'],
  access: OPEN,
  query: z.strictObject({}),
  response: z.object({ status: z.literal('ok').describe('Always ok') }),
  problems: [],
});

export const getReadyz = defineEndpoint({
  method: 'get',
  path: '/readyz',
  operationId: 'getReadyz',
  summary: 'Whether requests can be answered: database, migrations and tiles',
  tags: ['service'],
  access: OPEN,
  query: z.strictObject({}),
  response: z.object({
    status: z.literal('ready').describe('Always ready; otherwise 503'),
    checks: z.array(z.string().describe('Check')).describe('What was checked'),
  }),
  problems: ['overloaded'],
});

export const healthEndpoints = [getHealthz, getReadyz];
