import { z } from 'zod';
import { position } from '#server/contract/geojson.contract.ts';
import { IMPORT_KINDS } from '#server/domain/import/import-kind.ts';
import { ROW_STATUSES } from '#server/domain/import/row-status.ts';

export const IMPORT_STATES = [
  'reading',
  'ready',
  'rejected',
  'committing',
  'committed',
  'failed',
  'cancelled',
] as const;

export const words = z.object({
  zh: z.string().describe('Chinese'),
  en: z.string().describe('English'),
});

export const kindParam = z.enum(IMPORT_KINDS).describe('What the rows of the file are');

const rowFault = z
  .object({
    row: z.int().describe('Row of the file as a spreadsheet numbers it; a feature from 1'),
    column: z.string().nullable().describe('Header of the column; null where it is the row'),
    value: z.string().nullable().describe('What stands there'),
    problem: words.describe('What is wrong'),
    expected: words.nullable().describe('What is expected'),
  })
  .meta({ id: 'ImportFault' });

const reading = z.object({
  crs: z.string().describe('Coordinate reference system'),
  swapped: z.boolean().describe('Latitude stands where longitude is expected'),
  names: words.describe('In words'),
});

const counts = z.object({
  new: z.int().describe('Not in the register yet'),
  changed: z.int().describe('In the register with other values'),
  unchanged: z.int().describe('As in the register'),
});

const column = z.object({
  header: z.string().describe('Header in the file'),
  field: z.string().nullable().describe('Field it fills; null = an attribute or nothing'),
  use: z
    .enum(['field', 'attribute', 'ignored'])
    .describe('field; attribute of the row; ignored, such as a level column'),
  note: words.nullable().describe('Why, where that needs a word'),
});

export const importReport = z
  .object({
    id: z.string().describe('Identifier (UUIDv7)'),
    kind: kindParam,
    state: z.enum(IMPORT_STATES).describe('Where the import stands'),
    fileName: z.string().nullable().describe('Name of the file'),
    bytes: z.int().describe('Size of the file'),
    createdAt: z.string().describe('When it was sent (RFC 3339)'),
    committedAt: z.string().nullable().describe('When it was written (RFC 3339)'),
    sameFileAs: z
      .object({
        id: z.string().describe('Identifier of that import'),
        fileName: z.string().nullable().describe('Name of the file then'),
        createdAt: z.string().describe('When it was sent (RFC 3339)'),
        committedAt: z
          .string()
          .nullable()
          .describe('When it was written (RFC 3339); null = not written yet'),
      })
      .nullable()
      .describe('The last import of the very same file within the month before, unless given up'),
    rows: z.int().describe('Rows with content'),
    new: z.int().describe('Rows that add something'),
    changed: z.int().describe('Rows that change something'),
    unchanged: z.int().describe('Rows that change nothing'),
    faulty: z.int().describe('Rows that cannot be written'),
    warned: z.int().describe('Rows with a warning'),
    missing: z.int().describe('Rows of the same source in the register that the file leaves out'),
    withoutEnterprise: z
      .int()
      .describe('New risk points that name no enterprise; they are written as public places'),
    effects: z
      .object({
        enterprises: counts.describe('Enterprises'),
        riskPoints: counts.describe('Risk points'),
        hazardSources: counts.describe('Hazard sources'),
        measures: counts.describe('Control measures'),
        assessments: counts.describe('Assessments'),
      })
      .describe('What a commit would write, by kind of record'),
    faults: z.array(rowFault).describe('The first 200 faults in order of rows; the rest by /rows'),
    faultCount: z.int().describe('Faults in all'),
    warnings: z.array(rowFault).describe('The first 200 warnings'),
    warningCount: z.int().describe('Warnings in all'),
    notes: z.array(words).describe('What holds for the file as a whole'),
    format: z
      .object({
        kind: z.enum(['csv', 'xlsx', 'geojson']).describe('Form of the file'),
        encoding: z.string().nullable().describe('Encoding of a CSV'),
        delimiter: z.string().nullable().describe('Delimiter of a CSV'),
        sheet: z.string().nullable().describe('Sheet that was read'),
        sheets: z.array(z.string()).describe('Sheets there are'),
        titleRows: z.array(z.int()).describe('Title rows that were skipped'),
        headerRows: z.array(z.int()).describe('Rows of the header'),
      })
      .nullable()
      .describe('How the file was read'),
    columns: z.array(column).describe('What each column was taken for'),
    mappingId: z
      .string()
      .nullable()
      .describe('The saved mapping that the columns are read by; null where the headers say it'),
    region: z.string().nullable().describe('Region the file is said to be of'),
    crs: z
      .object({
        decided: reading.nullable().describe('How the coordinates are read; null = undecided'),
        because: words.describe('Why'),
        candidates: z
          .array(
            reading.extend({
              offsetMetres: z
                .number()
                .describe('How far a point would lie from where the first reading puts it'),
              inStatedRegion: z.int().describe('Rows that fall into the county they name'),
              outside: z.int().describe('Rows that fall outside every known region'),
              checked: z.int().describe('Rows that were looked at'),
            }),
          )
          .describe('Readings that the numbers allow'),
      })
      .nullable()
      .describe('The coordinate guard; null where the file has no coordinates'),
    progress: z
      .object({
        phase: z.enum(['reading', 'comparing', 'writing']).describe('What is being done'),
        done: z.int().describe('Rows done'),
        total: z.int().nullable().describe('Rows in all, once known'),
        perSecond: z.number().describe('Rows per second'),
        secondsLeft: z.number().nullable().describe('Estimate'),
      })
      .nullable()
      .describe('While work is under way'),
    problem: words.nullable().describe('Why it failed or was rejected'),
  })
  .meta({ id: 'Import' });

export const importRow = z
  .object({
    row: z.int().describe('Row of the file'),
    status: z.enum(ROW_STATUSES).describe('What a commit would do with it'),
    cells: z.array(z.string().nullable()).describe('Cells in the order of the columns, with fixes'),
    fixed: z.array(z.string()).describe('Headers of the cells that were corrected here'),
    faults: z.array(rowFault).describe('Why it cannot be written'),
    warnings: z.array(rowFault).describe('What to look at'),
    changes: z
      .array(
        z.object({
          subject: z
            .enum(['enterprise', 'risk_point', 'hazard_source', 'measure', 'assessment'])
            .describe('Kind of record'),
          id: z.string().nullable().describe('Record in the register; null = new'),
          field: z.string().describe('Field; * for a new record'),
          before: z.unknown().describe('In the register'),
          after: z.unknown().describe('In the file'),
        }),
      )
      .describe('What a commit would change, field by field'),
    position: position.nullable().describe('Where it lies, WGS 84'),
  })
  .meta({ id: 'ImportRow' });

export type ImportReport = z.output<typeof importReport>;
export type ImportRow = z.output<typeof importRow>;
