import type { Bilingual } from '../bilingual.ts';
import { CONTROL_LEVELS } from '../control.ts';
import type { ControlLevel } from '../control.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { LIFECYCLES, lifecycleNames } from '../lifecycle.ts';
import type { Names } from '../names.ts';

import { readCreditCode } from './read-credit-code.ts';
import type {
  EnterpriseValues,
  EvaluatedSubject,
  HazardSourceKind,
  HazardSourceValues,
  Identity,
  RiskPointKind,
  RiskPointValues,
} from './evaluated-row.ts';
import { findLifecycle } from './import-lifecycles.ts';
import type { Naming } from './read-identity.ts';
import type { RowCells } from './row-cells.ts';
import type { WordFinder } from './value-words.ts';
import { findValues, namesOf, splitList } from './value-words.ts';

/** Texts to be added to the attributes of the row's record: cells that said something else than their column. */
export type Remainder = (readonly [header: string, text: string])[];

export function readEnterprise(
  cells: RowCells,
  naming: Naming,
): EvaluatedSubject<EnterpriseValues> {
  const category = cells.line('enterpriseCategory');
  const post = cells.line('principalPost');
  return {
    identity: identityOf(naming, category),
    values: given<EnterpriseValues>({
      nameZh: naming.nameZh,
      nameEn: naming.nameEn,
      ...readCreditCode(cells),
      lifecycle: readLifecycle(cells, 'enterpriseLifecycle'),
      fields: readFields(cells, 'enterpriseFields'),
      category,
      industry: cells.line('industry'),
      address: cells.line('address'),
      principalPost: namesIn(post),
      principalName: cells.line('principalName'),
      attributes: null,
    }),
  };
}

export function readRiskPoint(
  cells: RowCells,
  naming: Naming,
  rest: Remainder,
): EvaluatedSubject<RiskPointValues> {
  const kind = readKind(cells, 'riskPointKind', cells.plan.riskPointKinds);
  const category = categoryOf(cells, 'riskPointCategory', 'riskPointKind', kind.word, rest);
  return {
    identity: identityOf(naming, category),
    values: given<RiskPointValues>({
      nameZh: naming.nameZh,
      nameEn: naming.nameEn,
      code: naming.code,
      kind: kind.code as RiskPointKind | null,
      lifecycle: readLifecycle(cells, 'riskPointLifecycle'),
      fields: readFields(cells, 'riskPointFields'),
      category,
      controlLevel: readControlLevel(cells),
      department: namesIn(cells.line('department')),
      post: namesIn(cells.line('post')),
      person: cells.line('person'),
      location: cells.line('location'),
      attributes: null,
    }),
  };
}

export function readHazardSource(
  cells: RowCells,
  naming: Naming,
  rest: Remainder,
): EvaluatedSubject<HazardSourceValues> {
  const kind = readKind(cells, 'hazardSourceKind', cells.plan.hazardSourceKinds);
  const category = categoryOf(cells, 'hazardSourceCategory', 'hazardSourceKind', kind.word, rest);
  return {
    identity: identityOf(naming, category),
    values: given<HazardSourceValues>({
      nameZh: naming.nameZh,
      nameEn: naming.nameEn,
      kind: kind.code as HazardSourceKind | null,
      category,
      accidentTypes: readAccidentTypes(cells),
      attributes: null,
    }),
  };
}

export function identityOf(naming: Naming, category: string | null): Identity {
  const { id, source, code, name } = naming;
  return { id, source, code, name, category };
}

/** Only what is there: a key that is absent leaves what is stored. */
function given<T extends object>(parts: {
  readonly [K in keyof T]-?: Exclude<T[K], undefined> | null;
}): T {
  const said: Partial<T> = {};
  for (const key in parts) {
    const part = parts[key];
    if (part !== null) said[key] = part;
  }
  return said as T;
}

function namesIn(text: string | null): Names | null {
  return text === null ? null : { zh: text, en: null };
}

function readLifecycle(cells: RowCells, id: string): Lifecycle | null {
  const text = cells.line(id);
  if (text === null) return null;
  const found = findLifecycle(cells.plan.lifecycles, text);
  if (found === null) {
    const { zh, en } = namesOf(LIFECYCLES.map((lifecycle) => lifecycleNames[lifecycle]));
    cells.fault(
      id,
      { zh: '无法识别的状态', en: 'A status that is not known' },
      {
        zh: `${zh}，或 operating、construction、mothballed、announced、cancelled、retired 等词`,
        en: `${en}, or a word such as operating, construction, mothballed, announced, cancelled, retired`,
      },
    );
  }
  return found;
}

function readFields(cells: RowCells, id: string): readonly string[] | null {
  const text = cells.line(id);
  if (text === null) return null;
  const { codes, unknown } = findValues(cells.plan.fields, text);
  if (unknown.length === 0) return codes;
  const words = unknown.join('、');
  cells.fault(
    id,
    { zh: `没有名为“${words}”的监管行业领域`, en: `No supervised field is called “${words}”` },
    cells.plan.fields.expected,
  );
  return null;
}

function readControlLevel(cells: RowCells): ControlLevel | null {
  const text = cells.line('controlLevel');
  if (text === null) return null;
  const { codes, unknown } = findValues(cells.plan.controlLevels, text);
  if (unknown.length > 0) {
    const problem: Bilingual = {
      zh: '无法识别的管控层级',
      en: 'A control level that is not known',
    };
    cells.fault('controlLevel', problem, cells.plan.controlLevels.expected);
    return null;
  }
  return CONTROL_LEVELS.find((level) => codes.includes(level)) ?? null;
}

type Kind = { readonly code: string | null; readonly word: string | null };

/** A word that is no kind says what the thing is: its category. */
function readKind(cells: RowCells, id: string, finder: WordFinder): Kind {
  const text = cells.line(id);
  const code = text === null ? null : finder.find(text);
  return { code, word: code === null ? text : null };
}

function categoryOf(
  cells: RowCells,
  id: string,
  kindId: string,
  word: string | null,
  rest: Remainder,
): string | null {
  const category = cells.line(id);
  if (category === null || word === null) return category ?? word;
  rest.push([cells.header(kindId) ?? kindId, word]);
  return category;
}

const MOST_ACCIDENT_TYPES = 20;

/** `1.` or `(1)` before a name. */
const NUMBERING = /^[（(]?\d{1,2}[)）.．]\s*/;

function readAccidentTypes(cells: RowCells): readonly Bilingual[] | null {
  const text = cells.lines('accidentTypes');
  if (text === null) return null;
  const parts = splitList(text)
    .map((part) => part.replace(NUMBERING, ''))
    .filter((part) => !/^\d*$/.test(part));
  const { codes, unknown } = findValues(cells.plan.accidentTypes, parts.join(';'));
  const known = codes.flatMap((code) => cells.plan.accidentNames.get(code)?.names ?? []);
  // A type that GB 6441 does not have keeps its own words.
  const own = [...new Set(unknown)].map((word) => ({ zh: word, en: word }));
  const types = [...known, ...own];
  if (types.length > MOST_ACCIDENT_TYPES) {
    cells.fault(
      'accidentTypes',
      { zh: `有 ${types.length} 种事故类型`, en: `It names ${types.length} types of accident` },
      { zh: `不超过 ${MOST_ACCIDENT_TYPES} 种`, en: `At most ${MOST_ACCIDENT_TYPES}` },
    );
  }
  return types.slice(0, MOST_ACCIDENT_TYPES);
}
