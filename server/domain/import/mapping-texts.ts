import type { Bilingual } from '../bilingual.ts';

import type { ImportField } from './column-table.ts';

/** Words that mark state secrets (Law on Guarding State Secrets, article 14): 绝密, 机密, 秘密. */
const SECRET = /绝密|机密|秘密/;

/** Whether a text carries a marking of secrecy; such content does not belong into this system. */
export function findSecretWord(text: string): string | null {
  return SECRET.exec(text)?.[0] ?? null;
}

export const EMPTY_CELLS: Bilingual = {
  zh: '空单元格不改动登记库中已有的内容',
  en: 'An empty cell leaves what the register holds as it is',
};

export const NO_HEADER: Bilingual = {
  zh: '没有列标题，未读取',
  en: 'The column has no header and is not read',
};

export const TOO_MANY_ATTRIBUTES: Bilingual = {
  zh: '其他列最多保留 50 列，此列未读取',
  en: 'At most 50 further columns are kept; this one is not read',
};

export const NO_ATTRIBUTES: Bilingual = {
  zh: '评估没有其他属性，此列未读取',
  en: 'An assessment has no further attributes; this column is not read',
};

export const FACTORS_ELSEWHERE: Bilingual = {
  zh: '文件含评估因子列（如 L、E、C），此处只作为属性保留；要登记评估，请把同一文件再按“评估”导入一次',
  en: 'The file has columns of assessment factors (such as L, E, C), which are kept as attributes only; to register the assessments, import the same file as assessments too',
};

export const ASSESSMENT_COLUMN: Bilingual = {
  zh: '属于评估，作为属性保留',
  en: 'Belongs to an assessment; kept as an attribute',
};

export function unknownHeader(header: string): Bilingual {
  return {
    zh: `列对应关系中的“${header}”在文件中没有`,
    en: `The mapping names “${header}”, which is no column of the file`,
  };
}

export function unknownField(id: string, header: string): Bilingual {
  return {
    zh: `列“${header}”对应的字段“${id}”在此类导入中不存在`,
    en: `The field “${id}”, to which “${header}” is mapped, does not exist in this kind of import`,
  };
}

export function repeatedField({ names }: ImportField, headers: readonly string[]): Bilingual {
  return {
    zh: `${headers.map((header) => `“${header}”`).join('与')}都对应“${names.zh}”，请只保留一列，其余改为属性`,
    en: `${headers.map((header) => `“${header}”`).join(' and ')} both stand for “${names.en}”; keep one and make the others attributes`,
  };
}

export function missingColumn(wanted: Bilingual): Bilingual {
  return {
    zh: `文件没有${wanted.zh}列，请添加该列或指定对应的列`,
    en: `The file has no column for ${wanted.en}; add one, or say which column it is`,
  };
}

export function standsIn({ names }: ImportField): Bilingual {
  return { zh: `作为“${names.zh}”读取`, en: `Taken as “${names.en}”` };
}

export function ownerNotNamed(subject: Bilingual, instead: ImportField | null): Bilingual {
  const [zh, en] = instead
    ? [`作为“${instead.names.zh}”读取`, `taken as “${instead.names.en}”`]
    : ['作为属性保留', 'kept as an attribute'];
  return {
    zh: `文件没有${subject.zh}名称列，${zh}`,
    en: `The file names no ${subject.en}; ${en}`,
  };
}

export function secretHeader(header: string, word: string): Bilingual {
  return {
    zh: `列标题“${header}”含“${word}”字样：本系统不得存放国家秘密，请先核对`,
    en: `The header “${header}” says ${word}: this system holds no state secrets, check first`,
  };
}
