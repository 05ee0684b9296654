import { findDefinition } from '#server/domain/methods/find-definition.ts';
import { evaluate } from '#server/domain/methods/evaluate.ts';
import { parseDefinition } from '#server/domain/methods/parse-definition.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import type { TimelineAssessment } from '#server/domain/in-force.ts';
import type { Basis, Level } from '#server/domain/level.ts';
import { enterpriseVote, pointVote } from '#server/domain/subject.ts';
import type { Vote } from '#server/domain/subject.ts';
import { expiryOf, levelTimeline } from '#server/domain/timeline.ts';
import type { LevelPeriod } from '#server/domain/timeline.ts';
import { rollUp } from '#server/domain/zoning/roll-up.ts';
import type { RollUp } from '#server/domain/zoning/roll-up.ts';
import { countVotes } from '#server/domain/zoning/subject-counts.ts';
import type { SubjectCounts } from '#server/domain/zoning/subject-counts.ts';
import type { DemoInput } from '#server/features/demo/demo-input.ts';
import type { DemoAssessment, DemoRows } from '#server/features/demo/demo-rows.ts';
import { readCities, readCsv, readData } from './shipped-files.ts';

const definitions: readonly MethodDefinition[] = ['lec', 'ls'].flatMap((method) =>
  (JSON.parse(readData(`methods/${method}.json`)) as unknown[]).map(parseDefinition),
);

/** The generator's input from the shipped files. */
export function demoInput(referenceDay: string, seed: number): DemoInput {
  return {
    referenceDay,
    seed,
    cities: readCities().features.map(({ properties, geometry }) => ({
      code: properties.code,
      names: { zh: properties.name_zh, en: properties.name_en },
      rings: geometry.coordinates as unknown as DemoInput['cities'][number]['rings'],
    })),
    places: readCsv('base/places.csv').map((row) => ({
      names: { zh: row['name_zh'] ?? '', en: row['name_en'] ?? '' },
      position: [Number(row['lon']), Number(row['lat'])],
      population: Number(row['population']),
      rank: Number(row['rank']),
      cityCode: row['city_code'] ?? '',
    })),
  };
}

export function levelOf({ method, version, inputs, assessedAt }: DemoAssessment): Level | null {
  const query = { method, version: version ?? undefined, onDay: assessedAt.slice(0, 10) };
  const definition = findDefinition(definitions, query);
  if (!definition) throw new Error(`No version ${version} of ${method}`);
  return evaluate(definition, inputs).level;
}

function timelineAssessment(row: DemoAssessment): TimelineAssessment {
  const assessedAt = Date.parse(row.assessedAt);
  return {
    id: row.id,
    subject: { kind: row.subjectKind, id: row.subjectId },
    method: row.method,
    basis: row.basis,
    level: levelOf(row),
    score: null,
    assessedAt,
    validUntil: expiryOf(assessedAt, row.method),
    state: 'in_force',
  };
}

function groupedBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

type CityResult = { readonly rollUp: RollUp; readonly counts: SubjectCounts };

export type DemoMap = {
  /** Level periods of each risk point, by id. */
  readonly periods: ReadonlyMap<string, readonly LevelPeriod[]>;
  readonly cities: ReadonlyMap<string, CityResult>;
};

/** What the engine makes of a set at an instant: periods, votes and the `weighted` colour. */
export function drawDemo(rows: DemoRows, now: number, basis: Basis): DemoMap {
  const byPoint = groupedBy(rows.assessments, ({ riskPointId }) => riskPointId);
  const periods = new Map(
    rows.riskPoints.map((point) => [
      point.id,
      levelTimeline({
        basis,
        now,
        existsFrom: Date.parse(point.existsFrom),
        lifecycleChanges: point.lifecycleChanges.map(({ at, lifecycle }) => ({
          at: Date.parse(at),
          lifecycle,
        })),
        assessments: (byPoint.get(point.id) ?? []).map(timelineAssessment),
      }),
    ]),
  );
  const codes = [...new Set(rows.riskPoints.map(({ cityCode }) => cityCode))];
  return { periods, cities: new Map(codes.map((code) => [code, cityResult(rows, periods, code)])) };
}

function cityResult(rows: DemoRows, periods: DemoMap['periods'], code: string): CityResult {
  const present = (id: string): LevelPeriod[] => periods.get(id)?.slice(-1) ?? [];
  const points = groupedBy(rows.riskPoints, ({ enterpriseId }) => enterpriseId);
  const enterprises = rows.enterprises
    .filter(({ cityCode }) => cityCode === code)
    .map(({ id, lifecycle }) =>
      enterpriseVote((points.get(id) ?? []).flatMap((point) => present(point.id)), lifecycle),
    );
  const places = (points.get(null) ?? [])
    .filter(({ cityCode }) => cityCode === code)
    .flatMap(({ id }): Vote[] => present(id).map(pointVote));
  const { counts, notApplicable } = countVotes([...enterprises, ...places]);
  return { counts, rollUp: rollUp('weighted', counts, { depth: 'city', notApplicable }) };
}
