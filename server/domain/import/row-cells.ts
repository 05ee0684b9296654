import type { Bilingual } from '../bilingual.ts';

import {
  cellFault,
  cleanLine,
  cleanLines,
  isUnreadable,
  quoted,
  saysNothing,
  storable,
} from './cell-text.ts';
import type { RowFault, RowToEvaluate } from './evaluated-row.ts';
import { findSecretWord } from './mapping-texts.ts';
import type { RowPlan } from './row-plan.ts';

const MOST_ATTRIBUTE_CHARACTERS = 2000;

const LOOK_OUT = /绝密|机密|秘密|\uFFFD/;

/** The cells of one row under the plan of its file, and everything that was found wrong in them so far. */
export class RowCells {
  readonly faults: RowFault[] = [];
  readonly warnings: RowFault[] = [];
  readonly plan: RowPlan;
  readonly #row: number;
  readonly #cells: readonly (string | null)[];
  readonly #read = new Map<string, string | null>();

  constructor(plan: RowPlan, { row, cells }: RowToEvaluate) {
    this.plan = plan;
    this.#row = row;
    this.#cells = cells;
  }

  /** The text of a field on one line; null where the cell is empty, says that there is nothing, or no column has it. */
  line(id: string): string | null {
    return this.#text(id, cleanLine);
  }

  /** The same with its line breaks. */
  lines(id: string): string | null {
    return this.#text(id, cleanLines);
  }

  isFilled(id: string): boolean {
    const planned = this.plan.byField.get(id);
    const text = planned ? cleanLine(this.#cells[planned.index]) : null;
    return text !== null && !saysNothing(text);
  }

  /** Whether the cell holds what programs write for a number that is none; `line` takes it for nothing. */
  holdsNaN(id: string): boolean {
    const planned = this.plan.byField.get(id);
    return planned ? cleanLine(this.#cells[planned.index])?.toLowerCase() === 'nan' : false;
  }

  hasColumn(id: string): boolean {
    return this.plan.byField.has(id);
  }

  header(id: string): string | null {
    return this.plan.byField.get(id)?.header ?? null;
  }

  /** Adds a fault of a field's cell; of the row where `id` is null or no column has the field. */
  fault(id: string | null, problem: Bilingual, expected: Bilingual | null, value?: string): void {
    this.faults.push({ ...this.#found(id, problem, expected), ...(value && { value }) });
  }

  warn(id: string | null, problem: Bilingual, expected: Bilingual | null = null): void {
    this.warnings.push(this.#found(id, problem, expected));
  }

  /** The columns that are no field, header → text. */
  attributes(): readonly (readonly [string, string])[] {
    return this.plan.attributes.flatMap(({ index, header, key }) => {
      const text = cleanLines(this.#cells[index]);
      if (text === null) return [];
      return [[key, this.#checked(text, header, MOST_ATTRIBUTE_CHARACTERS)] as const];
    });
  }

  /** Looks for what concerns cells as such: content beyond the header, markings of secrecy, unreadable text. */
  checkAll(): void {
    const beyond = this.#cells
      .slice(this.plan.headers.length)
      .filter((cell) => cleanLine(cell) !== null);
    if (beyond.length > 0) {
      this.faults.push({
        row: this.#row,
        column: null,
        value: quoted(beyond.join(' | ')),
        problem: {
          zh: `比标题行多出 ${beyond.length} 个有内容的单元格`,
          en: `It has ${beyond.length} more filled cells than the header has columns`,
        },
        expected: {
          zh: '每个单元格都在有标题的列内；请检查分隔符和引号',
          en: 'Every cell under a header; check delimiters and quotes',
        },
      });
    }
    this.#cells.slice(0, this.plan.headers.length).forEach((cell, index) => {
      if (cell !== null && LOOK_OUT.test(cell)) this.#lookOut(cell, index);
    });
  }

  #text(id: string, clean: (cell: string | null | undefined) => string | null): string | null {
    const known = this.#read.get(id);
    if (known !== undefined) return known;
    const planned = this.plan.byField.get(id);
    const text = planned ? clean(this.#cells[planned.index]) : null;
    const said =
      planned && text !== null && !saysNothing(text)
        ? this.#checked(text, planned.header, planned.field.most)
        : null;
    this.#read.set(id, said);
    return said;
  }

  /** What cannot be stored is a fault, and comes back in a form that can. */
  #checked(text: string, header: string, most: number): string {
    const fault = cellFault(text, most);
    if (fault === null) return text;
    this.faults.push({ row: this.#row, column: header, value: quoted(text), ...fault });
    return storable(text.slice(0, most));
  }

  #lookOut(cell: string, index: number): void {
    const column = this.plan.headers[index] ?? null;
    const word = findSecretWord(cell);
    const found = { row: this.#row, column, value: quoted(cell) };
    if (word !== null) this.warnings.push({ ...found, ...secret(word) });
    if (isUnreadable(cell)) this.warnings.push({ ...found, ...UNREADABLE });
  }

  #found(id: string | null, problem: Bilingual, expected: Bilingual | null): RowFault {
    const planned = id === null ? undefined : this.plan.byField.get(id);
    const cell = planned ? (this.#cells[planned.index] ?? null) : null;
    return {
      row: this.#row,
      column: planned?.header ?? null,
      value: cell === null ? null : quoted(cell),
      problem,
      expected,
    };
  }
}

const UNREADABLE = {
  problem: {
    zh: '含有无法解码的字符，文件可能以其他编码保存',
    en: 'It holds characters that could not be decoded; the file may have another encoding',
  },
  expected: null,
};

function secret(word: string): { readonly problem: Bilingual; readonly expected: Bilingual } {
  return {
    problem: {
      zh: `含“${word}”字样：本系统不得存放国家秘密`,
      en: `It says ${word}: this system holds no state secrets`,
    },
    expected: {
      zh: '请先核对定密情况，涉密内容不得导入',
      en: 'Check its classification first; classified content must not be imported',
    },
  };
}
