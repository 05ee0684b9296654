import { completeUscc } from '#server/domain/identifiers/uscc.ts';
import { judge, problemsOf } from './import-data.ts';

const PLACE = { 经度: '125.3245', 纬度: '43.8868' };
const USCC = completeUscc('91220199EXAMPLE0');

describe('a unified social credit code', () => {
  const enterprise = (cells: Readonly<Record<string, string>>) =>
    judge('enterprises', { 名称: '甲', ...PLACE, ...cells });

  it('is taken in any case and with spaces', () => {
    const spaced = `${USCC.slice(0, 8)} ${USCC.slice(8)}`.toLowerCase();

    expect(enterprise({ uscc: spaced }).enterprise?.values.uscc).toBe(USCC);
  });

  it('that fails its check is kept with a reason', () => {
    const wrong = '91220199EXAMPLE000';

    const row = enterprise({ uscc: wrong, 信用代码存疑原因: '营业执照如此' });

    expect(row.faults).toEqual([]);
    expect(row.enterprise?.values).toMatchObject({ uscc: wrong, usccReason: '营业执照如此' });
  });

  it('that passes needs no reason, and none is stored', () => {
    const row = enterprise({ uscc: USCC, 信用代码存疑原因: '曾经存疑' });

    expect(row.enterprise?.values).toEqual({ nameZh: '甲', uscc: USCC });
  });

  it('that a spreadsheet has rounded is a fault of its own, with or without a reason', () => {
    const row = enterprise({ uscc: '9.12E+17', 信用代码存疑原因: '表格如此' });

    expect(problemsOf(row, 'en')).toEqual([
      'uscc: The spreadsheet has turned the number into scientific notation and lost digits',
    ]);
  });

  it('is only looked up where the file does not write enterprises', () => {
    const row = judge('hazard-sources', {
      危险源名称: '储罐',
      风险点名称: '罐区',
      统一社会信用代码: '91220199EXAMPLE000',
    });

    expect(row.faults).toEqual([]);
    expect(row.enterprise).toEqual({
      identity: { id: null, source: null, code: null, name: '', category: null },
      values: { uscc: '91220199EXAMPLE000' },
    });
  });
});
