import * as fc from 'fast-check';
import type { AssessmentState } from '#server/domain/in-force.ts';
import type { Level } from '#server/domain/level.ts';
import { LIFECYCLES } from '#server/domain/lifecycle.ts';
import { levelTimeline, nextDue } from '#server/domain/timeline.ts';
import type { LevelPeriod } from '#server/domain/timeline.ts';
import { anAssessment, aTimeline, h2, point } from './timeline-factories.ts';

describe('any timeline', () => {
  const instant = fc.integer({ min: -20, max: 150 });
  const assessment = fc.record({
    subject: fc.constantFrom(point, { kind: 'hazard_source', id: 'h1' } as const, h2),
    level: fc.constantFrom<Level | null>(1, 2, 3, 4, null),
    assessedAt: instant,
    validFor: fc.option(fc.integer({ min: 1, max: 60 })),
    replaces: fc.option(fc.nat(7)),
    state: fc.constantFrom<AssessmentState>('draft', 'in_force', 'replaced', 'returned'),
  });
  const timelines = fc
    .record({
      drafts: fc.array(assessment, { maxLength: 8 }),
      lifecycleChanges: fc.array(
        fc.record({ at: instant, lifecycle: fc.constantFrom(...LIFECYCLES) }),
        { maxLength: 4 },
      ),
      now: instant,
    })
    .map(({ drafts, ...rest }) =>
      aTimeline({
        ...rest,
        assessments: drafts.map(({ validFor, replaces, ...draft }, i) =>
          anAssessment({
            ...draft,
            id: `a${i}`,
            validUntil: validFor === null ? null : draft.assessedAt + validFor,
            replaces: replaces === null ? null : `a${replaces}`,
          }),
        ),
      }),
    );

  it('has no gap, no overlap and no equal neighbours, and ends open', () => {
    fc.assert(
      fc.property(timelines, (input) => {
        const periods = levelTimeline(input);
        if (input.now < input.existsFrom) return expect(periods).toEqual([]);

        expect(periods[0]?.validFrom).toBe(input.existsFrom);
        expect(periods.at(-1)?.validTo).toBeNull();
        for (const [i, period] of periods.slice(1).entries()) {
          const before = periods[i] as LevelPeriod;
          expect(before.validTo).toBe(period.validFrom);
          expect(period.validFrom).toBeGreaterThan(before.validFrom);
          expect({ ...period, validFrom: 0, validTo: 0 }).not.toEqual({
            ...before,
            validFrom: 0,
            validTo: 0,
          });
        }
      }),
    );
  });

  it('has a level exactly where it is assessed, and a last level where expired', () => {
    fc.assert(
      fc.property(timelines, (input) => {
        for (const period of levelTimeline(input)) {
          expect(period.level !== null).toBe(period.state === 'assessed');
          expect(period.decidedBy !== null).toBe(
            period.state === 'assessed' || period.state === 'expired',
          );
          if (period.state === 'expired') expect(period.lastLevel).not.toBeNull();
          if (period.state === 'not_assessed') expect(period.lastLevel).toBeNull();
        }
      }),
    );
  });

  it('does not depend on the order of its inputs and leaves them alone', () => {
    fc.assert(
      fc.property(timelines, (input) => {
        const frozen = structuredClone(input);
        const reversed = { ...input, assessments: input.assessments.toReversed() };

        expect(levelTimeline(reversed)).toEqual(levelTimeline(input));
        expect(input).toEqual(frozen);
      }),
    );
  });

  it('only grows as time passes: what was said of the past stays', () => {
    fc.assert(
      fc.property(timelines, fc.integer({ min: 1, max: 50 }), (input, later) => {
        const before = levelTimeline(input);
        const after = levelTimeline({ ...input, now: input.now + later });

        expect(after.slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1));
      }),
    );
  });

  it('next changes exactly at its due instant', () => {
    fc.assert(
      fc.property(timelines, (input) => {
        const due = nextDue(input);
        if (due === null) {
          const far = levelTimeline({ ...input, now: 1000 });
          expect(far).toEqual(levelTimeline(input));
          return;
        }
        expect(due).toBeGreaterThan(input.now);
        expect(levelTimeline({ ...input, now: due - 1 })).toEqual(levelTimeline(input));
        expect(levelTimeline({ ...input, now: due }).at(-1)?.validFrom).toBe(due);
      }),
    );
  });
});
