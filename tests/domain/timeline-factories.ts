import type { TimelineAssessment } from '#server/domain/in-force.ts';
import type { LevelPeriod, TimelineInput } from '#server/domain/timeline.ts';

/** Small numbers stand for instants: only their order matters. */
export function anAssessment(
  given: Partial<TimelineAssessment> & { id: string },
): TimelineAssessment {
  return {
    subject: { kind: 'hazard_source', id: 'h1' },
    method: 'lec',
    level: 3,
    score: 90,
    assessedAt: 10,
    validUntil: null,
    state: 'in_force',
    ...given,
  };
}

export function aTimeline(given: Partial<TimelineInput>): TimelineInput {
  return {
    basis: 'current',
    existsFrom: 0,
    lifecycleChanges: [],
    assessments: [],
    now: 100,
    ...given,
  };
}

/** `0–10 not_assessed`, `10– assessed 3 (a)`: from–to state level/last (assessment). */
export function brief(periods: readonly LevelPeriod[]): readonly string[] {
  return periods.map((p) => {
    const last = p.lastLevel === null ? '' : ` last ${p.lastLevel}`;
    const level = p.level === null ? '' : ` ${p.level}`;
    const by = p.decidedBy === null ? '' : ` (${p.decidedBy})`;
    return `${p.validFrom}–${p.validTo ?? ''} ${p.state}${level}${last}${by}`;
  });
}

export const h2 = { kind: 'hazard_source', id: 'h2' } as const;
export const point = { kind: 'risk_point', id: 'p' } as const;
