import type { Bilingual } from './bilingual.ts';
import type { ImportKind } from './import/import-kind.ts';

/** The two customary lists of a bureau, and every list of the register as it stands. */
export const EXPORT_LISTS = [
  'control-list',
  'major-risks',
  'risk-points',
  'enterprises',
  'hazard-sources',
  'assessments',
] as const;
export type ExportList = (typeof EXPORT_LISTS)[number];

export const EXPORT_FORMATS = ['xlsx', 'csv', 'geojson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_ENCODINGS = ['utf-8-bom', 'utf-8', 'gb18030'] as const;
export const EXPORT_DELIMITERS = ['comma', 'semicolon', 'tab'] as const;

export const exportListNames: Readonly<Record<ExportList, Bilingual>> = {
  'control-list': { zh: '风险分级管控清单', en: 'Risk grading and control list' },
  'major-risks': { zh: '重大风险清单', en: 'List of major risks' },
  'risk-points': { zh: '风险点清单', en: 'Risk points' },
  enterprises: { zh: '企业清单', en: 'Enterprises' },
  'hazard-sources': { zh: '危险源清单', en: 'Hazard sources' },
  assessments: { zh: '评估记录', en: 'Assessments' },
};

/** The lists that the rules of the State prescribe: they print the assessed level, never the dynamic one. */
export function isStatutory(list: ExportList): boolean {
  return list === 'control-list' || list === 'major-risks';
}

/** Lists whose rows lie somewhere by themselves: they can be handed out as GeoJSON. */
export function hasPlaces(list: ExportList): boolean {
  return list === 'risk-points' || list === 'enterprises';
}

/** What an import must be told that the rows of the list are. */
export function importKindOf(list: ExportList): ImportKind {
  return list === 'control-list' || list === 'major-risks' ? 'risk-points' : list;
}
