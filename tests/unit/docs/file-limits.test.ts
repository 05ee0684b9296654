import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInstance } from 'i18next';
import { createFormats } from '#client/ui/format.ts';
import { limitValues } from '#client/features/imports/import-words.ts';
import { createImport } from '#server/features/imports/imports.contract.ts';
import { BUDGETS } from '#server/features/imports/reading/budgets.ts';
import { projectRoot } from '#server/project-root.ts';

const read = (name: string): string => readFileSync(path.join(projectRoot, name), 'utf8');

/** Every limit with its unit, as each text has to name it; whoever changes a budget changes it here too. */
const BUDGETED = {
  bytes: 100_000_000,
  rows: 1_000_000,
  columns: 300,
  cells: 20_000_000,
  cellChars: 32_767,
  inflatedBytes: 1_000_000_000,
  milliseconds: 300_000,
};

async function screenText(lang: 'zh-CN' | 'en'): Promise<string> {
  const words = createInstance();
  await words.init({
    lng: lang,
    resources: { [lang]: { translation: JSON.parse(read(`client/i18n/${lang}.json`)) as object } },
    interpolation: { escapeValue: false },
  });
  const { number } = createFormats(lang, 'Asia/Shanghai');
  return words.t('imports.start.limits', limitValues(number));
}

/** One line, as it is read. */
const flowing = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('the limits of a file to be imported', () => {
  it('are those that reading keeps', () => {
    expect(BUDGETS).toMatchObject(BUDGETED);
  });

  it('stand on the upload screen in Chinese', async () => {
    expect(await screenText('zh-CN')).toBe(
      '最大 100 MB、1,000,000 行、300 列、20,000,000 个单元格，每格不超过 32,767 字；XLSX 解压后不超过 1,000 MB，读取不超过 5 分钟。',
    );
  });

  it('stand on the upload screen in English', async () => {
    expect(await screenText('en')).toBe(
      'At most 100 MB, 1,000,000 rows, 300 columns and 20,000,000 cells of 32,767 characters; an XLSX 1,000 MB unpacked; 5 minutes of reading.',
    );
  });

  it('are shown where a file is chosen', () => {
    expect(read('client/features/imports/drop-zone.tsx')).toContain(
      "t('imports.start.limits', limitValues(number))",
    );
  });

  it('stand in the README', () => {
    expect(flowing(read('README.md'))).toContain(
      'at most 100 MB, 1,000,000 rows, 300 columns and 20,000,000 cells of 32,767 characters; an XLSX 1,000 MB unpacked. Reading it may take 5 minutes.',
    );
  });

  it('stand in the description of the operation', () => {
    expect(createImport.description).toBe(
      'At most 100 MB, 1000000 rows, 300 columns, 20000000 cells, 32767 characters in a cell, ' +
        '1000 MB unpacked (XLSX) and 5 minutes of reading; a file beyond one of these is refused whole.',
    );
  });
});
