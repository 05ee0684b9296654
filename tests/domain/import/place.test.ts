import { fromWgs84 } from '#server/domain/crs/crs.ts';
import { offsetMetres } from '#server/domain/geometry/offset-metres.ts';
import type { Reading } from '#server/domain/crs/reading.ts';
import { faultOf, judge, problemsOf } from './import-data.ts';

const NAME = { 名称: '罐区' };

function at(
  cells: Readonly<Record<string, string | null>>,
  reading: Reading | null = { crs: 'wgs84', swapped: false },
) {
  return judge('risk-points', { ...NAME, ...cells }, { reading });
}

describe('the place of a row', () => {
  it.each([
    [{ 经度: '125.3245', 纬度: '43.8868' }, [125.3245, 43.8868]],
    [{ 经度: '东经125°19′28.2″', 纬度: '北纬43°53′12.48″' }, [125.3245, 43.8868]],
    [{ 坐标: '125.3245, 43.8868' }, [125.3245, 43.8868]],
    [{ 坐标: '43.8868, 125.3245' }, [125.3245, 43.8868]],
    [{ 坐标: '125.3245, 43.8868', 经度: '1', 纬度: '1' }, [125.3245, 43.8868]],
    [{ 坐标: '', 经度: '125.3245', 纬度: '43.8868' }, [125.3245, 43.8868]],
    [{ 经度: '125.32450001234', 纬度: '-0.00000001' }, [125.3245, 0]],
  ])('of %j is %j', (cells, position) => {
    const { place, faults } = at(cells);

    expect(faults).toEqual([]);
    expect(place?.position).toEqual(position);
  });

  it('is converted from the system of the file, and what stood there is kept', () => {
    const [x, y] = fromWgs84('gcj02', [125.3245, 43.8868]);

    const { place } = at({ 经度: String(y), 纬度: String(x) }, { crs: 'gcj02', swapped: true });

    expect(offsetMetres(place?.position ?? [0, 0], [125.3245, 43.8868])).toBeLessThan(0.02);
    expect(place?.original).toEqual({ x: String(y), y: String(x), crs: 'gcj02', swapped: true });
  });

  it('may be in metres with separators', () => {
    const reading = { crs: 'EPSG:4551', swapped: false } as const;
    const [x, y] = fromWgs84('EPSG:4551', [125.3245, 43.8868]);
    const grouped = (metres: number) => Math.round(metres).toLocaleString('en');

    const { place, faults } = at({ 经度: String(x), 纬度: grouped(y) }, reading);

    expect(faults).toEqual([]);
    expect(offsetMetres(place?.position ?? [0, 0], [125.3245, 43.8868])).toBeLessThan(1);
  });

  it('is not known before the file’s reading is, and that is no fault of the row', () => {
    const columns = at({ 经度: '125.3', 纬度: '43.8' }, null);
    const geometry = judge('risk-points', NAME, {
      reading: null,
      geometry: { type: 'Point', coordinates: [1, 2] },
    });

    expect([columns.place, geometry.place]).toEqual([null, null]);
    expect([...columns.faults, ...geometry.faults]).toEqual([]);
  });

  it.each([
    [{}, ': 没有坐标'],
    [{ 经度: null, 纬度: '' }, '经度: 没有坐标'],
    [{ 坐标: '/' }, '坐标: 没有坐标'],
    [{ 经度: '125.3', 纬度: null }, '纬度: 缺少纬度'],
    [{ 经度: null, 纬度: '43.8' }, '经度: 缺少经度'],
    [{ 坐标: '某处' }, '坐标: 无法识别的经纬度'],
    [{ 经度: '0', 纬度: '0' }, '经度: 坐标为 0，通常表示没有填写'],
    [{ 经度: '43.8', 纬度: '125.3' }, '经度: 这一行的两列与文件其余各行颠倒'],
    [{ 经度: '-120', 纬度: '86' }, '纬度: 纬度为 86'],
    [
      { 经度: '125.3', 纬度: '43.8', 坐标系: 'GCJ-02' },
      '经度: 这一行注明“GCJ-02”，文件按 WGS 84 经纬度 读取',
    ],
  ])('is missing or wrong in %j: %s', (cells, problem) => {
    const row = at(cells);

    expect(problemsOf(row)).toEqual([problem]);
    expect(row.place).toBeNull();
  });

  it('that is no number is a fault with an example', () => {
    const fault = faultOf(at({ 经度: '待定', 纬度: '43.8' }), '经度');

    expect(fault.value).toBe('待定');
    expect(fault.expected?.zh).toContain('126.5376');
  });

  it('beyond 85 degrees says what is expected', () => {
    expect(faultOf(at({ 经度: '-120', 纬度: '86' }), '纬度').expected).toEqual({
      zh: '纬度应在 −85 到 85 之间',
      en: 'A latitude between −85 and 85',
    });
    expect(problemsOf(at({ 坐标: '-120, 86' }))).toEqual(['坐标: 纬度为 86']);
  });

  it('of a swapped row is quoted with both numbers', () => {
    expect(faultOf(at({ 经度: '43.8', 纬度: '125.3' }), '经度').value).toBe('43.8, 125.3');
  });
});
