import { findCity } from './point-in-city.mjs';

/** GeoNames ids: [rank, name_zh, name_en]; an empty name keeps the source's. */
const CORRECTIONS = {
  2038180: [1, '长春', ''],
  2036502: [2, '', 'Jilin City'],
  2034714: [2, '', ''],
  2036109: [2, '辽源', ''],
  2034414: [2, '', ''],
  2038584: [2, '白山', ''],
  2035399: [2, '', ''],
  2038569: [2, '', ''],
  2033467: [2, '', ''],
  2036401: [3, '九台', ''],
  2037222: [3, '公主岭', ''],
  2036776: [3, '桦甸', ''],
  2037712: [3, '德惠', ''],
  2037930: [3, '大安', 'Da’an'],
  2035511: [3, '磐石', ''],
  2036933: [3, '', ''],
  2036536: [3, '蛟河', ''],
  2034497: [3, '洮南', ''],
  2035801: [3, '梅河口', ''],
  2038118: [3, '朝阳镇', 'Chaoyangzhen'],
  2035189: [3, '扶余', ''],
  2036290: [3, '永吉', 'Yongji'],
  2036338: [3, '通榆', 'Tongyu'],
  2034633: [3, '江源', 'Jiangyuan'],
  2036418: [4, '吉舒', ''],
  2035182: [4, '三岔子', ''],
  2036685: [4, '辉南', ''],
  2037820: [4, '大石头', ''],
  2037494: [4, '二道江', ''],
  2033739: [4, '兴隆山', ''],
  2033449: [4, '烟筒山', ''],
  2038529: [4, '白石山', ''],
  2036734: [4, '黄泥河', ''],
  // Districts that lie inside a city's own built-up area.
  8555334: [4, '洮北', ''],
  12381921: [4, '', ''],
  12465573: [4, '', ''],
  12465574: [4, '', ''],
  12483507: [4, '', ''],
};

/** The old town of Fuyu is today's Ningjiang district, which has a row of its own. */
const DROPPED = new Set(['2037335']);

const RANK_BY_FEATURE_CODE = { PPLA3: 3, PPL: 4, PPLA4: 5 };
/** rank 1 capital, 2 seat of a city, 3 of a county, 4 large town or district, 5 town */
const MIN_ZOOM = { 1: 3, 2: 5, 3: 7, 4: 8, 5: 10 };

function parseRows(text) {
  const [header, ...lines] = text.trim().split('\n');
  const names = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, i) => [names[i], value])),
  );
}

function place(row, cities) {
  const [rank, zh, en] = CORRECTIONS[row.geonameid] ?? [RANK_BY_FEATURE_CODE[row.feature_code]];
  return {
    id: row.geonameid,
    kind: 'place',
    name_zh: zh || row.name_zh,
    name_en: en || row.name,
    lon: Number(row.lon),
    lat: Number(row.lat),
    population: row.population,
    rank,
    min_zoom: MIN_ZOOM[rank],
    city_code: findCity(cities, [Number(row.lon), Number(row.lat)])?.properties.code,
  };
}

/** Places inside the nine cities, most important first. */
export function buildPlaces(source, cities) {
  const places = parseRows(source)
    .filter((row) => !DROPPED.has(row.geonameid))
    .map((row) => place(row, cities))
    .filter((row) => row.city_code !== undefined && row.name_zh !== '')
    .sort((a, b) => a.rank - b.rank || b.population - a.population || a.id - b.id);
  const columns = Object.keys(places[0]);
  const lines = places.map((row) => columns.map((column) => row[column]).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
