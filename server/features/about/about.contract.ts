import { z } from 'zod';
import { OPEN } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { names } from '#server/contract/level.contract.ts';

/** What every screen must say about the data it shows. */
const about = z
  .object({
    version: z.string().describe('Version of the program'),
    engine: z.enum(['embedded', 'postgres']).describe('Database engine'),
    timeZone: z.string().describe('Time zone of dates'),
    dataTime: z.string().describe('Time of the newest change of the data (RFC 3339)'),
    demonstration: z
      .object({
        referenceDay: z.string().describe('Day the invented set is made for'),
        stale: z.boolean().describe('Older than six months: should be made anew'),
        command: z.string().describe('Command that makes it anew'),
      })
      .nullable()
      .describe('Set while the register holds invented rows'),
    roots: z.array(z.string()).describe('Codes of the root regions'),
    boundaries: z
      .array(
        z.object({
          source: z.string().describe('Source of the boundaries'),
          approvalNumber: z.string().nullable().describe('审图号; null when they have none'),
        }),
      )
      .describe('Boundary sets in use'),
    fields: z
      .array(z.object({ code: z.string().describe('Code'), names }))
      .describe('Supervised fields'),
    credits: z
      .array(
        z.object({
          what: names.describe('What comes from the source'),
          source: z.string().describe('Source'),
          licence: z.string().describe('Licence'),
        }),
      )
      .describe('Sources to credit'),
  })
  .meta({ id: 'About' });

export const getAbout = defineEndpoint({
  method: 'get',
  path: '/api/v1/about',
  operationId: 'getAbout',
  summary: 'What the register holds and whom to credit',
  tags: ['service'],
  access: OPEN,
  query: z.strictObject({}),
  response: about,
  problems: [],
});

export const aboutEndpoints = [getAbout];

export type About = z.output<typeof about>;
