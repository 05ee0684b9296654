import { feature, featureLines } from './feature-lines.mjs';

const LAND =
  '-i in.json -explode -clean -explode -o out.json format=geojson rfc7946 precision=0.001';

/**
 * World land as single polygons, 3 decimals (about 100 m, finer than the 1:50 000 000 source).
 * Land only: Natural Earth's country borders are never used.
 */
export async function buildLand(mapshaper, topojson, topology, [minZoom, maxZoom]) {
  const land = JSON.stringify(topojson.feature(topology, topology.objects.land));
  // Twice: rounding the first result can make a ring touch itself, which the second run mends.
  const rounded = await mapshaper.applyCommands(LAND, { 'in.json': land });
  const out = await mapshaper.applyCommands(LAND, { 'in.json': rounded['out.json'] });
  const shapes = JSON.parse(out['out.json']);
  const geometries = shapes.geometries ?? shapes.features.map((shape) => shape.geometry);
  const properties = {
    kind: 'land',
    name_zh: null,
    name_en: null,
    rank: 1,
    min_zoom: minZoom,
    max_zoom: maxZoom,
  };
  return featureLines(geometries.map((geometry) => feature(properties, geometry)));
}

/** GSHHG grades rivers from 0 (drawn with two banks) to 4 (small); the finer ones appear later. */
export function buildRivers(source) {
  const rivers = JSON.parse(source).features.map(({ properties, geometry }) =>
    feature(
      {
        kind: 'river',
        name_zh: null,
        name_en: null,
        rank: properties.wdbii_level,
        min_zoom: 4 + properties.wdbii_level,
      },
      geometry,
    ),
  );
  return featureLines(rivers);
}
