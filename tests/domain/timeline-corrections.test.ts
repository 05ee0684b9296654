import { levelTimeline } from '#server/domain/timeline.ts';
import { anAssessment, aTimeline, brief, h2 } from './timeline-factories.ts';

describe('a correction', () => {
  it('stands from its own instant', () => {
    const assessments = [
      anAssessment({ id: 'a', level: 1, state: 'replaced' }),
      anAssessment({ id: 'b', level: 3, assessedAt: 20, replaces: 'a' }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments })))).toEqual([
      '0–10 not_assessed',
      '10–20 assessed 1 (a)',
      '20– assessed 3 (b)',
    ]);
  });

  it('for an earlier instant wipes out what it corrects', () => {
    const assessments = [
      anAssessment({ id: 'a', level: 1, state: 'replaced' }),
      anAssessment({ id: 'b', level: 3, assessedAt: 5, replaces: 'a' }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments })))).toEqual([
      '0–5 not_assessed',
      '5– assessed 3 (b)',
    ]);
  });

  it('on another subject ends what it corrects', () => {
    const assessments = [
      anAssessment({ id: 'a', level: 1, state: 'replaced' }),
      anAssessment({ id: 'b', level: 3, assessedAt: 20, replaces: 'a', subject: h2 }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments }))).at(-1)).toBe('20– assessed 3 (b)');
  });

  it('of a correction reaches back to the first', () => {
    // c corrects b for an earlier instant than a began: neither a nor b was ever right.
    const assessments = [
      anAssessment({ id: 'a', level: 1, assessedAt: 10, state: 'replaced' }),
      anAssessment({ id: 'b', level: 2, assessedAt: 12, replaces: 'a', state: 'replaced' }),
      anAssessment({ id: 'c', level: 4, assessedAt: 9, replaces: 'b' }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments })))).toEqual([
      '0–9 not_assessed',
      '9– assessed 4 (c)',
    ]);
  });

  it('that is only a draft changes nothing', () => {
    const assessments = [
      anAssessment({ id: 'a', level: 1 }),
      anAssessment({ id: 'b', level: 3, assessedAt: 20, replaces: 'a', state: 'draft' }),
    ];

    expect(brief(levelTimeline(aTimeline({ assessments }))).at(-1)).toBe('10– assessed 1 (a)');
  });

  it('that names itself or goes in a circle still ends', () => {
    const circle = [
      anAssessment({ id: 'a', replaces: 'b' }),
      anAssessment({ id: 'b', assessedAt: 20, replaces: 'a' }),
      anAssessment({ id: 'c', assessedAt: 30, replaces: 'c', subject: h2 }),
    ];

    expect(levelTimeline(aTimeline({ assessments: circle })).at(-1)?.validTo).toBeNull();
  });
});
