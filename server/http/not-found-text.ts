import type { Bilingual } from '../domain/bilingual.ts';
import type { Findable, NotFoundError } from '../domain/errors.ts';

const NAMES: Readonly<Record<Findable, string>> = {
  account: '账号',
  assessment: '评估记录',
  enterprise: '企业',
  grant: '授权',
  'hazard source': '危险源',
  import: '导入',
  jurisdiction: '管辖区',
  key: '密钥',
  measure: '管控措施',
  method: '评估方法',
  'method version': '评估方法版本',
  problem: '问题类型',
  region: '行政区',
  'risk point': '风险点',
  'row of this import': '行',
  'tile layer': '瓦片图层',
  'zoom of this tile layer': '该瓦片图层的级别',
};

export function notFoundText({ what, id, message, hint }: NotFoundError): Bilingual {
  return {
    zh: `没有找到${NAMES[what]}“${id}”。${hint?.zh ?? ''}`,
    en: hint === null ? `${message}.` : `${message}. ${hint.en}`,
  };
}
