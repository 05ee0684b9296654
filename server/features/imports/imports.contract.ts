import { z } from 'zod';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { position } from '#server/contract/geojson.contract.ts';
import { names } from '#server/contract/level.contract.ts';
import { cursorParam, limitParam, regionCode, text, uuid } from '#server/contract/params.contract.ts';
import { IMPORT_KINDS } from '#server/domain/import/import-kind.ts';
import { ROW_STATUSES } from '#server/domain/import/row-status.ts';

export const UPLOAD_TYPES = [
  'text/csv',
  'text/plain',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/geo+json',
  'application/octet-stream',
];

export const IMPORT_STATES = [
  'reading',
  'ready',
  'rejected',
  'committing',
  'committed',
  'failed',
  'cancelled',
] as const;

const words = z.object({ zh: z.string().describe('Chinese'), en: z.string().describe('English') });

const kindParam = z.enum(IMPORT_KINDS).describe('What the rows of the file are');
const crsParam = text(20).describe(
  'auto, wgs84, cgcs2000, gcj02, bd09, webmercator or EPSG:n: how the coordinates are to be read',
);

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
    rows: z.int().describe('Rows with content'),
    new: z.int().describe('Rows that add something'),
    changed: z.int().describe('Rows that change something'),
    unchanged: z.int().describe('Rows that change nothing'),
    faulty: z.int().describe('Rows that cannot be written'),
    warned: z.int().describe('Rows with a warning'),
    missing: z.int().describe('Rows of the same source in the register that the file leaves out'),
    effects: z
      .object({
        enterprises: counts,
        riskPoints: counts,
        hazardSources: counts,
        measures: counts,
        assessments: counts,
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

const importRow = z
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

const importParams = z.object({ id: uuid });
const stateProblems = ['invalid-request', 'not-found', 'conflict'] as const;

export const createImport = defineEndpoint({
  method: 'post',
  path: '/api/v1/imports',
  operationId: 'createImport',
  summary: 'Read a file, compare it with the register, write nothing yet',
  tags: ['imports'],
  query: z.strictObject({
    kind: kindParam,
    crs: crsParam.default('auto'),
    map: text(20_000)
      .optional()
      .describe('Identifier of a saved mapping, or JSON {header: field}'),
    region: regionCode.optional().describe('Region the file is said to be of'),
    sheet: text(100).optional().describe('Sheet of an XLSX; default the first'),
    fileName: text(200).optional().describe('Name of the file, for people'),
  }),
  upload: UPLOAD_TYPES,
  response: importReport,
  status: 201,
  problems: ['invalid-request', 'overloaded'],
});

export const listImports = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports',
  operationId: 'listImports',
  summary: 'Imports, the newest first',
  tags: ['imports'],
  query: z.strictObject({ limit: limitParam, cursor: cursorParam }),
  response: z.object({
    items: z.array(importReport).describe('Imports'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request'],
});

export const getImport = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports/{id}',
  operationId: 'getImport',
  summary: 'One import: where it stands and what was found',
  tags: ['imports'],
  params: importParams,
  response: importReport,
  problems: ['invalid-request', 'not-found'],
});

export const changeImport = defineEndpoint({
  method: 'patch',
  path: '/api/v1/imports/{id}',
  operationId: 'changeImport',
  summary: 'Read the rows again another way: other coordinates, other columns',
  tags: ['imports'],
  params: importParams,
  body: z.strictObject({
    crs: crsParam.optional(),
    swapped: z.boolean().optional().describe('Read latitude and longitude the other way round'),
    map: z
      .record(text(500), text(100).nullable())
      .optional()
      .describe('Header → field; null = attribute'),
    region: regionCode.nullable().optional().describe('Region the file is said to be of'),
  }),
  response: importReport,
  problems: [...stateProblems, 'rule-violation'],
});

export const cancelImport = defineEndpoint({
  method: 'delete',
  path: '/api/v1/imports/{id}',
  operationId: 'cancelImport',
  summary: 'Drop an import that was not written',
  tags: ['imports'],
  params: importParams,
  response: importReport,
  problems: [...stateProblems],
});

export const listImportRows = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports/{id}/rows',
  operationId: 'listImportRows',
  summary: 'Rows of an import, in the order of the file',
  tags: ['imports'],
  params: importParams,
  query: z.strictObject({
    status: z.enum([...ROW_STATUSES, 'warned']).optional().describe('Only such rows'),
    limit: limitParam,
    cursor: cursorParam,
  }),
  response: z.object({
    items: z.array(importRow).describe('Rows'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request', 'not-found'],
});

export const fixImportRow = defineEndpoint({
  method: 'patch',
  path: '/api/v1/imports/{id}/rows/{row}',
  operationId: 'fixImportRow',
  summary: 'Correct cells of one row; the row is judged again',
  tags: ['imports'],
  params: importParams.extend({ row: z.coerce.number().int().min(1).max(2_000_000).describe('Row') }),
  body: z.strictObject({
    cells: z.record(text(500), z.string().max(32_767).nullable()).describe('Header → new content'),
  }),
  response: importRow,
  problems: [...stateProblems, 'rule-violation'],
});

export const listImportPlaces = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports/{id}/places',
  operationId: 'listImportPlaces',
  summary: 'Where the rows lie, and where another reading would put them',
  tags: ['imports'],
  params: importParams,
  query: z.strictObject({
    crs: crsParam.optional().describe('Another reading to compare with'),
    swapped: z.enum(['true', 'false']).optional().describe('Whether that reading is swapped'),
  }),
  response: z.object({
    items: z
      .array(
        z.object({
          row: z.int().describe('Row of the file'),
          status: z.enum(ROW_STATUSES).describe('What a commit would do with it'),
          position: position.describe('WGS 84, as it is read'),
          other: position.nullable().describe('WGS 84, by the other reading'),
          isWarned: z.boolean().describe('Has a warning about its place'),
        }),
      )
      .describe('At most 2,000 rows spread over the file'),
    offsetMetres: z.number().nullable().describe('Median distance between the two readings'),
  }),
  problems: ['invalid-request', 'not-found'],
});

