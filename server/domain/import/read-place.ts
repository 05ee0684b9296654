import type { Bilingual } from '../bilingual.ts';
import { coordinateFaults } from '../crs/coordinate-faults.ts';
import { isDegreeCrs } from '../crs/crs.ts';
import type { Reading } from '../crs/reading.ts';
import { parseCoordinate, parseCoordinatePair } from '../crs/parse-coordinate.ts';
import type { Position } from '../geometry/bbox.ts';

import { MAX_LATITUDE } from '../register/shared-rules.ts';

import type { Place, RowToEvaluate, StatedRegion } from './evaluated-row.ts';
import { latitudeFault } from './place-faults.ts';
import { readShape } from './read-shape.ts';
import type { RowCells } from './row-cells.ts';
import { convert } from './shape-place.ts';

const NO_COORDINATES: Bilingual = { zh: '没有坐标', en: 'No coordinates' };

const COORDINATES_EXPECTED: Bilingual = {
  zh: '经度和纬度，如 126.5376 和 43.8412；已登记的记录可填系统编号代替',
  en: 'Longitude and latitude, such as 126.5376 and 43.8412; a registered record may give its identifier instead',
};

/** Two numbers as a row has them, with the texts they were read from. */
type Raw = {
  readonly x: number;
  readonly y: number;
  readonly texts: readonly [x: string, y: string];
};

/**
 * Where a row lies, by its geometry, a pair in one cell, or two columns. Null where it has no place, the file's reading is
 * not decided, or the coordinates are faulty; a row that must have a place and has none is faulty.
 */
export function readPlace(
  cells: RowCells,
  { geometry }: RowToEvaluate,
  stated: StatedRegion,
  isNeeded: boolean,
): Place | null {
  if (geometry !== undefined && geometry !== null) return readShape(cells, geometry, stated);
  const raw = cells.isFilled('position') ? readPair(cells) : readColumns(cells, isNeeded);
  const { reading } = cells.plan;
  if (raw === null || reading === null) return null;
  const position = positionOf(cells, raw, reading);
  const [x, y] = raw.texts;
  return position && { position, original: { x, y, ...reading }, stated };
}

function readPair(cells: RowCells): Raw | null {
  const text = cells.line('position') ?? '';
  const pair = parseCoordinatePair(text);
  if (pair !== null)
    return { x: pair.lon, y: pair.lat, texts: [String(pair.lon), String(pair.lat)] };
  cells.fault(
    'position',
    { zh: '无法识别的经纬度', en: 'Not a longitude and a latitude' },
    {
      zh: '度为单位的经度和纬度，如 126.5376, 43.8412；以米为单位的坐标请分成两列',
      en: 'Longitude and latitude in degrees, such as 126.5376, 43.8412; put metres into two columns',
    },
  );
  return null;
}

function readColumns(cells: RowCells, isNeeded: boolean): Raw | null {
  const [xText, yText] = [cells.line('lon'), cells.line('lat')];
  if (xText === null && yText === null) {
    if (isNeeded)
      cells.fault(
        cells.hasColumn('lon') ? 'lon' : 'position',
        NO_COORDINATES,
        COORDINATES_EXPECTED,
      );
    return null;
  }
  const x = readNumber(cells, 'lon', xText);
  const y = readNumber(cells, 'lat', yText);
  if (x === null || y === null) return null;
  return { x, y, texts: [xText ?? '', yText ?? ''] };
}

function readNumber(cells: RowCells, id: 'lon' | 'lat', text: string | null): number | null {
  const said = text ?? (cells.holdsNaN(id) ? 'NaN' : null);
  if (said === null) {
    const [zh, en] =
      id === 'lon'
        ? ['缺少经度', 'The longitude is missing']
        : ['缺少纬度', 'The latitude is missing'];
    cells.fault(id, { zh, en }, COORDINATES_EXPECTED);
    return null;
  }
  const parsed = parseCoordinate(said, axisOf(cells, id));
  if ('value' in parsed) return parsed.value;
  cells.fault(id, parsed.problem, COORDINATES_EXPECTED);
  return null;
}

/** Metres may have separators of thousands. */
function axisOf(cells: RowCells, id: 'lon' | 'lat'): 'lon' | 'lat' | 'x' | 'y' {
  const { reading } = cells.plan;
  if (reading === null || isDegreeCrs(reading.crs)) return id;
  return id === 'lon' ? 'x' : 'y';
}

/** The WGS 84 position of two numbers under the reading of the file; null with a fault where they have none. */
function positionOf(cells: RowCells, { x, y }: Raw, reading: Reading): Position | null {
  const column = cells.isFilled('position') ? 'position' : 'lon';
  const fault = coordinateFaults(x, y, reading, cells.line('crs') ?? '');
  if (fault !== null) {
    cells.fault(column, fault.problem, fault.expected, `${x}, ${y}`);
    return null;
  }
  const position = convert(reading, x, y);
  if (Math.abs(position[1]) <= MAX_LATITUDE) return position;
  cells.fault(column === 'lon' ? 'lat' : column, ...latitudeFault(position[1]));
  return null;
}
