import { z } from 'zod';

/** A NUL byte is valid JSON and valid in a URL, but PostgreSQL text cannot hold it: one rule for every string. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\u0000'), 'must not contain a NUL character');

export const uuid = z.uuid().describe('UUID');
export const regionCode = z
  .string()
  .regex(/^\d{6}(\d{3}(\d{3})?)?$/, 'a GB/T 2260 code of 6, 9 or 12 digits')
  .describe('Administrative code (GB/T 2260)');

/** Comma list → deduplicated array; a repeated value is not more work. */
const commaList = () =>
  z
    .string()
    .max(400)
    .transform((raw) => [...new Set(raw.split(','))]);

const levelList = () =>
  commaList()
    // Only the very digits: Number('') and Number('1.0') would pass as levels.
    .transform((values) => values.map((value) => (/^[1-4]$/.test(value) ? Number(value) : value)))
    .pipe(
      z
        .array(z.literal([1, 2, 3, 4], { error: 'one of 1, 2, 3, 4' }))
        .min(1)
        .max(4),
    )
    .optional();

export const integerText = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d{1,9}$/, 'a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max));

export const limitParam = integerText(1, 1000)
  .default(100)
  .describe('Rows per page, at most 1,000');
export const cursorParam = text(2000).optional().describe('`next` of the page before');

export const levelListParam = levelList().describe(
  'Assessed levels, comma separated: 1 major … 4 low',
);
export const dynamicListParam = levelList().describe('Dynamic control levels, comma separated');
export const stateListParam = commaList()
  .pipe(
    z
      .array(z.enum(['assessed', 'not_assessed', 'expired', 'not_applicable']))
      .min(1)
      .max(4),
  )
  .optional()
  .describe('Assessment states, comma separated');
export const fieldListParam = commaList()
  .pipe(
    z
      .array(z.string().regex(/^[a-z0-9-]{1,40}$/, 'a code of the list `field`'))
      .min(1)
      .max(25),
  )
  .optional()
  .describe('Supervised fields, comma separated codes; a row matches when it has any of them');
export const basisParam = z
  .enum(['current', 'inherent'])
  .default('current')
  .describe('Assessment basis: current 现状 or inherent 固有');
export const ruleParam = z
  .enum(['weighted', 'highest'])
  .optional()
  .describe('Roll-up rule; default weighted down to county, highest from township down');
export const colourParam = z
  .enum(['assessed', 'dynamic'])
  .default('assessed')
  .describe('Which level paints and is counted');
export const depthParam = z
  .enum(['province', 'city', 'county', 'township', 'village'])
  .optional()
  .describe('Depth of the areas');
const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);

export const bboxParam = z
  .string()
  .max(120)
  .regex(
    /^-?\d+(\.\d+)?,-?\d+(\.\d+)?,-?\d+(\.\d+)?,-?\d+(\.\d+)?$/,
    'west,south,east,north in degrees',
  )
  .transform((raw) => raw.split(',').map(Number))
  .pipe(
    z
      .tuple([longitude, latitude, longitude, latitude])
      .refine(([, south, , north]) => south <= north, {
        message: 'south ≤ north is expected',
      }),
  )
  .optional()
  .describe('west,south,east,north in degrees, WGS 84; west > east crosses the antimeridian');
export const searchTextParam = text(100).optional().describe('Part of a name or code');
