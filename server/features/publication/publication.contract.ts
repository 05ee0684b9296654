import { z } from 'zod';
import { OPEN } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { basis, names, nullableLevel } from '#server/contract/level.contract.ts';
import { regionCode } from '#server/contract/params.contract.ts';
import { ruleText } from '#server/contract/rule-text.ts';

const asOf = z
  .string()
  .refine(
    (value) => z.iso.date().safeParse(value).success && value >= '1900',
    ruleText('应为 YYYY-MM-DD 的日期，1900 年起', 'Must be a date from 1900 on, YYYY-MM-DD'),
  )
  .optional()
  .describe('Figures as they were told on this day; default: the newest');

export const publication = z
  .object({
    kind: z
      .enum(['register', 'demonstration'])
      .describe('Figures of the register, or of invented data'),
    day: z.iso.date().describe('Day of the figures'),
    rule: z.enum(['weighted', 'highest']).describe('The roll-up rule that colours the areas'),
    ruleLabel: names.describe('How the rule must be called on screen'),
    basis,
    approvalNumber: z.string().nullable().describe('审图号 of this map; null when it has none'),
    leastTold: z.int().describe('Counts below this are not told'),
  })
  .meta({ id: 'Publication', description: 'What is told to everyone' });

const count = z.int().min(5).nullable();

const toldArea = z
  .object({
    code: z.string().describe('Administrative code'),
    names,
    depth: z.enum(['province', 'city', 'county']).describe('Depth of the area'),
    state: z
      .enum(['assessed', 'insufficient', 'not_assessed', 'not_applicable', 'no_data', 'withheld'])
      .describe('withheld: fewer enterprises than may be told'),
    level: nullableLevel.describe('Area colour; null where none is told'),
    n1: count.describe('Enterprises at level 1; null: not told'),
    n2: count.describe('Enterprises at level 2; null: not told'),
    n3: count.describe('Enterprises at level 3; null: not told'),
    n4: count.describe('Enterprises at level 4; null: not told'),
    nNone: count.describe('Enterprises without an assessment in force; null: not told'),
  })
  .meta({ id: 'ToldArea', description: 'What everyone is told of an area' });

export const getPublication = defineEndpoint({
  method: 'get',
  path: '/api/v1/publication',
  operationId: 'getPublication',
  summary: 'What is told to everyone, by which rule and of which day',
  tags: ['publication'],
  access: OPEN,
  query: z.strictObject({ asOf }),
  response: z.object({
    publication: publication.nullable().describe('Null: nothing is released'),
  }),
  problems: ['invalid-request'],
});

export const getToldRegion = defineEndpoint({
  method: 'get',
  path: '/api/v1/publication/regions/{code}',
  operationId: 'getToldRegion',
  summary: 'Colour and suppressed counts of an area and of those directly below it',
  tags: ['publication'],
  access: OPEN,
  params: z.object({ code: regionCode }),
  query: z.strictObject({ asOf }),
  response: z.object({
    publication,
    area: toldArea,
    below: z.array(toldArea).describe('Areas directly below, by code; none below a county'),
  }),
  problems: ['invalid-request', 'not-found'],
});

export const publicationEndpoints = [getPublication, getToldRegion];

export type ToldAreaAnswer = z.output<typeof toldArea>;
export type PublicationAnswer = z.output<typeof publication>;
