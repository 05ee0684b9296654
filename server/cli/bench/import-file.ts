import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Cell } from '../../files/cell.ts';
import { writeCsv } from '../../files/write-csv.ts';
import { writeXlsx } from '../../files/write-xlsx.ts';
import { wgs84ToGcj02 } from '../../domain/crs/gcj02.ts';

export const FORMATS = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export type BenchFormat = keyof typeof FORMATS;

const HEADERS = [
  ...[
    '数据来源',
    '风险点编号',
    '风险点名称',
    '企业名称',
    '类别',
    '状态',
    '监管行业领域',
    '责任部门',
    '责任人',
  ],
  ...['所在位置', '经度(GCJ-02)', '纬度(GCJ-02)', '设计储量(t)', '投用日期'],
];
export const BENCH_COLUMNS = HEADERS.length;
const POINTS_OF_ONE = 20;
const PARTS = [
  '储罐区',
  '锅炉房',
  '配电室',
  '氨制冷机房',
  '危险化学品仓库',
  '装卸栈台',
  '反应釜',
  '喷漆车间',
];
const STATES = ['在产', '在产', '在产', '停产', '在建', '关闭'];
const FIELDS = ['危化', '工贸', '冶金', '燃气'];

/**
 * Invented risk points of a file as an office keeps it: twenty to an enterprise, spread over Jilin, drawn in GCJ-02.
 * The same for the same source.
 */
export function* benchRows(source: string, count: number): Generator<readonly Cell[]> {
  for (let index = 0; index < count; index += 1) {
    const firm = Math.floor(index / POINTS_OF_ONE);
    const spot = place(firm * 7919 + source.length, index);
    const [lon, lat] = wgs84ToGcj02(spot);
    yield [
      ...[source, `FX-${String(index + 1).padStart(6, '0')}`],
      ...[`${index + 1}号${pick(PARTS, index)}`, `示例${source}第${firm + 1}有限公司`],
      ...[
        pick(PARTS, index),
        pick(STATES, firm),
        pick(FIELDS, firm),
        `安全管理${firm % 7}科`,
        '示例人员',
      ],
      ...[`厂区第${index % 40}区`, Number(lon.toFixed(6)), Number(lat.toFixed(6))],
      ...[(index % 500) / 10, `20${String(10 + (index % 15))}-06-01`],
    ];
  }
}

/** Writes such a file. */
export async function writeBenchFile(
  file: string,
  format: BenchFormat,
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const stream =
    format === 'csv'
      ? Readable.from(writeCsv(withHeader(rows)))
      : writeXlsx({ name: '风险点', titles: ['示例风险点登记表'], headers: HEADERS, rows });
  await pipeline(stream, createWriteStream(file));
}

function* withHeader(rows: Iterable<readonly Cell[]>): Generator<readonly Cell[]> {
  yield HEADERS;
  yield* rows;
}

/** [lon, lat], WGS 84: within 0.02° of the middle of its enterprise, which lies in the inner parts of Jilin. */
function place(seed: number, index: number): [number, number] {
  const share = (of: number): number => (Math.imul(of, 2_654_435_761) >>> 0) / 2 ** 32;
  const lon = 124.6 + share(seed) * 3.6 + share(index + 1) * 0.02;
  return [lon, 42.6 + share(seed + 17) * 1.9 + share(index + 29) * 0.02];
}

function pick(list: readonly string[], at: number): string {
  return list[at % list.length] ?? '';
}
