import type { Bilingual } from '#server/domain/bilingual.ts';
import type { ColumnTable } from '#server/domain/import/column-table.ts';
import type { Cell } from '#server/files/cell.ts';
import type { CellWords } from './cell-words.ts';

/** A column of a file: its header is one that an import of the file knows, or knows to leave out. */
export type Column<R> = {
  readonly header: string;
  /** Characters of the default font, a Chinese one counting two. */
  readonly width: number;
  readonly cell: (row: R) => Cell;
  /** False: only in tables. A feature has its place in its geometry and no number. */
  readonly isProperty: boolean;
};

/** What columns are made with. */
export type ColumnParts = {
  readonly words: CellWords;
  readonly table: ColumnTable;
};

/** Headers of what the register works out: an import leaves these columns out. */
const DERIVED = {
  no: { zh: '序号', en: 'No.' },
  level: { zh: '等级', en: 'Level' },
  riskLevel: { zh: '风险等级', en: 'Risk level' },
  pointLevel: { zh: '风险点等级', en: 'Risk point level' },
  sourceLevel: { zh: '危险源等级', en: 'Hazard source level' },
  dynamicLevel: { zh: '动态管控等级', en: 'Dynamic control level' },
  dueAt: { zh: '有效期至', en: 'Valid until' },
  regions: { zh: '所在行政区', en: 'Region path' },
  form: { zh: '图形类型', en: 'Shape type' },
  score: { zh: '分值', en: 'Score' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type ColumnMaker<R> = {
  /** A field of the imports, by the name that its table has for it. */
  readonly field: (id: string, width: number, cell: Column<R>['cell']) => Column<R>;
  readonly derived: (id: keyof typeof DERIVED, width: number, cell: Column<R>['cell']) => Column<R>;
  /** Under a header of its own, which the table of imports must know too. */
  readonly named: (header: Bilingual, width: number, cell: Column<R>['cell']) => Column<R>;
  /** Only in an English file: what is known in English of the column before, for the reader. */
  readonly english: (
    header: string,
    width: number,
    cell: Column<R>['cell'],
  ) => readonly Column<R>[];
};

export function columnMaker<R>({ words, table }: ColumnParts): ColumnMaker<R> {
  const named: ColumnMaker<R>['named'] = (header, width, cell) => ({
    header: header[words.language],
    width,
    cell,
    isProperty: true,
  });
  return {
    named,
    derived: (id, width, cell) => named(DERIVED[id], width, cell),
    english: (header, width, cell) =>
      words.language === 'en' ? [named({ zh: header, en: header }, width, cell)] : [],
    field: (id, width, cell) => {
      const names = table.fields.find((field) => field.id === id)?.names;
      if (names === undefined) throw new Error(`The table of import columns has no field "${id}"`);
      return named(names, width, cell);
    },
  };
}

/** Columns that features do without. */
export function onlyInTables<R>(columns: readonly Column<R>[]): readonly Column<R>[] {
  return columns.map((column) => ({ ...column, isProperty: false }));
}
