import type { Bilingual } from '../domain/bilingual.ts';
import type { NotFoundError } from '../domain/errors.ts';

/** What the parts of the program call the things that they do not find. */
const NAMES: Readonly<Record<string, string>> = {
  assessment: '评估记录',
  enterprise: '企业',
  'hazard source': '危险源',
  import: '导入',
  jurisdiction: '管辖区',
  measure: '管控措施',
  method: '评估方法',
  'method version': '评估方法版本',
  problem: '问题类型',
  region: '行政区',
  'risk point': '风险点',
  'row of this import': '行',
  'tile layer': '瓦片图层',
};

export function notFoundText({ what, id, message }: NotFoundError): Bilingual {
  const name = NAMES[what];
  const zh = name === undefined ? `没有找到“${id}”。` : `没有找到${name}“${id}”。`;
  return { zh, en: `${message}.` };
}
