import type { Identity } from './evaluated-row.ts';
import { normaliseHeader } from './header-text.ts';
import type { RowCells } from './row-cells.ts';

/** The fields by which a row names a record. */
export type NamingFields = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
};

export const NAMING = {
  enterprise: {
    id: 'enterpriseId',
    code: 'enterpriseCode',
    name: 'enterpriseName',
    nameEn: 'enterpriseNameEn',
  },
  risk_point: {
    id: 'riskPointId',
    code: 'riskPointCode',
    name: 'riskPointName',
    nameEn: 'riskPointNameEn',
  },
  hazard_source: {
    id: 'hazardSourceId',
    code: 'hazardSourceCode',
    name: 'hazardSourceName',
    nameEn: 'hazardSourceNameEn',
  },
} as const satisfies Readonly<Record<string, NamingFields>>;

export type NamedSubject = keyof typeof NAMING;

/** How a row names a record; the category is the reader's to add. */
export type Naming = Omit<Identity, 'category'> & {
  readonly nameZh: string | null;
  readonly nameEn: string | null;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function readNaming(cells: RowCells, subject: NamedSubject): Naming {
  const fields = NAMING[subject];
  const nameZh = cells.line(fields.name);
  const nameEn = cells.line(fields.nameEn);
  const { id, code } = readSigns(cells, fields);
  const source = cells.line('source') ?? cells.plan.source;
  return { id, source, code, name: nameZh ?? nameEn ?? '', nameZh, nameEn };
}

/** A column that is just called `id` often holds the code of the other system: where nothing else does, it is one. */
function readSigns(
  cells: RowCells,
  { id, code }: NamingFields,
): { readonly id: string | null; readonly code: string | null } {
  const [idText, codeText] = [cells.line(id), cells.line(code)];
  if (idText === null) return { id: null, code: codeText };
  if (UUID.test(idText)) return { id: idText.toLowerCase(), code: codeText };
  const header = normaliseHeader(cells.header(id) ?? '');
  if (!cells.hasColumn(code) && header.endsWith('id')) return { id: null, code: idText };
  cells.fault(
    id,
    { zh: '不是登记库的系统编号', en: 'Not an identifier of the register' },
    {
      zh: '登记库导出的 UUID，或留空；本单位的编号请放在编号列',
      en: 'A UUID from an export of the register, or nothing; your own code belongs in the column for codes',
    },
  );
  return { id: null, code: codeText };
}
