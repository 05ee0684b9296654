import type { Bilingual } from '../bilingual.ts';

import type { ImportKind } from './import-kind.ts';
import { missingColumn } from './mapping-texts.ts';

/** A column that a kind of file cannot do without: any one of some fields. */
type Need = { readonly oneOf: readonly string[]; readonly wanted: Bilingual };

const RISK_POINT = ['riskPointId', 'riskPointCode', 'riskPointName', 'riskPointNameEn'];
const HAZARD_SOURCE = ['hazardSourceId', 'hazardSourceName', 'hazardSourceNameEn'];

const NEEDS: Readonly<Record<ImportKind, readonly Need[]>> = {
  'risk-points': [
    {
      oneOf: ['riskPointId', 'riskPointName', 'riskPointNameEn'],
      wanted: { zh: '“风险点名称”', en: 'the name of the risk point' },
    },
  ],
  enterprises: [
    {
      oneOf: ['enterpriseId', 'enterpriseName', 'enterpriseNameEn'],
      wanted: { zh: '“企业名称”', en: 'the name of the enterprise' },
    },
  ],
  'hazard-sources': [
    {
      oneOf: HAZARD_SOURCE,
      wanted: { zh: '“危险源名称”', en: 'the name of the hazard source' },
    },
    {
      oneOf: ['hazardSourceId', ...RISK_POINT],
      wanted: {
        zh: '所属风险点的名称、编号或系统编号',
        en: 'the name, code or identifier of the risk point it belongs to',
      },
    },
  ],
  assessments: [
    {
      oneOf: [...RISK_POINT, 'hazardSourceId'],
      wanted: {
        zh: '被评估的风险点（名称、编号或系统编号）',
        en: 'the risk point that was assessed (name, code or identifier)',
      },
    },
    { oneOf: ['method'], wanted: { zh: '“评估方法”', en: 'the method of assessment' } },
    {
      oneOf: ['basis'],
      wanted: { zh: '“评估基准”（固有或现状）', en: 'the basis (inherent or current)' },
    },
    { oneOf: ['assessedAt'], wanted: { zh: '“评估日期”', en: 'the day of the assessment' } },
    {
      oneOf: ['factorL', 'factorE', 'factorC', 'factorS', 'factorM'],
      wanted: { zh: '评估因子（L、E、C、S、M）', en: 'the factors (L, E, C, S, M)' },
    },
  ],
};

/** Why a file of this kind cannot be read for want of a column; `has`: whether some column fills a field. */
export function missingColumns(
  kind: ImportKind,
  has: (field: string) => boolean,
): readonly Bilingual[] {
  return NEEDS[kind]
    .filter(({ oneOf }) => !oneOf.some(has))
    .map(({ wanted }) => missingColumn(wanted));
}

/** Fields by which a row names a record, any one of them enough. */
export const NAMING_FIELDS = {
  enterprise: ['enterpriseId', 'enterpriseCode', 'enterpriseName', 'enterpriseNameEn', 'uscc'],
  risk_point: RISK_POINT,
  hazard_source: [...HAZARD_SOURCE, 'hazardSourceCode'],
} as const;
