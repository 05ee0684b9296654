import { z } from 'zod';
import { geometry, position } from '#server/contract/geojson.contract.ts';
import { uuid } from '#server/contract/params.contract.ts';
import {
  attributesBody,
  categoryBody,
  clearableText,
  fieldsBody,
  lifecycleBody,
  namesBody,
  statedRegionBody,
} from '#server/contract/register.contract.ts';

export const kind = z.enum(['facility', 'place', 'activity', 'public_place']);
export const controlLevel = z.enum(['company', 'workshop', 'team', 'post']);

const changeable = {
  names: namesBody,
  enterpriseId: uuid.nullable().optional().describe('Enterprise; null for a public place only'),
  code: clearableText(100).describe('Code in the register'),
  kind: kind.describe('Kind of risk point'),
  lifecycle: lifecycleBody,
  fields: fieldsBody,
  category: categoryBody,
  controlLevel: controlLevel.nullable().optional().describe('Who controls it: 公司/车间/班组/岗位'),
  department: namesBody.nullable().optional().describe('Responsible department'),
  post: namesBody.nullable().optional().describe('Responsible post'),
  person: clearableText(100).describe('Responsible person'),
  location: clearableText(300).describe('Where it is, in words'),
  geometry: geometry
    .optional()
    .describe('Point, LineString, Polygon, MultiLineString or MultiPolygon; ±85° at most'),
  position: position.optional().describe('Instead of a geometry: [longitude, latitude], WGS 84'),
  existsFrom: z.iso
    .datetime({ offset: true })
    .describe('Since when the risk exists (RFC 3339); default now; never in the future'),
  regionCode: statedRegionBody,
  attributes: attributesBody,
};

export const newRiskPoint = z
  .strictObject({
    ...changeable,
    lifecycle: lifecycleBody.default('running'),
    fields: fieldsBody.optional(),
    existsFrom: changeable.existsFrom.optional(),
    attributes: attributesBody.optional(),
  })
  .meta({ id: 'NewRiskPoint' });

export const riskPointChanges = z
  .strictObject(changeable)
  .partial()
  .meta({ id: 'RiskPointChanges', description: 'Value = set, absent = leave, null = clear' });
