import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { attributeName, changeField, contentText } from '#client/features/imports/change-words.ts';
import {
  notesByColumn,
  remapped,
  rowName,
  tableColumns,
} from '#client/features/imports/columns.ts';
import type { ImportColumn } from '#client/features/imports/columns.ts';
import {
  bytesText,
  firstTab,
  goodRows,
  metresText,
  shareDone,
  standingOf,
  timeLeft,
} from '#client/features/imports/import-words.ts';
import { placesLayer, placeSources } from '#client/features/imports/places.layer.ts';
import {
  cameraOver,
  comparisonBox,
  placeData,
  placesBox,
} from '#client/features/imports/places.ts';
import type { ImportPlace } from '#client/features/imports/places.ts';
import { uploadType } from '#client/features/imports/upload-type.ts';
import { composeStyle } from '#client/map/layer-module.ts';
import { aContext } from './map-context.ts';

const column = (header: string, field: string | null, use?: ImportColumn['use']): ImportColumn => ({
  header,
  field,
  use: use ?? (field === null ? 'attribute' : 'field'),
  note: null,
});
const columns = [
  column('编号', 'riskPointCode'),
  column('名称', 'riskPointName'),
  column('经度', 'lon'),
  column('纬度', 'lat'),
  column('所属企业', 'enterpriseName'),
  column('风险等级', null, 'ignored'),
  column('备注', null),
];
const report = { kind: 'risk-points' as const, columns };
const fault = (header: string | null) => ({
  row: 3,
  column: header,
  value: 'x',
  problem: { zh: '错', en: 'wrong' },
  expected: null,
});
const row = (faults: ReturnType<typeof fault>[] = [], fixed: string[] = []) => ({
  row: 3,
  status: 'faulty' as const,
  cells: ['A1', '储罐区', '126', '43', null, '较大', null],
  fixed,
  faults,
  warnings: [],
  changes: [],
  position: null,
});
const headers = (shown: readonly { header: string }[]) => shown.map(({ header }) => header);

describe('the media type of a file', () => {
  it('goes by the ending of its name, whatever its letters', () => {
    expect(uploadType('台账.XLSX')).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    );
    expect([uploadType('a.csv'), uploadType('a.b.geojson')]).toEqual([
      'text/csv',
      'application/geo+json',
    ]);
    expect([uploadType('a.xls'), uploadType('csv')]).toEqual([
      'application/octet-stream',
      'application/octet-stream',
    ]);
  });
});

describe('columns given to other fields', () => {
  it('are told as a whole, the ignored ones left out', () => {
    expect(remapped(columns, '备注', 'address')).toEqual({
      编号: 'riskPointCode',
      名称: 'riskPointName',
      经度: 'lon',
      纬度: 'lat',
      所属企业: 'enterpriseName',
      备注: 'address',
    });
  });

  it('take the field away from the column that had it', () => {
    expect(remapped(columns, '备注', 'riskPointName')).toMatchObject({
      名称: null,
      备注: 'riskPointName',
    });
  });
});

describe('the columns of the table of rows', () => {
  it('are those that name the row and those with a fault or a correction', () => {
    const shown = tableColumns(report, [row([fault('经度')], ['备注'])], false);

    expect(headers(shown)).toEqual(['编号', '名称', '经度', '备注']);
    expect(shown.map(({ index }) => index)).toEqual([0, 1, 2, 6]);
  });

  it('are the first ones with a field where no row has a fault', () => {
    expect(headers(tableColumns(report, [row()], false))).toEqual(['编号', '名称', '经度', '纬度']);
  });

  it('are all of them on request', () => {
    expect(tableColumns(report, [row()], true)).toHaveLength(7);
  });

  it('call a row by its name, and by its code where it has none', () => {
    expect(rowName(report, row())).toBe('储罐区');
    expect(rowName(report, { cells: ['A1', null] })).toBe('A1');
    expect(rowName({ ...report, kind: 'enterprises' }, { cells: ['', '', '', '', '厂'] })).toBe(
      '厂',
    );
  });

  it('keep faults of columns that are not shown with the row', () => {
    const shown = tableColumns(report, [row([fault('经度')])], false);
    const notes = notesByColumn([fault('经度'), fault('备注'), fault(null)], shown);

    expect(notes.cells.get('经度')).toHaveLength(1);
    expect(notes.row.map((note) => note.column)).toEqual(['备注', null]);
  });
});