export const listMissingRows = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports/{id}/missing',
  operationId: 'listMissingRows',
  summary: 'Records of the same source that the file leaves out; they stay',
  tags: ['imports'],
  params: importParams,
  query: z.strictObject({ limit: limitParam, cursor: cursorParam }),
  response: z.object({
    items: z
      .array(
        z.object({
          id: z.string().describe('Record in the register'),
          subject: z.enum(['enterprise', 'risk_point', 'hazard_source']).describe('Kind'),
          names,
        }),
      )
      .describe('Records'),
    next: z.string().nullable().describe('Cursor of the next page'),
  }),
  problems: ['invalid-request', 'not-found'],
});

export const commitImport = defineEndpoint({
  method: 'post',
  path: '/api/v1/imports/{id}/commit',
  operationId: 'commitImport',
  summary: 'Write the rows in one transaction',
  tags: ['imports'],
  params: importParams,
  body: z.strictObject({
    skipFaulty: z.boolean().default(false).describe('Write the good rows and leave the faulty out'),
  }),
  response: importReport,
  problems: [...stateProblems, 'rule-violation'],
});

export const getFaultyRows = defineEndpoint({
  method: 'get',
  path: '/api/v1/imports/{id}/faulty-rows',
  operationId: 'getFaultyRows',
  summary: 'The faulty rows as a file of the same form, with a column of reasons',
  tags: ['imports'],
  params: importParams,
  query: z.strictObject({
    language: z.enum(['zh', 'en']).default('zh').describe('Language of the reasons'),
  }),
  response: z.unknown().describe('CSV, XLSX or GeoJSON'),
  mediaType: 'application/octet-stream',
  problems: ['invalid-request', 'not-found', 'conflict'],
});

export const getImportTemplate = defineEndpoint({
  method: 'get',
  path: '/api/v1/import-templates/{kind}',
  operationId: 'getImportTemplate',
  summary: 'An empty spreadsheet with headers, an example and value lists',
  tags: ['imports'],
  params: z.object({ kind: kindParam }),
  query: z.strictObject({
    language: z.enum(['zh', 'en']).default('zh').describe('Language of the headers'),
    format: z.enum(['xlsx', 'csv']).default('xlsx').describe('Form of the file'),
  }),
  response: z.unknown().describe('XLSX or CSV'),
  mediaType: 'application/octet-stream',
  problems: ['invalid-request', 'not-found'],
});

export const listImportFields = defineEndpoint({
  method: 'get',
  path: '/api/v1/import-fields/{kind}',
  operationId: 'listImportFields',
  summary: 'Fields that a column may fill, and the headers they are known by',
  tags: ['imports'],
  params: z.object({ kind: kindParam }),
  response: z.object({
    items: z
      .array(
        z.object({
          field: z.string().describe('Field'),
          names: words,
          required: z.boolean().describe('Every row needs it'),
          headers: z.array(z.string()).describe('Headers it is known by'),
        }),
      )
      .describe('Fields'),
  }),
  problems: ['invalid-request', 'not-found'],
});

export const importEndpoints = [
  createImport,
  listImports,
  getImport,
  changeImport,
  cancelImport,
  listImportRows,
  fixImportRow,
  listImportPlaces,
  listMissingRows,
  commitImport,
  getFaultyRows,
  getImportTemplate,
  listImportFields,
];

export type ImportReport = z.output<typeof importReport>;
export type ImportRow = z.output<typeof importRow>;
