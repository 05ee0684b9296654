import { v7 as newUuid } from 'uuid';
import { startOfDay } from '#server/domain/calendar-day.ts';
import { baseKey, codeKey } from '#server/domain/import/base-key.ts';
import type { EvaluatedRow, EvaluatedSubject } from '#server/domain/import/evaluated-row.ts';

/** Places of the subjects of a row; measures come after them. */
const SLOTS = { enterprise: 1, risk_point: 2, hazard_source: 3, assessment: 4 } as const;
const FIRST_MEASURE = 10;

type StagedSubject = {
  readonly row: number;
  readonly slot: number;
  readonly kind: 'enterprise' | 'risk_point' | 'hazard_source' | 'measure' | 'assessment';
  readonly content: unknown;
  readonly givenId: string | null;
  readonly source: string | null;
  readonly code: string | null;
  readonly name: string | null;
  readonly codeKey: string | null;
  readonly baseKey: string | null;
  readonly newId: string;
};

/** A judged row as the staging tables take it. */
export function stagedRow(row: EvaluatedRow, timeZone: string) {
  const { place, faults, warnings, stated } = row;
  return {
    result: {
      row: row.row,
      faults,
      warnings,
      place: place && (place.geometry ?? { type: 'Point', coordinates: place.position }),
      original: place && place.original,
      stated,
    },
    subjects: subjectsOf(row, timeZone),
  };
}

function subjectsOf(row: EvaluatedRow, timeZone: string): readonly StagedSubject[] {
  const { enterprise, riskPoint, hazardSource, measures, assessment } = row;
  const owner = enterprise?.identity.name ?? '';
  const point = riskPoint && [owner, riskPoint.identity.code, riskPoint.identity.name].join(' / ');
  const part = hazardSource && [point, hazardSource.identity.name].join(' / ');
  return [
    ...(enterprise ? [subject(row.row, 'enterprise', enterprise, '')] : []),
    ...(riskPoint ? [subject(row.row, 'risk_point', riskPoint, owner)] : []),
    ...(hazardSource ? [subject(row.row, 'hazard_source', hazardSource, point ?? '')] : []),
    ...measures.map((measure, index) => ({
      ...PLAIN,
      row: row.row,
      slot: FIRST_MEASURE + index,
      kind: 'measure' as const,
      content: measure,
      baseKey: JSON.stringify([part ?? point, measure.kind, measure.textZh]),
      newId: newUuid(),
    })),
    ...(assessment
      ? [
          {
            ...PLAIN,
            row: row.row,
            slot: SLOTS.assessment,
            kind: 'assessment' as const,
            content: { ...assessment, assessedAt: instantOf(assessment.assessedAt, timeZone) },
            newId: newUuid(),
          },
        ]
      : []),
  ];
}

const PLAIN = { givenId: null, source: null, code: null, name: null, codeKey: null, baseKey: null };

const KIND_OF = {
  enterprise: 'enterprises',
  risk_point: 'risk-points',
  hazard_source: 'hazard-sources',
} as const;

function subject(
  row: number,
  kind: keyof typeof KIND_OF,
  { identity, values }: EvaluatedSubject<unknown>,
  owner: string,
): StagedSubject {
  const { id, source, code, name, category } = identity;
  return {
    row,
    slot: SLOTS[kind],
    kind,
    content: values,
    givenId: id,
    source,
    code,
    name,
    // Without a source a code such as 1, 2, 3 says nothing outside its own file.
    codeKey: source !== null && code !== null ? codeKey(source, KIND_OF[kind], code) : null,
    baseKey: baseKey(source, KIND_OF[kind], owner, name, category),
    newId: newUuid(),
  };
}

/** A day stands for its first instant. */
function instantOf(text: string, timeZone: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  return new Date(isDay ? startOfDay(text, timeZone) : Date.parse(text)).toISOString();
}
