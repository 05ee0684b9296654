/** Columns that can be restricted, by the names that answers give them; others are in no answer. */
const NAMES: Readonly<Record<string, string>> = {
  principal_name: 'principalName',
  person: 'person',
  attributes: 'attributes',
  origin: 'origin',
};

/** Of an enterprise `e`, of a risk point `rp`, of a hazard source at `rp`: the columns that the caller is not told. */
export const WITHHELD = {
  enterprise: `withheld_fields('enterprises',
    enterprise_told(e.city_code, e.region, e.jurisdiction_id, e.fields, e.id)) AS withheld`,
  riskPoint: `withheld_fields('risk_points',
    point_told(rp.city_code, rp.region, rp.jurisdiction_id, rp.fields, rp.enterprise_id)) AS withheld`,
  hazardSource: `withheld_fields('hazard_sources',
    point_told(rp.city_code, rp.region, rp.jurisdiction_id, rp.fields, rp.enterprise_id)) AS withheld`,
} as const;

/** The fields of an answer that hold these columns. */
export function withheldNames(columns: readonly string[]): readonly string[] {
  return columns.flatMap((column) => NAMES[column] ?? []);
}
