import { attributeName, changeField, contentText } from '#client/features/imports/change-words.ts';
import {
  isOutdated,
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
  hasEnterpriseColumn,
  hasNothingNew,
  changesBeside,
  changesOthers,
  keptAs,
  metresText,
  shareDone,
  shortReading,
  standingOf,
  timeLeft,
  writtenEffects,
  writtenTab,
} from '#client/features/imports/import-words.ts';
import { uploadType } from '#client/features/imports/upload-type.ts';

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
  it('are those that name the row and those with a fault or a correction, both coordinates together', () => {
    const shown = tableColumns(report, [row([fault('经度')], ['备注'])], false);

    expect(headers(shown)).toEqual(['编号', '名称', '经度', '纬度', '备注']);
    expect(shown.map(({ index }) => index)).toEqual([0, 1, 2, 3, 6]);
  });

  it('are the first ones with a field where no row has a fault', () => {
    expect(headers(tableColumns(report, [row()], false))).toEqual(['编号', '名称', '经度', '纬度']);
  });

  it('are all of them on request', () => {
    expect(tableColumns(report, [row()], true)).toHaveLength(7);
  });

  it('leave the coordinates out where neither is at fault', () => {
    expect(headers(tableColumns(report, [row([fault('备注')])], false))).toEqual([
      '编号',
      '名称',
      '备注',
    ]);
  });

  it('tell no old fault of a changed cell, nor of its other coordinate while the row is judged', () => {
    const shown = tableColumns(report, [row()], true);
    const outdated = (edits: Record<string, string> | undefined, isSaving: boolean) =>
      headers(shown.filter((each) => isOutdated(each, shown, { edits, isSaving })));

    expect(outdated(undefined, true)).toEqual([]);
    expect(outdated({ 纬度: '43.8' }, false)).toEqual(['纬度']);
    expect(outdated({ 纬度: '43.8' }, true)).toEqual(['经度', '纬度']);
    expect(outdated({ 备注: 'x' }, true)).toEqual(['备注']);
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

  it('open what was just taken in after writing, or the first tab with rows', () => {
    const none = { new: 0, changed: 0, unchanged: 0, faulty: 0, warned: 0, missing: 0 };

    expect(writtenTab({ ...none, new: 3, changed: 2, faulty: 1 })).toBe('new');
    expect(writtenTab({ ...none, changed: 2, faulty: 1 })).toBe('changed');
    expect(writtenTab({ ...none, faulty: 1, missing: 4 })).toBe('faulty');
    expect(writtenTab(none)).toBe('new');
  });

  it('say that what is left is kept until it was written or given up', () => {
    const all = ['ready', 'rejected', 'reading', 'committing', 'committed', 'failed', 'cancelled'];

    expect(all.map((state) => keptAs(state as 'ready'))).toEqual([
      ...['ready', 'ready', 'working', 'working'],
      ...[null, null, null],
    ]);
  });

  it('tell a file that leaves the enterprise of its rows empty from one that has no column for it', () => {
    const without = columns.filter(({ field }) => field !== 'enterpriseName');

    expect(hasEnterpriseColumn({ columns })).toBe(true);
    expect(hasEnterpriseColumn({ columns: without })).toBe(false);
    // A code identifies an enterprise as well as its name does.
    expect(hasEnterpriseColumn({ columns: [...without, column('信用代码', 'uscc')] })).toBe(true);
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

describe('what a commit would write', () => {
  const none = { new: 0, changed: 0, unchanged: 0 };
  const effects = {
    enterprises: { new: 1, changed: 1, unchanged: 2 },
    riskPoints: { new: 8, changed: 0, unchanged: 0 },
    hazardSources: none,
    measures: none,
    assessments: { ...none, unchanged: 3 },
  };

  it('is told by kind of record, without the kinds that stay as they are', () => {
    expect(writtenEffects(effects)).toEqual([
      { record: 'enterprises', added: 1, changed: 1 },
      { record: 'riskPoints', added: 8, changed: 0 },
    ]);
  });

  it('is nothing only where no row and no record is new or changed', () => {
    const same = { ...effects, enterprises: none, riskPoints: { ...none, unchanged: 8 } };
    const rows = { new: 0, changed: 0 };

    expect(hasNothingNew({ ...rows, effects: same })).toBe(true);
    expect(hasNothingNew({ ...rows, effects })).toBe(false);
    expect(hasNothingNew({ ...rows, new: 1, effects: same })).toBe(false);
  });

  it('may reach records beside those of the rows themselves', () => {
    expect(changesOthers({ kind: 'risk-points', effects })).toBe(true);
    expect(changesOthers({ kind: 'enterprises', effects })).toBe(false);
    const change = { subject: 'enterprise' as const, id: 'e1', before: '旧', after: '新' };
    const changes = [
      { ...change, subject: 'risk_point' as const, id: null, field: '*' },
      { ...change, field: 'address' },
    ];
    expect(changesBeside({ status: 'new', changes })).toEqual([{ ...change, field: 'address' }]);
    // A changed row tells all its changes in its own list.
    expect(changesBeside({ status: 'changed', changes })).toEqual([]);
  });
});

describe('the name of a reading', () => {
  it('is short where it is only referred to, and says all that tells it apart', () => {
    expect(shortReading('GCJ-02（火星坐标，高德、腾讯）')).toBe('GCJ-02');
    expect(shortReading('BD-09 (Baidu), latitude first')).toBe('BD-09, latitude first');
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
