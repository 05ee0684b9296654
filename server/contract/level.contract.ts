import { z } from 'zod';

export const level = z
  .literal([1, 2, 3, 4])
  .describe('1 major 重大 · 2 serious 较大 · 3 moderate 一般 · 4 low 低');
export const nullableLevel = level
  .nullable()
  .describe('1 major 重大 · 2 serious 较大 · 3 moderate 一般 · 4 low 低; null: none');
export const state = z
  .enum(['assessed', 'not_assessed', 'expired', 'not_applicable'])
  .describe('Assessment state');
export const regionState = z
  .enum(['assessed', 'insufficient', 'not_assessed', 'not_applicable', 'no_data'])
  .describe('State of an area under the roll-up rule');
export const basis = z.enum(['inherent', 'current']).describe('Assessment basis');
export const lifecycle = z
  .enum(['planned', 'building', 'running', 'suspended', 'long_suspended', 'closed'])
  .describe('Lifecycle 状态');
export const names = z
  .object({
    zh: z.string().describe('Chinese name'),
    en: z.string().nullable().describe('English name where known'),
  })
  .meta({ id: 'Names', description: 'A name or text in the languages known' });
export const depth = z
  .enum(['province', 'city', 'county', 'township', 'village'])
  .describe('Depth of a region');

const count = z.int().min(0);

/** `n…` count risk points, `s…` count voting subjects; a roll-up rule reads only the `s…`. */
export const counts = z
  .object({
    n1: count.describe('Risk points assessed as major'),
    n2: count.describe('Risk points assessed as serious'),
    n3: count.describe('Risk points assessed as moderate'),
    n4: count.describe('Risk points assessed as low'),
    nNotAssessed: count.describe('Risk points never assessed'),
    nExpired: count.describe('Risk points whose assessment has expired'),
    nNotApplicable: count.describe('Risk points of planned or closed sites'),
    assessed: count.describe('Risk points in state assessed'),
    total: count.describe('Risk points without the not applicable ones'),
    s1: count.describe('Voting subjects at level 1'),
    s2: count.describe('Voting subjects at level 2'),
    s3: count.describe('Voting subjects at level 3'),
    s4: count.describe('Voting subjects at level 4'),
    sU: count.describe('Voting subjects unassessed or expired'),
    sExpired1: count.describe(
      'Voting subjects with an expired major risk that are not in s1 already',
    ),
  })
  .meta({ id: 'Counts', description: 'Counts of risk points and of voting subjects' });

export const pointCounts = counts
  .pick({
    n1: true,
    n2: true,
    n3: true,
    n4: true,
    nNotAssessed: true,
    nExpired: true,
    nNotApplicable: true,
    assessed: true,
    total: true,
  })
  .meta({ id: 'PointCounts', description: 'Counts of risk points by level and state' });

export type PointCounts = z.output<typeof pointCounts>;