describe('figures of an import', () => {
  const progress = {
    phase: 'reading',
    done: 30,
    total: 120,
    perSecond: 5,
    secondsLeft: 18,
  } as const;

  it('are sizes, shares and times as people say them', () => {
    expect([315, 18_400, 3_440_000].map(bytesText)).toEqual(['315 B', '18 KB', '3.4 MB']);
    expect(shareDone(progress)).toBe(0.25);
    expect(shareDone({ ...progress, total: null })).toBeNull();
    expect([timeLeft(61.2), timeLeft(0.1)]).toEqual([
      { minutes: 1, seconds: 2 },
      { minutes: 0, seconds: 1 },
    ]);
  });

  it('are distances with as many digits as help', () => {
    expect([0.34, 531.4, 23_400].map((metres) => metresText(metres, String))).toEqual([
      '0.3 m',
      '531 m',
      '23 km',
    ]);
  });

  it('open the tab that needs a look first', () => {
    const counts = { new: 4, changed: 0, unchanged: 2, faulty: 0, warned: 1, missing: 0 };

    expect(firstTab({ ...counts, faulty: 1 })).toBe('faulty');
    expect(firstTab(counts)).toBe('new');
    expect(goodRows({ rows: 120, faulty: 3 })).toBe(117);
  });

  it('tell an open question of coordinates from a missing column and from an end', () => {
    const because = { zh: '两种读法', en: 'two readings' };
    const base = { crs: { decided: null, because, candidates: [] }, columns };

    expect(standingOf({ ...base, state: 'rejected', problem: because })).toBe('undecided');
    expect(standingOf({ ...base, state: 'rejected', problem: { zh: '缺名称', en: '' } })).toBe(
      'columns',
    );
    expect(standingOf({ crs: null, columns: [], state: 'rejected', problem: because })).toBe(
      'rejected',
    );
    expect(standingOf({ ...base, state: 'failed', problem: null })).toBe('failed');
    expect(standingOf({ ...base, state: 'ready', problem: null })).toBeNull();
  });
});

describe('what a change is about', () => {
  it('is a field of the register or an attribute by its own name', () => {
    expect(changeField('nameZh')).toBe('nameZh');
    expect(changeField('attributes.检查日期')).toBeNull();
    expect(attributeName('attributes.检查日期')).toBe('检查日期');
  });

  it('is written as people write places, factors and lists', () => {
    expect(contentText({ type: 'Point', coordinates: [126.55, 43.8412] })).toBe(
      '126.550000, 43.841200',
    );
    expect(contentText({ L: 3, E: 6 })).toBe('L = 3, E = 6');
    expect(contentText(['a', 'b'])).toBe('a, b');
    expect([contentText(null), contentText('')]).toEqual([null, null]);
  });
});

const place = (lon: number, lat: number, other: ImportPlace['other'] = null): ImportPlace => ({
  row: 2,
  status: 'new',
  position: [lon, lat],
  other,
  isWarned: false,
});

describe('the small map', () => {
  it('has a second dot and a line only where there is another reading', () => {
    const data = placeData([place(126, 43), place(127, 44, [127.006, 44.003])]);

    expect(data.dots.features).toHaveLength(2);
    expect(data.others.features.map(({ geometry }) => geometry.coordinates)).toEqual([
      [127.006, 44.003],
    ]);
    expect(data.lines.features[0]?.geometry.coordinates).toEqual([
      [127, 44],
      [127.006, 44.003],
    ]);
  });

  it('frames every place; without any there is nothing to frame', () => {
    expect(placesBox([place(126, 43.5), place(127, 43, [128, 44])])).toEqual([126, 43, 128, 44]);
    expect(placesBox([])).toBeNull();
    // A latitude and a longitude that changed places would be beyond the pole.
    expect(placesBox([place(126, 43.5), place(43, 126)])).toEqual([43, 43.5, 126, 85]);
  });

  it('goes close to the middle row where two readings would lie on each other', () => {
    const near = [
      place(126, 43, [126.01, 43]),
      place(127, 44, [127.01, 44]),
      place(128, 45, [128.01, 45]),
    ];
    const box = comparisonBox(near) ?? [];

    // 0.01° between the readings, twice as much room on each side of the middle row.
    expect(box.map((degrees) => Math.round(degrees * 1000) / 1000)).toEqual([
      126.98, 43.98, 127.03, 44.02,
    ]);
    expect(comparisonBox([place(126, 43, [126.5, 43]), place(128, 45, [128.5, 45])])).toBeNull();
    expect(comparisonBox([place(126, 43), place(127, 44)])).toBeNull();
  });

  it('leads to a camera over what was written', () => {
    // A box of 360°/64 = 5.625° across 512 px is the whole tile at zoom 6.
    const camera = cameraOver([120, -1, 125.625, 1], { width: 512, height: 512 });

    expect(camera.zoom).toBeCloseTo(6, 5);
    expect([camera.lng, camera.lat]).toEqual([122.8125, 0]);
    expect(cameraOver([126, 43, 126, 43], { width: 512, height: 512 }).zoom).toBe(14);
  });

  it.each(['light', 'dark'] as const)(
    'is a valid style in the %s theme, in no level colour',
    (theme) => {
      const sources = placeSources(placeData([place(126, 43, [126.01, 43])]));
      const style = composeStyle([placesLayer], aContext({ theme }), sources, '#ffffff');

      expect(validateStyleMin(style)).toEqual([]);
      expect(style.layers.map(({ id }) => id)).toEqual([
        'ground',
        'import-lines',
        'import-warned',
        'import-dots',
        'import-others',
      ]);
      expect(JSON.stringify(style)).not.toMatch(/BE1E2D|EE8A3C|FBE655|1B66C9/i);
    },
  );
});
