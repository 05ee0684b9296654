import { checkUscc } from '../identifiers/uscc.ts';

import type { RowCells } from './row-cells.ts';

/** A long number that a spreadsheet has rounded. */
const ROUNDED = /^\d(?:\.\d+)?E\+\d+$/;

/** The code as written, in capitals, without spaces and hyphens. */
export function plainCreditCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-–—]/g, '');
}

/** The code of an enterprise; one that fails its check is a fault unless the row gives a reason to keep it. */
export function readCreditCode(cells: RowCells): {
  readonly uscc: string | null;
  readonly usccReason: string | null;
} {
  const text = cells.line('uscc');
  const reason = cells.line('usccReason');
  if (text === null) return { uscc: null, usccReason: null };
  const uscc = plainCreditCode(text);
  const { valid, faults } = checkUscc(uscc);
  if (valid) return { uscc, usccReason: null };
  if (reason !== null && !ROUNDED.test(uscc)) return { uscc, usccReason: reason };
  if (ROUNDED.test(uscc)) {
    cells.fault(
      'uscc',
      {
        zh: '数字被表格软件改成了科学计数法，位数已丢失',
        en: 'The spreadsheet has turned the number into scientific notation and lost digits',
      },
      {
        zh: '单元格设为文本后重新填写 18 位代码',
        en: 'Format the cell as text and enter all 18 again',
      },
    );
  } else {
    cells.fault(
      'uscc',
      {
        zh: `统一社会信用代码有误：${faults.map(({ zh }) => zh).join('；')}`,
        en: `The unified social credit code is wrong: ${faults.map(({ en }) => en).join('; ')}`,
      },
      {
        zh: '正确的 18 位代码；确需保留时填写“信用代码存疑原因”列',
        en: 'The right code of 18 characters; to keep this one fill the column “Reason for a doubtful credit code”',
      },
    );
  }
  return { uscc: null, usccReason: null };
}
