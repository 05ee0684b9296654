import { z } from 'zod';
import { lifecycle } from './level.contract.ts';
import { isUnsafeName } from '../domain/unsafe-name.ts';
import { NO_NUL, regionCode, uuid } from './params.contract.ts';
import { ruleText } from './rule-text.ts';

/** Text that somebody typed: outer blanks go, it must not be empty, and PostgreSQL must be able to hold it. */
export const typedText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !value.includes('\u0000'), NO_NUL);

/** The same where nothing is a choice too: PATCH with null clears it. */
export const clearableText = (max: number) => typedText(max).nullable().optional();

/** A name is one value: without `en` the English one is not known. */
export const namesBody = z
  .strictObject({
    zh: typedText(200).describe('Chinese name'),
    en: typedText(200).nullable().default(null).describe('English name where known'),
  })
  .meta({ id: 'NamesRequest', description: 'A name or text; set as a whole' });

const MOST_ATTRIBUTES = 50;

export const attributesBody = z
  .record(typedText(100), z.string().max(2000))
  .refine(
    (map) => Object.keys(map).length <= MOST_ATTRIBUTES,
    ruleText(`最多 ${MOST_ATTRIBUTES} 个名称`, `Must have at most ${MOST_ATTRIBUTES} names`),
  )
  .refine(
    (map) => !Object.keys(map).some(isUnsafeName),
    ruleText(
      '名称不能是 __proto__、constructor 或 prototype',
      'No name may be __proto__, constructor or prototype',
    ),
  )
  .describe('Further columns of the row, at most 50; set as a whole');

export const fieldsBody = z
  .array(z.string().max(40))
  .max(25)
  .describe('Supervised fields (codes of the list `field`)');

export const lifecycleBody = lifecycle.describe('Lifecycle 状态; default running');
export const statedRegionBody = regionCode
  .nullable()
  .optional()
  .describe('Region that the row is said to lie in; the real one follows from its place');
export const categoryBody = clearableText(100).describe('Category in the words of the register');

export const version = z
  .int()
  .describe('Counts the edits of the row; the ETag starts with it, send that as If-Match');
export const category = z.string().nullable().describe('Category in the words of the register');
export const attributes = z.record(z.string(), z.string()).describe('Further columns of the row');
export const statedRegionCode = z
  .string()
  .nullable()
  .describe('Region that the row is said to lie in (`regionCode` of a write)');
export const origin = z
  .object({
    source: z.string().describe('File or system'),
    code: z.string().nullable().describe('Its identifier there'),
  })
  .nullable()
  .describe('Where an imported row came from');

export const withheld = z
  .array(z.string())
  .describe('Fields that the caller is not told: they look empty here whatever they hold');

export const deletion = z
  .object({
    id: z.string().describe('Identifier of the row that was deleted'),
    kind: z
      .enum(['enterprise', 'risk_point', 'hazard_source', 'control_measure'])
      .describe('What it is'),
    reason: z.string().describe('Reason as given'),
    at: z.string().describe('When (RFC 3339)'),
    children: z
      .object({
        riskPoints: z.int().describe('Risk points'),
        hazardSources: z.int().describe('Hazard sources'),
        measures: z.int().describe('Control measures'),
      })
      .describe('What went along; restoring brings exactly these back'),
  })
  .meta({ id: 'Deletion' });

export const idParams = z.object({ id: uuid });
export const noQuery = z.strictObject({});
export const deletionQuery = z.strictObject({
  reason: typedText(500).describe('Why the row is deleted, 1 to 500 characters'),
});
