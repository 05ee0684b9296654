import { z } from 'zod';
import { ruleText } from './rule-text.ts';

/** Also for text that somebody typed. */
export const NO_NUL = ruleText('不能含有 NUL 字符', 'Must not contain a NUL character');

/** A NUL byte is valid JSON and valid in a URL, but PostgreSQL text cannot hold it: one rule for every string. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\u0000'), NO_NUL);

export const uuid = z.uuid().describe('UUID');
export const regionCode = z
  .string()
  .regex(
    /^\d{6}(\d{3}(\d{3})?)?$/,
    ruleText(
      '应为 6、9 或 12 位数字的行政区划代码（GB/T 2260）',
      'Must be a GB/T 2260 code of 6, 9 or 12 digits',
    ),
  )
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
        .array(
          z.literal([1, 2, 3, 4], {
            error: ruleText('应为 1、2、3、4 之一', 'Must be one of 1, 2, 3, 4'),
          }),
        )
        .min(1)
        .max(4),
    )
    .optional();

export const integerText = (min: number, max: number) => {
  const error = ruleText(
    `应为 ${min} 到 ${max} 的整数`,
    `Must be a whole number from ${min} to ${max}`,
  );
  return z
    .string()
    .regex(/^-?\d{1,9}$/, error)
    .transform(Number)
    .pipe(z.int().min(min, error).max(max, error));
};

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
      .array(
        z
          .string()
          .regex(
            /^[a-z0-9-]{1,40}$/,
            ruleText('应为监管行业领域的代码', 'Must be a code of the list `field`'),
          ),
      )
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
const LONGITUDE = ruleText('经度应在 -180 到 180 之间', 'A longitude must lie from -180 to 180');
const LATITUDE = ruleText('纬度应在 -90 到 90 之间', 'A latitude must lie from -90 to 90');
const longitude = z.number().min(-180, LONGITUDE).max(180, LONGITUDE);
const latitude = z.number().min(-90, LATITUDE).max(90, LATITUDE);

export const bboxParam = z
  .string()
  .max(120)
  .regex(
    /^-?\d+(\.\d+)?,-?\d+(\.\d+)?,-?\d+(\.\d+)?,-?\d+(\.\d+)?$/,
    ruleText('应为 西,南,东,北 四个以逗号分隔的度数', 'Must be west,south,east,north in degrees'),
  )
  .transform((raw) => raw.split(',').map(Number))
  .pipe(
    z
      .tuple([longitude, latitude, longitude, latitude])
      .refine(([, south, , north]) => south <= north, {
        message: ruleText('南界不能大于北界', 'South must be at most north'),
      }),
  )
  .optional()
  .describe('west,south,east,north in degrees, WGS 84; west > east crosses the antimeridian');
export const searchTextParam = text(100).optional().describe('Part of a name or code');
