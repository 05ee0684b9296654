/**
 * Makes the shipped data files from data/sources and three npm packages:
 *
 *   node server/cli/build-data/build-data.mjs
 *
 * The tools are installed into a temporary folder, so the product itself does not depend
 * on them. The same sources give the same bytes; data/README.md lists the checksums.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildLand, buildRivers } from './base-map.mjs';
import { buildPinyinInitials } from './pinyin-initials.mjs';
import { buildPlaces } from './places.mjs';
import { writeReadmeTable } from './readme-table.mjs';
import { buildRegions } from './regions.mjs';

const TOOLS = [
  'mapshaper@0.7.70',
  'world-atlas@2.0.2',
  'topojson-client@3.1.0',
  'pinyin-pro@3.29.4',
];
/** Words with their readings; the package has no other way to tell which readings of a character are in use. */
const WORDS = ['dict2', 'dict3', 'dict4', 'dict5', 'surname'];
const DATA = fileURLToPath(new URL('../../../data/', import.meta.url));

const read = (name) => readFileSync(join(DATA, name), 'utf8');
const write = (name, text) => {
  writeFileSync(join(DATA, name), text);
  console.log(`${name}: ${text.length} characters`);
};

const folder = mkdtempSync(join(tmpdir(), 'build-data-'));
try {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', ...TOOLS], {
    stdio: 'inherit',
  });
  const require = createRequire(join(folder, 'package.json'));
  const mapshaper = require('mapshaper');
  const topojson = require('topojson-client');
  const atlas = (name) => require(`world-atlas/${name}.json`);

  const { cities, province } = await buildRegions(
    mapshaper,
    read('sources/jilin-cities-echarts.geojson'),
  );
  write('regions/jilin-cities.geojson', cities);
  write('regions/jilin-province.geojson', province);
  write('base/land.geojson', await buildLand(mapshaper, topojson, atlas('land-50m'), [5, 22]));
  write(
    'base/land-coarse.geojson',
    await buildLand(mapshaper, topojson, atlas('land-110m'), [0, 4]),
  );
  write('base/rivers.geojson', buildRivers(read('sources/rivers-gshhg.geojson')));
  write('base/places.csv', buildPlaces(read('sources/places-geonames.csv'), JSON.parse(cities)));
  const words = WORDS.map((name) =>
    join(folder, `node_modules/pinyin-pro/dist/esm/data/${name}.mjs`),
  );
  const lists = await Promise.all(words.map((file) => import(pathToFileURL(file))));
  write(
    'pinyin-initials.csv',
    buildPinyinInitials(
      require('pinyin-pro').pinyin,
      Object.assign({}, ...lists.map((list) => list.default)),
    ),
  );
  writeReadmeTable(DATA);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
