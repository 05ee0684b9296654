/** How far a field may be told; the tiers are explained in server/domain/policy/permission.ts. */
type Tier = 'public' | 'on-site' | 'on-request' | 'internal' | 'restricted';

/** Of a relation: its columns by tier, separated by spaces. */
export type Tiered = Readonly<Partial<Record<Tier, string>>>;

const STATE = 'state level last_level dynamic_level';
const CHANGED = 'created_at updated_at version deleted_at deletion_id demo';
const LOCATED = 'city_code region jurisdiction_id';
const GIVEN = 'attributes origin origin_key';

/**
 * Every column of the relations about enterprises, geometries too. On-site: what an enterprise has to post at the place
 * itself. On-request: what identifies an enterprise in a public register of companies. Restricted: names of persons, and
 * what a file brought without our knowing what it is: telephone numbers, substances, quantities.
 */
export const FIELD_TIERS: Readonly<Record<string, Tiered>> = {
  enterprises: {
    'on-request': 'name_zh name_en uscc industry address',
    internal: `id uscc_reason lifecycle fields principal_post given_region region_flag geom geom_3857 category ${LOCATED} ${CHANGED}`,
    restricted: `principal_name ${GIVEN}`,
  },
  risk_points: {
    'on-site': 'code name_zh name_en kind control_level department post location',
    internal: `id enterprise_city_code enterprise_id lifecycle fields given_region region_flag geom geom_3857 anchor exists_from category ${LOCATED} ${CHANGED}`,
    restricted: `person ${GIVEN}`,
  },
  hazard_sources: {
    'on-site': 'name_zh name_en kind accident_types',
    internal: `city_code id risk_point_id category ${CHANGED}`,
    restricted: GIVEN,
  },
  control_measures: {
    'on-site': 'kind text_zh text_en',
    internal:
      'city_code id risk_point_id hazard_source_id created_at updated_at version deleted_at deletion_id',
  },
  assessments: {
    'on-site': 'level',
    internal: `city_code id risk_point_id hazard_source_id subject_kind basis method_id variant revision inputs score
      explanation state assessed_at valid_until recorded_at replaces demo`,
  },
  level_periods: {
    'on-site': STATE,
    internal:
      'city_code id risk_point_id basis lifecycle decided_by valid_from valid_to recorded_from recorded_to',
  },
  lifecycle_changes: { internal: 'city_code risk_point_id at lifecycle recorded_at' },
  deletions: { internal: 'city_code id kind row_id reason at restored_at' },
  point_states: {
    'on-site': `name_zh name_en ${STATE}`,
    internal: `risk_point_id basis enterprise_id fields lifecycle since due_at decided_by place ${LOCATED}`,
  },
  subject_states: {
    internal: `kind subject_id basis name_zh name_en fields has_expired_major points place ${STATE} ${LOCATED}`,
  },
  summary_cells: {
    internal: `z x y fields lifecycle basis n n1 n2 n3 n4 d1 d2 d3 d4 u_not_assessed u_expired n_not_assessed
      n_expired n_not_applicable sum_dx sum_dy sum_dxx sum_dyy ${LOCATED}`,
  },
  search_entries: {
    internal: 'city_code kind ref region severity doc initials code',
    // The identifier that a file gave, as in `origin`.
    restricted: 'source_code',
  },
};

/** Reference data: all of it is for everyone. */
export const PUBLIC_RELATIONS = [
  'regions',
  'region_shapes',
  'region_parts',
  'jurisdictions',
  'code_lists',
  'methods',
  'method_versions',
  'base_features',
  'data_versions',
  'demo_sets',
] as const;
