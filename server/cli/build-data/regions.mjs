import { feature, featureLines } from './feature-lines.mjs';

const SOURCE = 'Apache ECharts 4.9.0, map/json/province/jilin.json (Apache-2.0), cleaned';

const ENGLISH_NAMES = {
  220100: 'Changchun',
  220200: 'Jilin City',
  220300: 'Siping',
  220400: 'Liaoyuan',
  220500: 'Tonghua',
  220600: 'Baishan',
  220700: 'Songyuan',
  220800: 'Baicheng',
  222400: 'Yanbian Korean Autonomous Prefecture',
};

/**
 * The source cities were drawn one by one: side by side they leave 91 holes and overlap in 12 pairs.
 * Vertices within 0.0005 degrees (about 50 m) are joined, then every hole and overlap is given to
 * one neighbour (an overlap to the lower code, like a point on a shared border). Parts under
 * 1 km², left over from digitising, go to the city around them.
 */
const CLEAN = [
  '-i in.json snap snap-interval=0.0005',
  '-sort adcode',
  '-clean gap-fill-area=100km2 overlap-rule=min-id',
  "-explode -filter 'this.area > 1e6' -dissolve adcode copy-fields=name -sort adcode",
  '-clean gap-fill-area=100km2 overlap-rule=min-id',
  "-each 'lon=this.innerX,lat=this.innerY'",
  '-o cities.json format=geojson rfc7946 precision=0.00001',
  '-dissolve',
  "-each 'lon=this.innerX,lat=this.innerY'",
  '-o province.json format=geojson rfc7946 precision=0.00001',
].join(' ');

const round = (degrees) => Number(degrees.toFixed(5));

const region = (properties, shape) =>
  feature(
    {
      ...properties,
      label: [round(shape.properties.lon), round(shape.properties.lat)],
      source: SOURCE,
      approval: null,
    },
    shape.geometry,
  );

/** @returns the nine cities as a partition, and the province as their union; WGS 84, [lon, lat]. */
export async function buildRegions(mapshaper, source) {
  const out = await mapshaper.applyCommands(CLEAN, { 'in.json': source });
  const cities = JSON.parse(out['cities.json']).features.map((shape) =>
    region(
      {
        code: shape.properties.adcode,
        level: 'city',
        parent: '220000',
        name_zh: shape.properties.name,
        name_en: ENGLISH_NAMES[shape.properties.adcode],
      },
      shape,
    ),
  );
  const province = JSON.parse(out['province.json']).features.map((shape) =>
    region(
      {
        code: '220000',
        level: 'province',
        parent: null,
        name_zh: '吉林省',
        name_en: 'Jilin Province',
      },
      shape,
    ),
  );
  return { cities: featureLines(cities), province: featureLines(province) };
}
