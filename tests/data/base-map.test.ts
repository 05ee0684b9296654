import { booleanPointInPolygon } from '@turf/turf';
import { readBase, readCities, readCsv } from './shipped-files.ts';

describe('the shipped base map', () => {
  it.each(['land', 'land-coarse'])('has closed rings of at most 3 decimals in %s', (name) => {
    const rings = readBase(name).features.flatMap(({ geometry }) =>
      geometry.type === 'Polygon' ? geometry.coordinates : [],
    );
    const numbers = rings.flat(2);

    expect(rings.every((ring) => ring.length >= 4 && `${ring[0]}` === `${ring.at(-1)}`)).toBe(true);
    expect(numbers.filter((value) => Number(value.toFixed(3)) !== value)).toEqual([]);
  });

  it('shows the coarse land to zoom 4 and the fine land from zoom 5', () => {
    const zooms = (name: string): object | undefined => readBase(name).features[0]?.properties;

    expect(zooms('land-coarse')).toMatchObject({ kind: 'land', min_zoom: 0, max_zoom: 4 });
    expect(zooms('land')).toMatchObject({ kind: 'land', min_zoom: 5, max_zoom: 22 });
  });

  it('shows larger rivers earlier than small ones', () => {
    const rivers = readBase('rivers').features.map(({ properties }) => properties);

    expect(rivers.filter(({ kind, rank, min_zoom }) => kind !== 'river' || min_zoom !== rank + 4)).toEqual([]);
    expect(new Set(rivers.map(({ rank }) => rank)).size).toBeGreaterThan(2);
  });
});

describe('the shipped places', () => {
  const places = readCsv('base/places.csv');
  const cities = readCities().features;

  it('lie in the city their code names', () => {
    const astray = places.filter(({ lon, lat, city_code }) => {
      const city = cities.find(({ properties }) => properties.code === city_code);
      return !city || !booleanPointInPolygon([Number(lon), Number(lat)], city);
    });

    expect(astray).toEqual([]);
  });

  it('name the capital and the seats of the other eight cities', () => {
    const seats = places.filter(({ rank }) => rank === '1' || rank === '2');

    expect(seats.map(({ name_zh }) => name_zh)).toEqual(
      ['长春', '吉林', '四平', '通化', '辽源', '延吉', '白城', '白山', '松原'],
    );
    expect(new Set(seats.map(({ city_code }) => city_code)).size).toBe(9);
  });

  it('have a name in Chinese and in English', () => {
    expect(places.filter((row) => row['name_zh'] === '' || row['name_en'] === '')).toEqual([]);
  });
});

describe('the special areas', () => {
  it('hold the two units that the province supervises directly', () => {
    const units = readCsv('special-areas.csv').filter(({ kind }) => kind === 'jurisdiction');

    expect(units.map(({ name_zh, code, city_code }) => [name_zh, code, city_code])).toEqual([
      ['长白山保护开发区', '', '222400'],
      ['梅河口市', '220581', '220500'],
    ]);
  });
});
