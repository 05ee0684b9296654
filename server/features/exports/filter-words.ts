import type { Bilingual } from '#server/domain/bilingual.ts';
import { exportListNames } from '#server/domain/export-lists.ts';
import type { ExportList } from '#server/domain/export-lists.ts';
import { basisNames, levelStyle, stateStyle } from '#server/domain/level.ts';
import type { Level, State } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';
import type { ExportFilter, Language } from './export-request.ts';

/** Names of what a filter refers to; null where the register has none. */
export type FilterNames = {
  readonly region: Names | null;
  readonly enterprise: Names | null;
  readonly fields: ReadonlyMap<string, Bilingual>;
};

const LABELS = {
  everything: { zh: '全部', en: 'everything' },
  region: { zh: '行政区', en: 'region' },
  outside: { zh: '不在任何市内', en: 'outside every city' },
  enterprise: { zh: '企业', en: 'enterprise' },
  bbox: { zh: '范围（西、南、东、北）', en: 'area (west, south, east, north)' },
  level: { zh: '评估等级', en: 'assessed level' },
  dynamic: { zh: '动态管控等级', en: 'dynamic control level' },
  state: { zh: '评估状态', en: 'assessment state' },
  field: { zh: '监管行业领域', en: 'supervised fields' },
  q: { zh: '名称或编号含', en: 'name or code with' },
  basis: { zh: '评估基准', en: 'basis' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** What the rows of a file were chosen by, in words. */
export function filterWords(
  { list, filter }: { readonly list: ExportList; readonly filter: ExportFilter },
  names: FilterNames,
  language: Language,
): string {
  const { region, enterprise, bbox, level, dynamic, state, field, q, basis } = filter;
  const levels = list === 'major-risks' ? ([1] as const) : level;
  const all = (texts: readonly string[]) => texts.join(language === 'zh' ? '、' : ', ');
  const levelName = (one: Level) => levelStyle[one][language];
  const chosen: readonly (readonly [keyof typeof LABELS, string | undefined])[] = [
    ['region', region === undefined ? undefined : regionText(region, names, language)],
    ['enterprise', enterprise && (textIn(names.enterprise, language) ?? enterprise)],
    ['bbox', bbox?.join(', ')],
    ['level', levels && all(levels.map(levelName))],
    ['dynamic', dynamic && all(dynamic.map(levelName))],
    ['state', state && all(state.map((one) => stateName(one)[language]))],
    ['field', field && all(field.map((code) => names.fields.get(code)?.[language] ?? code))],
    ['q', q],
  ];
  const colon = language === 'zh' ? '：' : ': ';
  const parts = chosen.flatMap(([label, text]) =>
    text === undefined ? [] : [`${LABELS[label][language]}${colon}${text}`],
  );
  const scope = parts.length === 0 ? [LABELS.everything[language]] : parts;
  const whole = [...scope, `${LABELS.basis[language]}${colon}${basisNames[basis][language]}`];
  return whole.join(language === 'zh' ? '；' : '; ');
}

function regionText(code: string, { region }: FilterNames, language: Language): string {
  if (region === null) return code === '000000' ? LABELS.outside[language] : code;
  const name = textIn(region, language) ?? code;
  return language === 'zh' ? `${name}（${code}）` : `${name} (${code})`;
}

function textIn(names: Names | null, language: Language): string | null {
  if (names === null) return null;
  return language === 'en' ? (names.en ?? names.zh) : names.zh;
}

function stateName(state: State): Bilingual {
  return state === 'assessed' ? { zh: '已评估', en: 'Assessed' } : stateStyle[state];
}

/** `风险分级管控清单_220000_2026-11-22.xlsx`; `day` as YYYY-MM-DD. */
export function exportFileName(
  {
    list,
    format,
    language,
    region,
  }: {
    readonly list: ExportList;
    readonly format: string;
    readonly language: Language;
    readonly region: string | undefined;
  },
  day: string,
): string {
  const name = language === 'zh' ? exportListNames[list].zh : list;
  return `${[name, ...(region === undefined ? [] : [region]), day].join('_')}.${format}`;
}
