import { z } from 'zod';

/** `[longitude, latitude]` in degrees, WGS 84 (RFC 7946). */
export const position = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .describe('[longitude, latitude] in degrees, WGS 84')
  .meta({ id: 'Position' });

/** `[west, south, east, north]` in degrees, WGS 84. */
export const bbox = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .describe('[west, south, east, north] in degrees, WGS 84')
  .meta({ id: 'Bbox' });

/** Any RFC 7946 geometry; the depth and vertex limits are checked before PostGIS sees it. */
export const geometry = z
  .looseObject({
    type: z
      .enum(['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon'])
      .describe('Geometry type'),
    coordinates: z.array(z.unknown()).describe('Coordinates as RFC 7946 says'),
  })
  .meta({ id: 'Geometry', description: 'RFC 7946 geometry, WGS 84' });

/** A list answered as `application/geo+json`. */
export const featureCollection = z
  .object({
    type: z.literal('FeatureCollection').describe('Always FeatureCollection'),
    features: z
      .array(
        z.object({
          type: z.literal('Feature').describe('Always Feature'),
          id: z.string().describe('Identifier of the row'),
          geometry: geometry.nullable().describe('Geometry, WGS 84'),
          properties: z.record(z.string(), z.unknown()).describe('The row without its geometry'),
        }),
      )
      .describe('Features'),
    next: z.string().nullable().describe('Cursor of the next page'),
  })
  .meta({ id: 'FeatureCollection' });
