/** Columns of a row that say who may see it, as in the migration `rowPolicies`. */
type Columns = { readonly region: string; readonly enterprise: string };

const LOCATED = {
  enterprises: { region: 'region', enterprise: 'enterprises.id' },
  risk_points: { region: 'region', enterprise: 'risk_points.enterprise_id' },
  point_states: { region: 'region', enterprise: 'point_states.enterprise_id' },
  subject_states: { region: 'region', enterprise: 'enterprise_of(kind, subject_id)' },
  summary_cells: { region: 'region', enterprise: 'NULL::uuid' },
} satisfies Readonly<Record<string, Columns>>;

const READ = `'risk.read'`;

/** SQL that tells of one part of what may be read, each read once for the statement. */
export type InlinePart = {
  readonly part: string;
  readonly fields: string;
  /** Condition on the enterprise of a row. */
  readonly ofEnterprise: (enterprise: string) => string;
  /** The field is the cheaper question: it spares the other for rows of other fields. */
  readonly isFieldsFirst?: true;
};

/** The conditions of a part in the policy itself. */
const inPart = (row: string, { region, enterprise }: Columns, inline: InlinePart): string => {
  const { part, fields, ofEnterprise, isFieldsFirst = false } = inline;
  const ofPlace = `((SELECT ${part} -> 'open' = 'null') OR jsonb_exists((SELECT ${part} -> 'open'), ${row}.city_code)
        OR jsonb_exists((SELECT ${part} -> 'open'), ${row}.${region})
        OR jsonb_exists((SELECT ${part} -> 'jurisdictions'), ${row}.jurisdiction_id::text))`;
  const ofFields = `((SELECT ${fields}) IS NULL OR ${row}.fields && (SELECT ${fields}))`;
  const conditions = [
    `(SELECT ${part}) IS NOT NULL`,
    ...(isFieldsFirst ? [ofFields, ofPlace] : [ofPlace, ofFields]),
    ofEnterprise(enterprise),
  ];
  return `(${conditions.join('\n      AND ')})`;
};

const inParts = (parts: string, row: string, { region, enterprise }: Columns): string =>
  `((SELECT ${parts}) IS NOT NULL AND in_scope_part((SELECT ${parts}),
      ${row}.city_code, ${row}.${region}, ${row}.jurisdiction_id, ${row}.fields, ${enterprise}))`;

const isOpen = (row: string, { region }: Columns): string => `(SELECT scope_all(${READ}))
      OR jsonb_exists((SELECT scope_open(${READ})), ${row}.city_code)
      OR jsonb_exists((SELECT scope_open(${READ})), ${row}.${region})`;

const OWNER_OF_SEEN = ` OR EXISTS (SELECT FROM risk_points p
      WHERE p.enterprise_city_code = enterprises.city_code AND p.enterprise_id = enterprises.id)`;

const seen = (test: (row: string, columns: Columns) => string): string =>
  Object.entries(LOCATED)
    .map(
      ([table, columns]) => `
  ALTER POLICY seen ON ${table} USING (((${isOpen(table, columns)} OR ${test(table, columns)}))${
    table === 'enterprises' ? OWNER_OF_SEEN : ''
  });`,
    )
    .join('');

/** Policies of the located tables: some parts in the policy itself, `others` (a function of them) by the function. */
export const seenByParts = (inline: readonly InlinePart[], others: string): string =>
  seen((row, columns) =>
    [...inline.map((part) => inPart(row, columns, part)), inParts(others, row, columns)].join(
      '\n      OR ',
    ),
  );

/** Policies that ask the function about every part. */
export const seenByFunction = (): string =>
  seen((row, columns) => inParts(`scope_parts(${READ})`, row, columns));

/** With `ofEnterprise`, a condition on `part` and `enterprise`: a row is in a part when its region or jurisdiction is, it has one of the part's fields, and it is of its enterprise. */
export const inScopePart = (loop: string, first: string, ofEnterprise: string): string => `
  CREATE OR REPLACE FUNCTION in_scope_part(parts jsonb, city text, region text, jurisdiction uuid, row_fields text[],
    enterprise uuid) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
  DECLARE
    part jsonb;
    open jsonb;
  BEGIN
    FOR ${loop} LOOP
      ${first}open := part -> 'open';
      IF (open = 'null' OR jsonb_exists(open, city) OR COALESCE(jsonb_exists(open, region), false)
          OR COALESCE(jsonb_exists(part -> 'jurisdictions', jurisdiction::text), false))
        AND (part -> 'fields' = 'null' OR COALESCE(jsonb_exists_any(part -> 'fields', row_fields), false))
        AND ${ofEnterprise}
      THEN
        RETURN true;
      END IF;
    END LOOP;
    RETURN false;
  END $$;`;

/** The loop over the parts without a cursor: its head, and what it begins with. */
export const EACH_PART = [
  'at IN 0 .. COALESCE(jsonb_array_length(parts), 0) - 1',
  'part := parts -> at;\n      ',
] as const;
