import { nextDue } from '#server/domain/timeline.ts';
import { anAssessment, aTimeline, h2 } from './timeline-factories.ts';

describe('the next due instant', () => {
  it('is the first lapse that changes the answer', () => {
    const assessments = [
      anAssessment({ id: 'a', validUntil: 120 }),
      anAssessment({ id: 'b', validUntil: 110, subject: h2 }),
    ];

    expect(nextDue(aTimeline({ assessments }))).toBe(110);
    expect(nextDue(aTimeline({ assessments, now: 110 }))).toBe(120);
    expect(nextDue(aTimeline({ assessments, now: 120 }))).toBeNull();
  });

  it('passes over a lapse that changes nothing', () => {
    const assessments = [anAssessment({ id: 'a', validUntil: 120 })];
    const lifecycleChanges = [{ at: 50, lifecycle: 'closed' as const }];

    expect(nextDue(aTimeline({ assessments, lifecycleChanges }))).toBeNull();
  });

  it('is the beginning of a point that does not exist yet', () => {
    expect(nextDue(aTimeline({ existsFrom: 130 }))).toBe(130);
  });

  it('is a change of lifecycle that is known ahead', () => {
    const lifecycleChanges = [{ at: 140, lifecycle: 'closed' as const }];

    expect(nextDue(aTimeline({ lifecycleChanges }))).toBe(140);
  });
});
