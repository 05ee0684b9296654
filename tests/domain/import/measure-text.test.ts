import fc from 'fast-check';
import { MEASURE_KINDS } from '#server/domain/control.ts';
import {
  createMeasureReader,
  measuresCell,
  splitMeasures,
} from '#server/domain/import/measure-text.ts';
import { tables } from './import-data.ts';

const read = createMeasureReader(tables.columns.values.get('measureKind') ?? []);

describe('the measures of a cell', () => {
  it.each<[string, readonly string[]]>([
    ['定期巡检', ['定期巡检']],
    ['巡检；检修', ['巡检；检修']],
    ['巡检\n检修\n\n', ['巡检', '检修']],
    ['1.巡检2.检修', ['巡检2.检修']],
    ['1. 巡检 2. 检修', ['巡检', '检修']],
    ['1.巡检；2.检修；', ['巡检', '检修']],
    ['1、巡检。2、检修。', ['巡检。', '检修。']],
    ['（1）巡检；（2）检修', ['巡检', '检修']],
    ['(1) 巡检\n(2) 检修', ['巡检', '检修']],
    ['①巡检；②检修\n③培训', ['巡检', '检修', '培训']],
    ['1. 距离不小于\n2.5 m\n2. 检修', ['距离不小于\n2.5 m', '检修']],
    ['1. 按第(3)条执行\n2. 检修', ['按第(3)条执行', '检修']],
    ['1. 巡检\n3. 检修', ['巡检\n3. 检修']],
    ['巡检\n1. 检修\n2. 培训', ['巡检', '1. 检修', '2. 培训']],
    ['1.', []],
    ['；', []],
  ])('%j are %j', (text, measures) => {
    expect(splitMeasures(text)).toEqual(measures);
  });

  it.each<[string, readonly (readonly [string, string])[]]>([
    ['巡检', [['management', '巡检']]],
    [
      '工程技术措施：报警；联锁；管理措施：巡检',
      [
        ['engineering', '报警；联锁'],
        ['management', '巡检'],
      ],
    ],
    [
      '1.工程技术：1. 报警\n2. 联锁\n2.个体防护：手套\n应急处置:演练',
      [
        ['engineering', '报警'],
        ['engineering', '联锁'],
        ['ppe', '手套'],
        ['emergency', '演练'],
      ],
    ],
    [
      '注意通风\nEngineering: alarm\nPPE: gloves',
      [
        ['management', '注意通风'],
        ['engineering', 'alarm'],
        ['ppe', 'gloves'],
      ],
    ],
    ['加强管理：每日检查', [['management', '加强管理：每日检查']]],
  ])('of all kinds %j are %j', (text, measures) => {
    expect(read(text, null).map(({ kind, textZh }) => [kind, textZh])).toEqual(measures);
  });

  it('in a column of one kind are of that kind, whatever they say', () => {
    expect(read('管理措施：巡检', 'ppe')).toEqual([
      { kind: 'ppe', textZh: '管理措施：巡检', textEn: null },
    ]);
  });

  it('in Latin letters are English too', () => {
    expect(read('Gas alarm', 'engineering')).toEqual([
      { kind: 'engineering', textZh: 'Gas alarm', textEn: 'Gas alarm' },
    ]);
  });

  it('written into one cell are read again as they were', () => {
    const text = fc
      .stringMatching(/^[一-龥a-z][一-龥a-z0-9 ，。；()\n]{0,30}[一-龥a-z]$/)
      .filter(
        (value) =>
          !/[；\n。]\s*[(（]?\d/.test(value) && !/(?:^|[；\n。])\s*[^：]{1,8}：/.test(value),
      );
    const measure = fc.record({ kind: fc.constantFrom(...MEASURE_KINDS), text });
    const inOrder = (list: readonly { kind: string; text: string }[]) =>
      MEASURE_KINDS.flatMap((kind) => list.filter((one) => one.kind === kind));

    fc.assert(
      fc.property(
        fc.array(measure, { maxLength: 4 }),
        fc.constantFrom('zh', 'en'),
        (list, lang) => {
          const again = read(measuresCell(list, lang), null);

          expect(again.map(({ kind, textZh }) => ({ kind, text: textZh }))).toEqual(inOrder(list));
        },
      ),
    );
  });

  it('are parted in linear time', () => {
    const text = '1. '.repeat(20_000);

    const before = performance.now();
    splitMeasures(text);
    read(text, null);

    expect(performance.now() - before).toBeLessThan(5000);
  });
});
