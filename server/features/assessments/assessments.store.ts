import type { Knex } from 'knex';
import type { Basis, Level } from '#server/domain/level.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import type { AssessmentState } from '#server/domain/in-force.ts';
import type { Explanation } from '#server/domain/methods/method.ts';

/** What is assessed, and the risk point it counts for. */
export type Subject = {
  readonly kind: 'risk_point' | 'hazard_source';
  readonly id: string;
  readonly riskPointId: string;
  readonly cityCode: string;
  readonly existsFrom: number;
  readonly demo: boolean;
};

/** An assessment as stored. Instants are epoch milliseconds. */
export type AssessmentRecord = {
  readonly id: string;
  readonly subjectKind: 'risk_point' | 'hazard_source';
  readonly subjectId: string;
  readonly riskPointId: string;
  readonly basis: Basis;
  readonly method: string;
  readonly version: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly score: number;
  readonly level: Level | null;
  readonly explanation: Explanation;
  readonly state: AssessmentState;
  readonly assessedAt: number;
  readonly recordedAt: number;
  readonly validUntil: number | null;
};

export type NewAssessment = Omit<AssessmentRecord, 'recordedAt'> & {
  readonly cityCode: string;
  readonly variant: string;
  readonly revision: number;
  readonly demo: boolean;
  readonly replaces?: string | null;
};

export type Page = { readonly limit: number; readonly after: AssessmentCursor | null };
/** Newest first: the instant it was made, RFC 3339, then its id. */
export type AssessmentCursor = { readonly at: string; readonly id: string };

type Row = {
  id: string;
  risk_point_id: string;
  hazard_source_id: string | null;
  subject_kind: 'risk_point' | 'hazard_source';
  basis: Basis;
  method_id: string;
  variant: string;
  revision: number;
  inputs: Record<string, unknown>;
  score: number;
  level: Level | null;
  explanation: Explanation;
  state: AssessmentState;
  assessed_at: Date;
  recorded_at: Date;
  valid_until: Date | null;
};

const COLUMNS = [
  'a.id',
  'a.risk_point_id',
  'a.hazard_source_id',
  'a.subject_kind',
  'a.basis',
  'a.method_id',
  'a.variant',
  'a.revision',
  'a.inputs',
  'a.score',
  'a.level',
  'a.explanation',
  'a.state',
  'a.assessed_at',
  'a.recorded_at',
  'a.valid_until',
];

/** Throws NotFoundError. */
export async function getSubject(
  trx: Knex.Transaction,
  kind: Subject['kind'],
  id: string,
): Promise<Subject> {
  const query = trx('risk_points as rp')
    .select<{ id: string; city_code: string; exists_from: Date; demo: boolean }[]>(
      'rp.id',
      'rp.city_code',
      'rp.exists_from',
      'rp.demo',
    )
    .whereNull('rp.deleted_at');
  if (kind === 'risk_point') query.where('rp.id', id);
  else {
    query
      .join('hazard_sources as hs', (on) => {
        on.on('hs.city_code', 'rp.city_code').andOn('hs.risk_point_id', 'rp.id');
      })
      .where('hs.id', id)
      .whereNull('hs.deleted_at');
  }
  const [row] = await query;
  if (!row) throw new NotFoundError(kind === 'risk_point' ? 'risk point' : 'hazard source', id);
  return {
    kind,
    id,
    riskPointId: row.id,
    cityCode: row.city_code,
    existsFrom: row.exists_from.getTime(),
    demo: row.demo,
  };
}

/** Appends assessments in one statement. */
export async function insertAssessments(
  trx: Knex.Transaction,
  assessments: readonly NewAssessment[],
): Promise<void> {
  await trx.raw(
    `INSERT INTO assessments (city_code, id, risk_point_id, hazard_source_id, subject_kind, basis, method_id, variant,
       revision, inputs, score, level, explanation, state, assessed_at, valid_until, demo, replaces)
     SELECT r.city_code, r.id, r.risk_point_id, r.hazard_source_id, r.subject_kind, r.basis, r.method_id, r.variant,
       r.revision, r.inputs, r.score, r.level, r.explanation, r.state, r.assessed_at, r.valid_until, r.demo, r.replaces
     FROM jsonb_to_recordset(?::jsonb) AS r(city_code text, id uuid, risk_point_id uuid, hazard_source_id uuid,
       subject_kind text, basis text, method_id text, variant text, revision integer, inputs jsonb,
       score double precision, level smallint, explanation jsonb, state text, assessed_at timestamptz,
       valid_until timestamptz, demo boolean, replaces uuid)`,
    [JSON.stringify(assessments.map(toInsert))],
  );
}

/** Throws NotFoundError. */
export async function getAssessmentRecord(
  trx: Knex.Transaction,
  id: string,
): Promise<AssessmentRecord> {
  const [row] = await trx('assessments as a').select<Row[]>(COLUMNS).where('a.id', id);
  if (!row) throw new NotFoundError('assessment', id);
  return toRecord(row);
}

/** Newest first. Of a risk point: its own and its hazard sources'. */
export async function listAssessmentRecords(
  trx: Knex.Transaction,
  subject: Subject,
  basis: Basis | undefined,
  { limit, after }: Page,
): Promise<readonly AssessmentRecord[]> {
  const query = trx('assessments as a')
    .select<Row[]>(COLUMNS)
    .where({ 'a.city_code': subject.cityCode, 'a.risk_point_id': subject.riskPointId })
    .orderBy([
      { column: 'a.assessed_at', order: 'desc' },
      { column: 'a.id', order: 'desc' },
    ])
    .limit(limit);
  if (subject.kind === 'hazard_source') query.where('a.hazard_source_id', subject.id);
  if (basis) query.where('a.basis', basis);
  if (after)
    query.whereRaw('(a.assessed_at, a.id) < (?::timestamptz, ?::uuid)', [after.at, after.id]);
  return (await query).map(toRecord);
}

function toRecord(row: Row): AssessmentRecord {
  return {
    id: row.id,
    subjectKind: row.subject_kind,
    subjectId: row.hazard_source_id ?? row.risk_point_id,
    riskPointId: row.risk_point_id,
    basis: row.basis,
    method: row.method_id,
    version: `${row.variant}@${row.revision}`,
    inputs: row.inputs,
    score: row.score,
    level: row.level,
    explanation: row.explanation,
    state: row.state,
    assessedAt: row.assessed_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    validUntil: row.valid_until?.getTime() ?? null,
  };
}

function toInsert(assessment: NewAssessment) {
  return {
    city_code: assessment.cityCode,
    id: assessment.id,
    risk_point_id: assessment.riskPointId,
    hazard_source_id: assessment.subjectKind === 'hazard_source' ? assessment.subjectId : null,
    subject_kind: assessment.subjectKind,
    basis: assessment.basis,
    method_id: assessment.method,
    variant: assessment.variant,
    revision: assessment.revision,
    inputs: assessment.inputs,
    score: assessment.score,
    level: assessment.level,
    explanation: assessment.explanation,
    state: assessment.state,
    assessed_at: new Date(assessment.assessedAt).toISOString(),
    valid_until:
      assessment.validUntil === null ? null : new Date(assessment.validUntil).toISOString(),
    demo: assessment.demo,
    replaces: assessment.replaces ?? null,
  };
}
