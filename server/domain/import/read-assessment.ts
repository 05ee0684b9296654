import type { Bilingual } from '../bilingual.ts';
import { RuleViolationError } from '../errors.ts';
import { BASES } from '../level.ts';
import type { Basis } from '../level.ts';
import { evaluate } from '../methods/evaluate.ts';
import type { Factor, MethodDefinition } from '../methods/method.ts';

import type { AssessmentValues } from './evaluated-row.ts';
import { parseImportDate } from './import-date.ts';
import type { RowCells } from './row-cells.ts';

const FACTORS = ['L', 'E', 'C', 'S', 'M'] as const;

const fieldOf = (factor: string) => `factor${factor}`;

/** The assessment of a row; null with its faults. The level is not asked for: it follows from the inputs. */
export function readAssessment(cells: RowCells): AssessmentValues | null {
  const method = readMethod(cells);
  const version = method === null ? null : readVersion(cells, method);
  const basis = readBasis(cells);
  const date = readDate(cells);
  const inputs = readInputs(cells);
  if (method === null || version === undefined) return null;
  const definition = cells.plan.methods.definition(method, version, date?.day ?? cells.plan.today);
  if (definition === null) {
    cells.fault('method', NOT_IN_FORCE, cells.plan.methods.expectedVersions(method));
    return null;
  }
  const fits = checkInputs(cells, definition, inputs);
  if (!fits || basis === null || date === null) return null;
  return { method, version, basis, inputs, assessedAt: date.date };
}

const NOT_IN_FORCE: Bilingual = {
  zh: '该方法在评估日期没有有效的版本',
  en: 'No version of the method is in force on the day of the assessment',
};

function readMethod(cells: RowCells): string | null {
  const { methods } = cells.plan;
  const text = cells.line('method');
  const method = text === null ? null : methods.method(text);
  if (method !== null) return method;
  const problem: Bilingual =
    text === null
      ? { zh: '没有评估方法', en: 'No method' }
      : { zh: '没有此评估方法', en: 'There is no such method' };
  cells.fault('method', problem, methods.expected);
  return null;
}

/** Undefined where a version is named that does not exist. */
function readVersion(cells: RowCells, method: string): string | null | undefined {
  const { methods } = cells.plan;
  const text = cells.line('version');
  if (text === null) return null;
  const version = methods.version(method, text);
  if (version !== null) return version;
  const problem: Bilingual = { zh: '该方法没有此版本', en: 'The method has no such version' };
  cells.fault('version', problem, methods.expectedVersions(method));
  return undefined;
}

function readBasis(cells: RowCells): Basis | null {
  const text = cells.line('basis');
  const found = text === null ? null : cells.plan.bases.find(text);
  const basis = BASES.find((candidate) => candidate === found) ?? null;
  if (basis !== null) return basis;
  const problem: Bilingual =
    text === null
      ? { zh: '没有评估基准', en: 'No basis' }
      : { zh: '无法识别的评估基准', en: 'A basis that is not known' };
  cells.fault('basis', problem, {
    zh: '固有（不计管控措施）或现状（计入现有管控措施）',
    en: 'Inherent (without the measures) or current (with the measures in place)',
  });
  return null;
}

function readDate(cells: RowCells): { readonly date: string; readonly day: string } | null {
  const text = cells.line('assessedAt');
  if (text === null) {
    const problem: Bilingual = { zh: '没有评估日期', en: 'No day of assessment' };
    cells.fault('assessedAt', problem, {
      zh: '形如 2025-06-30 的日期',
      en: 'A day such as 2025-06-30',
    });
    return null;
  }
  const parsed = parseImportDate(text, cells.plan.today);
  if ('date' in parsed) return parsed;
  cells.fault('assessedAt', parsed.problem, parsed.expected);
  return null;
}

/** `3`, `3分` or `3（可能，但不经常）`. */
const VALUE = /^(\d+(?:\.\d+)?)\s*(?:分|\(.*)?$/s;

/** Factor → number, or the text where it is none: the method's own check says what is wrong with it. */
function readInputs(cells: RowCells): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    FACTORS.flatMap((factor) => {
      const text = cells.line(fieldOf(factor));
      if (text === null) return [];
      const number = VALUE.exec(text.normalize('NFKC'))?.[1];
      return [[factor, number === undefined ? text : Number(number)] as const];
    }),
  );
}

function checkInputs(
  cells: RowCells,
  definition: MethodDefinition,
  inputs: Readonly<Record<string, unknown>>,
): boolean {
  try {
    evaluate(definition, inputs);
    return true;
  } catch (error) {
    if (!(error instanceof RuleViolationError)) throw error;
    for (const { pointer } of error.faults) {
      const id = pointer.replace('/inputs/', '');
      const factor = definition.factors.find((candidate) => candidate.id === id);
      if (factor) cells.fault(fieldOf(id), ...scaleFault(factor, Object.hasOwn(inputs, id)));
      else cells.fault(fieldOf(id), ...foreignFactor(definition, id));
    }
    return false;
  }
}

function scaleFault(
  { id, name, scale }: Factor,
  isGiven: boolean,
): readonly [problem: Bilingual, expected: Bilingual] {
  const values = scale.map(({ value }) => value);
  return [
    isGiven
      ? {
          zh: `${id}（${name.zh}）不是分值表上的数值`,
          en: `${id} (${name.en}) is not a value of its scale`,
        }
      : { zh: `缺少 ${id}（${name.zh}）`, en: `${id} (${name.en}) is missing` },
    { zh: `${values.join('、')} 之一`, en: `One of ${values.join(', ')}` },
  ];
}

function foreignFactor(
  { name, factors }: MethodDefinition,
  id: string,
): readonly [problem: Bilingual, expected: Bilingual] {
  const ids = factors.map((factor) => factor.id);
  return [
    { zh: `${name.zh}没有因子 ${id}`, en: `${name.en} has no factor ${id}` },
    {
      zh: `此单元格留空；该方法的因子为 ${ids.join('、')}`,
      en: `Leave the cell empty; the factors of the method are ${ids.join(', ')}`,
    },
  ];
}
